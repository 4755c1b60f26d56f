"""Write docs/reference.md, docs/codebook.md and the table of rules in docs/validation.md from code and codebook."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
from cyclopts import App

import gtdlike
from gtdlike.cli import app
from gtdlike.codebook import load_codebook
from gtdlike.codebook.checks import GENERAL
from gtdlike.codebook.model import DatasetRule, Rule
from gtdlike.formats.markdown import markdown

DOCS = Path(__file__).resolve().parent.parent / "docs"
_TABLE = re.compile(r"(<!-- rules -->\n).*?(?=<!-- /rules -->)", re.S)
# What these rules find is a warning at some cells, and an error at the others.
_BOTH = {
    "column": "error; warning for a column of labels",
    "row": "error; warning where a file has one quote too many",
    "label": "error; warning for a label that is blank",
    "missing-mark": "error; warning in text",
    "spreadsheet-date": "error; warning in text",
    "mojibake": "warning",
}


def all_commands(parent: App = app, before: str = "") -> Iterator[tuple[str, App]]:
    """The commands with their names, and those that stand below another one, such as `codebook show`."""
    for name in parent:
        if name.startswith("-"):
            continue
        command = parent[name]
        if command.default_command is None:
            yield from all_commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def commands() -> Iterator[str]:
    """The commands with their options, from the functions that run them."""
    for name, command in all_commands():
        function = command.default_command
        parts = inspect.getdoc(function) or ""
        text, _, parameters = parts.partition("Parameters\n----------\n")
        yield f"### gtdlike {name}\n\n{text.strip()}\n"
        described = _parameters(parameters)
        yield "| parameter | default | what it is |\n|---|---|---|"
        for argument in command.assemble_argument_collection(parse_docstring=False):
            field = argument.field_info
            default = "required" if field.required else f"`{_plain(field.default)}`"
            names = ", ".join(f"`{one}`" for one in argument.names)
            yield f"| {names} | {default} | {described.get(field.name, '')} |"
        yield ""


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _parameters(text: str) -> dict[str, str]:
    """The descriptions of a docstring's parameters: a name, and indented lines below it."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line and not line[0].isspace():
            name = line.partition(":")[0].strip()
            found[name] = ""
        elif name:
            found[name] = f"{found[name]} {line.strip()}".strip()
    return found


def names() -> Iterator[str]:
    """The public names with their signatures and what their docstrings say."""
    for name in sorted(gtdlike.__all__, key=str.casefold):
        value = getattr(gtdlike, name)
        if name == "__version__":
            yield f"### `{name}`\n\nThe version of the package.\n"
        elif name == "UNKNOWN":
            yield f"### `{name}`\n\n{inspect.getdoc(type(value))}\n"
        else:
            yield f"### `{_head(name, value)}`\n\n{inspect.getdoc(value)}\n"
            yield from _members(value)


def _head(name: str, value: Any) -> str:
    if inspect.isfunction(value):
        return f"{name}{inspect.signature(value)}".replace("gtdlike.", "").replace("'", "")
    return name


def _members(value: Any) -> Iterator[str]:
    """The fields and the public methods of a class."""
    if not inspect.isclass(value):
        return
    if attrs.has(value):
        # As they are written: reading a row makes attrs replace the types of its fields by what they stand for.
        written: dict[str, Any] = {}
        for base in reversed(value.__mro__):
            written |= inspect.get_annotations(base)
        yield from (f"- `{field.name}: {written[field.name]}`" for field in attrs.fields(value))
    if issubclass(value, Enum):
        yield from (f"- `{member.name}` = `{member.value!r}`" for member in value)
    for name, member in vars(value).items():
        if name.startswith("_") or issubclass(value, BaseException):
            continue
        if isinstance(member, property):
            yield f"- `{name}`: {_first(member.__doc__)}"
        elif inspect.isfunction(member) or isinstance(member, classmethod):
            function = getattr(value, name)
            signature = str(inspect.signature(function)).replace("'", "").replace("gtdlike.", "")
            yield f"- `{name}{signature}`: {_first(function.__doc__)}"
    yield ""


def _first(text: str | None) -> str:
    return " ".join((text or "").strip().partition("\n\n")[0].split())


def reference() -> str:
    """The whole of docs/reference.md."""
    return (
        "\n".join(
            [
                "# Reference",
                "",
                "Made from the code by `make docs`; change the docstrings, not this file. The variables and codes are",
                "in [codebook.md](codebook.md).",
                "",
                "## Commands",
                "",
                "Exit codes: 0 fine, 1 errors (`validate`) or mistakes (`codebook check`) were found, 2 could not run,",
                "130 stopped by Ctrl-C.",
                "",
                *commands(),
                "## Public names",
                "",
                "All are in the package `gtdlike` and are imported when they are first used.",
                "",
                *names(),
            ]
        ).rstrip()
        + "\n"
    )


def rules() -> Iterator[str]:
    """Every rule with its severity and what it says: those of the data's form, then those of the codebook."""
    yield "| rule | severity | what it finds, or what must hold |\n|---|---|---|"
    for name, text in GENERAL.items():
        yield f"| `{name}` | {_BOTH.get(name, 'error')} | {text} |"
    codebook = load_codebook()
    own: list[Rule | DatasetRule] = [*codebook.rules.values(), *codebook.dataset_rules.values()]
    for rule in own:
        message = rule.message.replace("|", "\\|")
        yield f"| [{rule.id}](codebook.md#{rule.id}) | {rule.severity} | {message} |"


def with_rules(page: str) -> str:
    """A page with the table of rules between the two comments that keep its place."""
    return _TABLE.sub(lambda found: found[1] + "\n".join(["", *rules(), "", ""]), page)


def main() -> None:
    """Write the pages."""
    DOCS.mkdir(exist_ok=True)
    (DOCS / "reference.md").write_text(reference(), encoding="utf-8", newline="\n")
    (DOCS / "codebook.md").write_text(markdown(load_codebook()), encoding="utf-8", newline="\n")
    page = DOCS / "validation.md"
    page.write_text(with_rules(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
