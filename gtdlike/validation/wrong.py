"""What to say of a cell that is not of its variable's kind."""

from __future__ import annotations

from typing import Final

from gtdlike.codebook.model import Code, Codebook, CodeList, Variable
from gtdlike.codebook.once import once_per_codebook
from gtdlike.errors import did_you_mean

_MOST: Final = 10_000


def _meant(shown: str, codes: CodeList) -> Code | None:
    """The code whose label stands in a cell in place of it, whole, in part or misspelt."""
    held = [c for c in codes if shown.strip() and shown.strip().casefold() in c.label.casefold()]
    if shown in codes.by_label or len(held) == 1:
        return codes.by_label.get(shown) or held[0]
    near = did_you_mean(shown, codes.by_label)
    return next((c for c in codes if repr(c.label) in near), None)


@once_per_codebook
def _explanations(codebook: Codebook) -> dict[tuple[str, str], tuple[str, str]]:
    """What was said of cells so far: wrong cells repeat, and the search for a label that is meant takes its time."""
    return {}


def explain_wrong_type(variable: Variable, codebook: Codebook, shown: str) -> tuple[str, str]:
    """The message and the remedy for a cell that is not of its variable's kind."""
    known = _explanations(codebook)
    if (found := known.get((variable.name, shown))) is None:
        if len(known) >= _MOST:
            known.clear()
        found = known[variable.name, shown] = _explained(variable, codebook, shown)
    return found


def _explained(variable: Variable, codebook: Codebook, shown: str) -> tuple[str, str]:
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
