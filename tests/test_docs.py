"""The docs: every command, option and public name is in them, their links lead somewhere, their examples run."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cyclopts import App

import gtdlike
from gtdlike.cli import app, run
from gtdlike.codebook import load_codebook
from gtdlike.codebook.checks import DERIVED
from gtdlike.formats.markdown import check_text, markdown

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "schemas/README.md")), *(ROOT / "docs").glob("*.md")]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs/reference.md").read_text(encoding="utf-8")


def script(name: str) -> Any:
    """A module of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"scripts/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_docs = script("make_docs")
EXAMPLE = re.compile(r"```python\n(.*?)```(?:\s*```text\n(.*?)```)?", re.S)
EXAMPLES = [
    pytest.param(match[1], match[2], id=f"{page.name}-{number}")
    for page in PAGES
    for number, match in enumerate(EXAMPLE.finditer(page.read_text(encoding="utf-8")), start=1)
]


def commands(parent: App = app, before: str = "") -> Iterator[tuple[str, App]]:
    """The commands, those below another one by both names."""
    for name in parent:
        if not name.startswith("-"):
            command = parent[name]
            below = command.default_command is None
            yield from commands(command, f"{before}{name} ") if below else [(f"{before}{name}", command)]


@pytest.mark.parametrize(("name", "command"), sorted(commands(), key=lambda pair: pair[0]), ids=str)
def test_every_command_and_option_is_in_the_reference(name: str, command: App) -> None:
    begin = REFERENCE.index(f"### gtdlike {name}\n")
    section = REFERENCE[begin:].split("\n### ")[0]
    for argument in command.assemble_argument_collection():
        for option in argument.names:
            assert f"`{option}`" in section, f"{option} of {name} is not in docs/reference.md: run make docs"


@pytest.mark.parametrize("name", sorted(gtdlike.__all__))
def test_every_public_name_is_in_the_reference(name: str) -> None:
    assert re.search(rf"^### `{name}\b", REFERENCE, re.M), f"{name} is not in docs/reference.md: run make docs"


def test_everything_of_the_codebook_is_in_its_page() -> None:
    page = (ROOT / "docs/codebook.md").read_text(encoding="utf-8")
    codebook = load_codebook()
    assert f"version {codebook.version}" in page
    for variable in codebook.variables.values():
        assert f"| `{variable.name}` | {variable.label} |" in page, f"{variable.name}: run make docs"
        assert variable.definition in page, f"{variable.name}: run make docs"
    for name, codes in codebook.code_lists.items():
        assert f"\n### {name}\n" in page, f"{name}: run make docs"
        assert all(f"| {code.code} | {code.label} |" in page for code in codes), f"{name}: run make docs"
    for rule in codebook.rules.values():
        assert f"\n#### {rule.id}\n" in page, f"{rule.id}: run make docs"
        assert check_text(rule.check) in page, f"{rule.id}: run make docs"
    for name in (*codebook.dataset_rules, *codebook.sections):
        assert re.search(rf"^#+ {name}$", page, re.M), f"{name}: run make docs"
    assert all(f"`{name}`" in page for name in DERIVED), "run make docs"


@pytest.mark.parametrize("page", ["reference", "codebook"])
def test_what_is_made_from_the_code_is_what_the_code_makes(page: str) -> None:
    made = {"reference": make_docs.reference(), "codebook": markdown(load_codebook())}[page]
    assert (ROOT / f"docs/{page}.md").read_text(encoding="utf-8") == made, "run make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_commands_that_the_docs_show_exist() -> None:
    known = set(app)
    for page in PAGES:
        for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.S):
            for command in re.findall(r"(?:^|[|&] ?)gtdlike (\S+)", block, re.M):
                assert command in known, f"{page.name}: gtdlike {command}"


def test_the_make_targets_that_the_docs_show_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in PAGES:
        shown = set(re.findall(r"(?:^|`)make ([a-z]+)(?:$|`|  )", page.read_text(encoding="utf-8"), re.M))
        assert shown <= targets, f"{page.name}: {shown - targets}"


@pytest.mark.parametrize(("code", "output"), EXAMPLES)
def test_examples_run_and_print_what_the_docs_show(
    code: str,
    output: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for folder in ("seeds", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "example", "exec"), {"__name__": "example"})
    if output is not None:
        assert capsys.readouterr().out == output


def test_the_validation_that_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    block = re.search(r"\$ cat rows.jsonl\n(.*?)\$ cat rows.jsonl \| gtdlike (.*?)\n(.*?)```", README, re.S)
    assert block is not None
    rows, command, shown = block.groups()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(rows.encode())))
    assert run(command.split()) == 1
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert printed == shown.splitlines()
