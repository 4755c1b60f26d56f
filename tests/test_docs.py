"""The docs: every command, option and public name is in them, their links lead somewhere, their examples run."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import shlex
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
from gtdlike.codebook.checks import GENERAL
from gtdlike.formats.markdown import check_text, markdown
from gtdlike.validation import rule_ids

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "schemas/README.md")), *(ROOT / "docs").glob("*.md")]
)
VALIDATION = (ROOT / "docs/validation.md").read_text(encoding="utf-8")
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
# What is typed in a terminal, `$ cat FILE` before it, and what is printed.
SESSION = re.compile(r"```console\n(\$ cat .*?)```", re.S)
SESSIONS = [
    pytest.param(match[1], id=f"{page.name}-{number}")
    for page in PAGES
    for number, match in enumerate(SESSION.finditer(page.read_text(encoding="utf-8")), start=1)
]


def commands(parent: App = app, before: str = "") -> Iterator[tuple[str, App]]:
    """The commands, those below another one by both names."""
    for name in parent:
        if not name.startswith("-"):
            command = parent[name]
            below = command.default_command is None
            yield from commands(command, f"{before}{name} ") if below else [(f"{before}{name}", command)]


@pytest.mark.parametrize(("name", "command"), [pytest.param(*pair, id=pair[0]) for pair in commands()])
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
    assert all(f"`{name}`" in page for name in GENERAL), "run make docs"


@pytest.mark.parametrize("page", ["reference", "codebook"])
def test_what_is_made_from_the_code_is_what_the_code_makes(page: str) -> None:
    made = {"reference": make_docs.reference(), "codebook": markdown(load_codebook())}[page]
    assert (ROOT / f"docs/{page}.md").read_text(encoding="utf-8") == made, "run make docs"


def test_every_rule_is_in_the_page_of_validation() -> None:
    codebook = load_codebook()
    table = VALIDATION.partition("<!-- rules -->")[2].partition("<!-- /rules -->")[0]
    named = re.findall(r"^\| (?:`([a-z0-9-]+)`|\[([a-z0-9-]+)\]\(codebook.md#\2\)) \| (?:error|warning)", table, re.M)
    assert [own or linked for own, linked in named] == list(rule_ids(codebook))
    assert make_docs.with_rules(VALIDATION) == VALIDATION, "run make docs"


def test_the_page_of_validation_names_the_rules_that_the_schema_leaves_out() -> None:
    described = json.loads((ROOT / "schemas/row.schema.json").read_text(encoding="utf-8"))["description"]
    left_out = re.search(r"JSON Schema cannot: (.*?)\.", described)
    listed = re.search(r"- the error rules that compare(.*?);\n-", VALIDATION, re.S)
    assert left_out is not None
    assert listed is not None
    assert re.findall(r"`([a-z-]+)`", listed[1]) == left_out[1].split(", ")


def test_the_hooks_that_the_docs_show_exist() -> None:
    hooks = re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), re.M)
    shown = {hook for page in PAGES for hook in re.findall(r"^ +- id: (\S+)", page.read_text(encoding="utf-8"), re.M)}
    assert shown == set(hooks)


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
    for folder in ("seeds", "examples", "schemas"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "example"}
    exec(compile(code, "example", "exec"), names)
    for name in [name for name in names if name.startswith("test_")]:
        names[name]()
    if output is not None:
        assert capsys.readouterr().out == output


@pytest.mark.parametrize("session", SESSIONS)
def test_sessions_print_what_the_docs_show(
    session: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    for step in session.removeprefix("$ ").split("\n$ "):
        typed, _, shown = step.partition("\n")
        first, _, command = typed.partition("gtdlike ")
        if not command:
            Path(typed.removeprefix("cat ")).write_text(f"{shown}\n", encoding="utf-8")
            continue
        given = Path(first.removeprefix("cat ").rstrip("| ")).read_bytes() if first else b""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        run(shlex.split(command))
        printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert printed == shown.splitlines()
