"""The value that people set, read and judged by the codebook."""

from __future__ import annotations

from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import GENERAL
from gtdlike.errors import remedy_for
from gtdlike.release.decision import BadRow
from gtdlike.release.tables import as_text
from gtdlike.rows import from_row, to_row


def value_of(variable: str | None, value: str | None, codebook: Codebook) -> tuple[str, str | None]:
    """The variable, and its value as the codebook writes it (None for a blank). A code may be given by its label.

    Raises BadRow where the variable cannot be set, or not to this.
    """
    if variable is None:
        raise BadRow(
            "It does not say which variable to set.", place="variable", remedy="Name a column of the incidents."
        )
    known = codebook.variables.get(variable)
    if known is None:
        remedy = remedy_for(variable, codebook.variables, "`gtdlike codebook show` lists the variables.")
        raise BadRow(f"There is no variable {variable!r}.", place="variable", remedy=remedy)
    if variable == "eventid":
        remedy = "Ids are kept with --previous; to leave an incident out, drop it."
        raise BadRow("An eventid is never set.", place="variable", remedy=remedy)
    if known.label_of is not None:
        remedy = f"Set {known.label_of}; the label follows."
        raise BadRow(f"{variable} is the label of {known.label_of}.", place="variable", remedy=remedy)
    if value is None:
        return variable, None
    if known.codes is not None and (code := codebook.code_lists[known.codes].by_label.get(value)) is not None:
        value = str(code.code)
    from gtdlike.validation import validate

    # How it goes with the other values is seen when it is set.
    alone = [rule for rule in GENERAL if rule != "parent"]
    for found in validate({variable: value}, codebook=codebook, only=alone).violations.to_pylist():
        if found["severity"] == "error":
            raise BadRow(found["message"], place="value", remedy=found["remedy"])
    return variable, as_text(to_row(from_row({variable: value}, codebook), codebook)[variable])
