"""`gtdlike codebook`: look into a codebook, and write it in the formats of others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from gtdlike.cli.codebook_check import check
from gtdlike.cli.exitcodes import FINE
from gtdlike.cli.parameters import Output, no_options
from gtdlike.formats import Dialect, Format, Part


def _no_options(type_: Any, values: Sequence[str] | None) -> None:
    no_options(type_, values or ())


Names = Annotated[list[str] | None, Parameter(name="NAME", allow_leading_hyphen=True, validator=_no_options)]


def show(names: Names = None, /, *, codebook: str = "gtd") -> int:
    """Show a codebook in short, or what there is of a name in it: a variable, code list, rule or section in full.

    Examples:

        gtdlike codebook show

        gtdlike codebook show attacktype1 nperps

        gtdlike codebook show killed-perpetrators casualties

        gtdlike codebook show --codebook my-codebook/

    Parameters
    ----------
    names
        Variables, code lists, rules or sections. With none, all of the codebook in short.
    codebook
        The name of a built-in codebook, or the folder of one's own.
    """
    from rich.console import Console

    from gtdlike.cli.codebook_show import in_full, in_short
    from gtdlike.codebook.load import load_codebook

    book = load_codebook(codebook)
    console = Console(highlight=False)
    shown = [part for name in names for part in in_full(name, book)] if names else in_short(book)
    for part in shown:
        console.print(part)
    return FINE


def export(
    *,
    format: Annotated[Format, Parameter(name="--as")],
    output: Output = "-",
    codebook: str = "gtd",
    part: Part | None = None,
    dialect: Dialect | None = None,
) -> int:
    """Write a codebook for other tools: JSON Schema, Table Schema, DDI, a page to read, or SQL.

    `json-schema` checks rows without anything of ours installed, `table-schema` describes the columns to Frictionless
    tools, `ddi` is what data archives take, `markdown` and `html` are the whole codebook as one page, the latter with
    a search, and `sql` makes tables in which a database itself refuses what is wrong.

    Examples:

        gtdlike codebook export --as json-schema -o row.schema.json

        gtdlike codebook export --as json-schema --part incident

        gtdlike codebook export --as sql --dialect postgresql | psql incidents

        gtdlike codebook export --as markdown --codebook my-codebook/ -o codebook.md

    Parameters
    ----------
    format
        `json-schema` (draft 2020-12), `table-schema` (Frictionless, version 2), `ddi` (DDI Codebook 2.5), `markdown`,
        `html` or `sql`.
    output
        A file, or `-` for standard output.
    codebook
        The name of a built-in codebook, or the folder of one's own.
    part
        What the JSON Schema is of: the flat `row` (unless another is given), the nested `incident`, a piece of
        `evidence`, or the files of a `codebook`.
    dialect
        What the SQL is for: `duckdb` (unless another is given) or `postgresql`.
    """
    from gtdlike.codebook.load import load_codebook
    from gtdlike.errors import WriteError
    from gtdlike.formats import export as exported

    for option, given, format_ in (("--part", part, "json-schema"), ("--dialect", dialect, "sql")):
        if given is not None and format != format_:
            raise WriteError(f"{option} is of --as {format_}, not of --as {format}.", remedy="Leave it out.")
    book = load_codebook(codebook)
    text = exported(book, format, part=part or "row", dialect=dialect or "duckdb")
    if output == "-":
        print(text, end="")
        return FINE
    path = Path(output)
    if not path.parent.is_dir():
        raise WriteError(f"There is no folder {path.parent}.", output, remedy="Make it first, or name another file.")
    path.write_text(text, encoding="utf-8", newline="\n")
    return FINE


app = App(
    name="codebook",
    help="Show a codebook, check one's own, or write it as JSON Schema, Table Schema, DDI, Markdown, HTML or SQL.",
)
for _command in (show, check, export):
    app.command(_command, help_format="markdown")
