"""The cells that two tables of incidents have of the same incidents, and that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gtdlike.codebook import Codebook
from gtdlike.codebook.model import Variable
from gtdlike.release.texts import texts

if TYPE_CHECKING:
    import polars as pl

YES_NO = {"0": "no", "1": "yes"}


def changed_cells(old: pl.DataFrame, new: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """One row for each cell that changed: eventid, variable, old, old_label, new, new_label, in the order of columns.

    Values are text, as evidence has them; a blank is null. A label is told beside its code, and by itself only where
    the code is the same. Columns that one side lacks are passed over.
    """
    import polars as pl

    places = (
        old.select("eventid")
        .with_row_index("in_old")
        .join(new.select("eventid").with_row_index("in_new"), on="eventid", how="inner")
        .sort("eventid")
    )
    columns = [name for name in new.columns if name in old.columns and name != "eventid"]

    # One column at a time: two whole tables in one order would take as much memory again.
    def side_by_side(name: str) -> tuple[pl.Series, pl.Series]:
        return old[name].gather(places["in_old"]), new[name].gather(places["in_new"])

    labels = {v.label_of: v.name for v in codebook.variables.values() if v.label_of is not None}
    codes = {label: code for code, label in labels.items() if code in columns}
    schema = ("eventid", "variable", "old", "old_label", "new", "new_label")
    found = [pl.DataFrame(schema=dict.fromkeys(schema, pl.String) | {"eventid": pl.Int64})]
    for name in columns:
        before, after = side_by_side(name)
        unequal = _unequal(before, after)
        if name in codes and unequal.any():
            unequal &= ~_unequal(*side_by_side(codes[name]))
        if not unequal.any():
            continue
        variable = codebook.variables.get(name)
        one, other = before.filter(unequal), after.filter(unequal)
        label = labels.get(name)
        if label in columns:
            one_label, other_label = (texts(values.filter(unequal)) for values in side_by_side(label))
        else:
            one_label, other_label = (_labels(texts(values), variable, codebook) for values in (one, other))
        found.append(
            pl.DataFrame(
                {
                    "eventid": places["eventid"].filter(unequal),
                    "variable": pl.repeat(name, len(one), dtype=pl.String, eager=True),
                    "old": texts(one),
                    "old_label": one_label,
                    "new": texts(other),
                    "new_label": other_label,
                }
            )
        )
    return pl.concat(found)


def _unequal(one: pl.Series, other: pl.Series) -> pl.Series:
    """Where two columns differ; a blank is like a blank. Columns of unlike types are compared as text."""
    if one.dtype != other.dtype and not (one.dtype.is_numeric() and other.dtype.is_numeric()):
        one, other = texts(one), texts(other)
    return one.ne_missing(other)


def _labels(values: pl.Series, variable: Variable | None, codebook: Codebook) -> pl.Series:
    """What values without labels of their own are called: codes by the codebook, yes and no, and what is not known."""
    import polars as pl

    names: dict[str, str] = {}
    if variable is not None and variable.kind == "code" and variable.codes is not None:
        names = {str(one.code): one.label for one in codebook.code_lists[variable.codes]}
    elif variable is not None and variable.kind == "boolean":
        names = dict(YES_NO)
    if variable is not None and isinstance(variable.unknown, int):
        names.setdefault(str(variable.unknown), "unknown")
        names.setdefault(repr(float(variable.unknown)), "unknown")
    return values.replace_strict(names, default=None, return_dtype=pl.String)
