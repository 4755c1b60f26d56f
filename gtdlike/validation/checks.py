"""The checks of one row that follow from the codebook: codes, parents, ranges and labels.

Each is a Polars expression over the typed table that is true where a row fails, so that it runs over whole tables. As
in a CHECK of SQL, a null passes. A rule that is written as SQL becomes a `Check` in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from gtdlike.codebook.model import Code, Codebook, CodeList, Variable
from gtdlike.errors import did_you_mean

if TYPE_CHECKING:
    import polars as pl

Severity = Literal["error", "warning"]

INT32_MAX = 2**31 - 1


@frozen
class Check:
    """One check. `fails` is true for a failing row; `explain` makes the message and the remedy from the values used.

    `uses` names the columns that the check reads, `variable` first: a row in which one of them could not be read is
    not judged, because that cell is reported already. With `if_present`, nor is a table without the variable's column.
    """

    rule: str
    variable: str
    severity: Severity
    uses: tuple[str, ...]
    fails: pl.Expr
    explain: Callable[..., tuple[str, str]]
    if_present: bool = False


def compile_checks(codebook: Codebook) -> list[Check]:
    """All the checks that follow from the variables and code lists of a codebook, in the order of its columns.

    Each codebook is compiled once; it is known by its identity, because it holds mappings and has no hash.
    """
    if id(codebook) not in _compiled:
        _compiled[id(codebook)] = codebook, _compile(codebook)
    return _compiled[id(codebook)][1]


_compiled: dict[int, tuple[Codebook, list[Check]]] = {}


def _compile(codebook: Codebook) -> list[Check]:
    checks: list[Check] = []
    for variable in codebook.variables.values():
        if variable.kind == "code":
            checks.append(_code(variable, codebook.code_lists[variable.codes or ""]))
        elif variable.kind == "boolean":
            checks.append(_boolean(variable))
        elif variable.kind == "label" and variable.label_of:
            checks.extend(_label(variable, codebook.variables[variable.label_of], codebook))
        elif variable.kind in ("integer", "number"):
            checks.extend(_range(variable))
        if variable.kind == "code" and variable.parent:
            checks.append(_parent(variable, codebook.variables[variable.parent], codebook))
    return checks


def _code(variable: Variable, codes: CodeList) -> Check:
    known = [c.code for c in codes]
    also = f", or {variable.unknown} where it is not known" if variable.unknown is not None else ""

    def explain(value: Any) -> tuple[str, str]:
        first_and_last = f"{min(known)} to {max(known)}" if known else "none"
        return (
            f"{value} is not a code of {codes.name}.",
            f"Write one of its {len(known)} codes ({first_and_last}){also}, or leave the cell empty.",
        )

    return Check("code", variable.name, "error", (variable.name,), ~_is_in(variable, known), explain)


def _boolean(variable: Variable) -> Check:
    also = f", {variable.unknown} (not known)" if variable.unknown is not None else ""

    def explain(value: Any) -> tuple[str, str]:
        return f"{value} is no answer to a yes/no question.", f"Write 0 (no), 1 (yes){also}, or leave the cell empty."

    return Check("code", variable.name, "error", (variable.name,), ~_is_in(variable, [0, 1]), explain)


def _is_in(variable: Variable, codes: list[int]) -> pl.Expr:
    import polars as pl

    allowed = codes if variable.unknown is None else [*codes, int(variable.unknown)]
    return pl.col(variable.name).is_in(pl.lit(pl.Series(allowed, dtype=pl.Int64)).implode())


def _range(variable: Variable) -> Iterator[Check]:
    import polars as pl

    low = variable.minimum
    # A whole number without a maximum stands in a column of 32 bits.
    high = INT32_MAX if variable.maximum is None and variable.kind == "integer" else variable.maximum
    column = pl.col(variable.name)
    outside = pl.lit(False)
    if low is not None:
        outside = outside | (column < low)
    if high is not None:
        outside = outside | (column > high)
    if variable.unknown is not None:
        outside = outside & (column != variable.unknown)

    def explain(value: Any) -> tuple[str, str]:
        bound = f"below the lowest value, {_plain(low)}" if low is not None and value < low else ""
        bound = bound or f"above the highest value, {_plain(high)}"
        also = f", or write {variable.unknown} where it is not known" if variable.unknown is not None else ""
        return f"{_plain(value)} is {bound}.", f"Correct the number{also}, or leave the cell empty."

    if low is not None or high is not None:
        yield Check("range", variable.name, "error", (variable.name,), outside, explain)


def _parent(variable: Variable, parent: Variable, codebook: Codebook) -> Check:
    import polars as pl

    codes = codebook.code_lists[variable.codes or ""]
    parents = {c.code: c.parent for c in codes if c.parent is not None}
    above = codebook.code_lists.get(parent.codes or "")
    expected = _mapped(variable.name, parents, pl.Int64)

    def explain(value: Any, given: Any) -> tuple[str, str]:
        named = f"{value} ({codes.label(value)})"
        wanted = f"{parents[value]} ({above.label(parents[value])})" if above else f"{parents[value]}"
        told = "is blank" if given is None else f"is {_named(given, above)}"
        return (
            f"{named} belongs to {parent.name} {wanted}, but {parent.name} {told}.",
            f"Write {parents[value]} in {parent.name}, or correct {variable.name}.",
        )

    fails = pl.col(parent.name).ne_missing(expected) & expected.is_not_null()
    return Check("parent", variable.name, "error", (variable.name, parent.name), fails, explain)


def _label(label: Variable, code: Variable, codebook: Codebook) -> Iterator[Check]:
    import polars as pl

    codes = codebook.code_lists[code.codes or ""]
    labels = {c.code: c.label for c in codes}
    expected = _mapped(code.name, labels, pl.String)
    given = pl.col(label.name)
    uses = (label.name, code.name)

    def differs(value: Any, code_value: Any) -> tuple[str, str]:
        if code_value is None:
            remedy = (
                f"Write {codes.code(value)} in {code.name}"
                if value in codes.by_label
                else f"Write its code in {code.name}"
            )
            return f"The label is {value!r}, but {code.name} is blank.", f"{remedy}, or leave the label empty."
        other = f", or {codes.code(value)} in {code.name}" if value in codes.by_label else ""
        return (
            f"{code.name} is {code_value}, whose label is {labels[code_value]!r}, not {value!r}.",
            f"Write {labels[code_value]!r}{other}.",
        )

    def blank(_: Any, code_value: Any) -> tuple[str, str]:
        return f"{code.name} is {code_value}, but its label is blank.", f"Write {labels[code_value]!r}."

    no_code = pl.col(code.name).is_null()
    yield Check("label", label.name, "error", uses, given.is_not_null() & ((given != expected) | no_code), differs)
    yield Check("label", label.name, "warning", uses, given.is_null() & expected.is_not_null(), blank, True)


def _mapped(name: str, mapping: dict[int, Any], dtype: Any) -> pl.Expr:
    import polars as pl

    column = pl.col(name)
    return column.replace_strict(list(mapping), list(mapping.values()), default=None, return_dtype=dtype)


def _named(code: Any, codes: CodeList | None) -> str:
    known = codes.by_code.get(code) if codes else None
    return f"{code} ({known.label})" if known else f"{code}"


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _meant(shown: str, codes: CodeList) -> Code | None:
    """The code whose label stands in a cell in place of it, whole, in part or misspelt."""
    held = [c for c in codes if shown.strip() and shown.strip().casefold() in c.label.casefold()]
    if shown in codes.by_label or len(held) == 1:
        return codes.by_label.get(shown) or held[0]
    near = did_you_mean(shown, codes.by_label)
    return next((c for c in codes if repr(c.label) in near), None)


def explain_wrong_type(variable: Variable, codebook: Codebook, shown: str) -> tuple[str, str]:
    """The message and the remedy for a cell that is not of its variable's kind."""
    what = {
        "integer": "a whole number",
        "code": "a code, which is a whole number",
        "boolean": "0 or 1",
        "number": "a number",
        "date": "a date",
        "text": "text",
        "label": "text",
    }[variable.kind]
    if "\ufffd" in shown:
        return f"{shown!r} is not text in UTF-8.", "Save the file in the encoding UTF-8."
    message = f"{shown!r} is not {what}."
    blank = ", or leave the cell empty."
    also = f", {variable.unknown} where it is not known" if variable.unknown is not None else ""
    if variable.kind in ("text", "label"):
        return message, f"Write it as text (in quotes in JSON){blank}"
    if variable.kind == "date":
        return message, f"Write it as 2017-01-16{blank}"
    if variable.kind == "code" and variable.codes:
        codes = codebook.code_lists[variable.codes]
        if (meant := _meant(shown, codes)) is not None:
            return message, f"Write {meant.code}, the code of {meant.label!r}{blank}"
    if variable.kind == "boolean":
        return message, f"Write 0 (no), 1 (yes){also}{blank}"
    return message, f"Write digits only{also}{blank}"
