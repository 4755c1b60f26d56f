"""Run each standard's own validator on a release of the example articles, and print its name, version and output.

    python benchmarks/standards.py                         builds a release from seeds/ and validates it
    python benchmarks/standards.py RELEASE                 validates a release that is there
    python benchmarks/standards.py --ddi codebook.xsd      validates codebook.xml against the schema of the standard too

cffconvert wants an older jsonschema than gtdlike does, so it gets an environment of its own, for which pip fetches it.
The schema of DDI Codebook 2.5 is in no package: it is had from the DDI Alliance. The exit code is 1 where a validator
refuses a file.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import gtdlike

ROOT = Path(__file__).resolve().parent.parent
CFFCONVERT = "cffconvert==2.0.0"
ABOUT = ROOT / "examples" / "release" / "about.toml"


def main() -> int:
    """Validate, and give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", nargs="?", type=Path, help="the folder of a release")
    parser.add_argument("--ddi", type=Path, metavar="XSD", help="the schema of DDI Codebook 2.5")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        folders = {str(given.release): given.release} if given.release else releases(work)
        refused = 0
        for what, folder in folders.items():
            print(f"=== {what}\n")
            found = [frictionless(folder), mlcroissant(folder), cffconvert(folder, work), ddi(folder, given.ddi)]
            refused += found.count(False)
    print(f"{refused} refused." if refused else "None refused.")
    return 1 if refused else 0


def releases(work: Path) -> dict[str, Path]:
    """A release of the example articles of which nobody has said anything, and one of which all is said."""
    found = {"seeds/, without --about": work / "plain", "seeds/, with --about": work / "told"}
    for folder in found.values():
        gtdlike.build([ROOT / "seeds"], folder, about=ABOUT if folder.name == "told" else None)
    return found


def frictionless(folder: Path) -> bool:
    """The descriptor, the digests, the keys and every cell of all tables."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    return told("datapackage.json", f"frictionless {version('frictionless')}", command, folder)


def mlcroissant(folder: Path) -> bool:
    """The description, and every record of every table."""
    program = (
        "import mlcroissant, sys, logging\n"
        "logging.disable()\n"
        "dataset = mlcroissant.Dataset(jsonld='croissant.json')\n"
        "issues = dataset.metadata.ctx.issues\n"
        "print(issues.report() or 'No errors, no warnings.')\n"
        "for one in dataset.metadata.record_sets:\n"
        "    print(f'{one.name}: {sum(1 for _ in dataset.records(one.name))} records')\n"
        "sys.exit(bool(issues.errors))\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    return told("croissant.json", f"mlcroissant {version('mlcroissant')}", command, folder)


def cffconvert(folder: Path, work: Path) -> bool | None:
    """The citation. None where pip cannot fetch the validator."""
    environment = work / "cffconvert"
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", CFFCONVERT]
        if subprocess.run(pip, capture_output=True, text=True).returncode:
            print(f"--- CITATION.cff: not validated, because pip cannot install {CFFCONVERT} here.\n")
            return None
    program = "from cffconvert.cli.cli import cli; cli()"
    command = [str(python), "-c", program, "--validate", "-i", "CITATION.cff"]
    return told("CITATION.cff", CFFCONVERT.replace("==", " "), command, folder)


def ddi(folder: Path, schema: Path | None) -> bool | None:
    """The codebook in XML: well formed, its references whole, and valid by the schema where that is at hand."""
    from lxml import etree

    root = etree.parse(folder / "codebook.xml")
    references = etree.XPath("//@files | //@var")(root)
    missing = {one for text in references for one in text.split()} - set(etree.XPath("//@ID")(root))
    print(f"--- codebook.xml: lxml {etree.__version__}")
    print(f"Well formed, {len(list(root.iter()))} elements, {len(missing)} references to what is not there.")
    if schema is None:
        print("Not validated against the schema of DDI Codebook 2.5: --ddi names its file.\n")
        return None if not missing else False
    rules = etree.XMLSchema(etree.parse(schema))
    valid = rules.validate(root)
    print(f"Valid by {schema.name}.\n" if valid else f"Not valid by {schema.name}:\n{rules.error_log}\n")
    return bool(valid) and not missing


def told(file: str, validator: str, command: list[str], folder: Path) -> bool:
    """Run a validator in the folder and print what it says. The answer is whether it accepts the file."""
    print(f"--- {file}: {validator}", flush=True)
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace")
    print("\n".join(part.strip() for part in (run.stdout, run.stderr) if part.strip()))
    print(f"{'accepted' if not run.returncode else 'REFUSED'} (exit code {run.returncode})\n")
    return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
