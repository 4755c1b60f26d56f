"""Write the JSON Schemas in schemas/; with --publish also the copies that later ones are held against.

python scripts/make_schemas.py
python scripts/make_schemas.py --publish
"""

from __future__ import annotations

import sys
from pathlib import Path

from gtdlike.codebook import load_codebook
from gtdlike.formats import PARTS, schema_text

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"


def texts() -> dict[str, str]:
    """The text of each schema by the name of its file."""
    codebook = load_codebook()
    return {f"{part}.schema.json": schema_text(codebook, part) for part in PARTS}


def main(publish: bool) -> None:
    """Write the schemas, and where they are to be published also their copies under the version of the codebook."""
    folders = [SCHEMAS, *([SCHEMAS / "published" / load_codebook().version] if publish else [])]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts().items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main("--publish" in sys.argv[1:])
