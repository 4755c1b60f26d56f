"""What a kind of bad cells is, and how kinds are written.

What a kind finds is written down with it, not asked of any validator. That it is right and complete follows from three
things: the rows are clean elsewhere; `where` shuts out the rows in which another rule would be violated too; and two
kinds of which one check reads cells never meet in one row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl
from attrs import frozen

from gtdlike.codebook import Codebook

Finds = tuple[tuple[str, str], ...]
"""Variables and rules."""


@frozen
class Kind:
    """One kind of bad cells."""

    name: str
    where: pl.Expr
    cells: Mapping[str, pl.Expr]
    finds: Finds
    second: bool = False
    """Whether it is put only into the second row of a pair, so that the first one stays as a measure."""
    of_partner: bool = False
    """Whether the violations are those of the other row of the pair."""


col = pl.col
BLANK: Final = pl.lit(None)
ALL: Final = pl.lit(True)
UNNAMED: Final = col("gname") == "Unknown"
DAY_KNOWN: Final = (col("iday") > 0) & col("resolution").is_null()
NO_TAKING: Final = (col("ishostkid") == 0) & ~col("attacktype1").is_in([4, 5, 6])
ONE_ATTACK: Final = col("attacktype2").is_null()
ONE_TARGET: Final = col("targtype2").is_null()
ONE_GROUP: Final = col("gname2").is_null()
PERPETRATORS: Final = pl.max_horizontal(col("nperps"), 0)


def none_of(*names: str) -> pl.Expr:
    """Whether there is no number above 0 in any of these cells."""
    return pl.all_horizontal(col(name).fill_null(0) <= 0 for name in names)


def put(name: str, rule: str, where: pl.Expr, value: object, *more: tuple[str, str], **flags: bool) -> Kind:
    """A kind that writes one cell and violates one rule there, and `more` elsewhere."""
    written = value if isinstance(value, pl.Expr) else pl.lit(value)
    return Kind(f"{rule} at {name}", where, {name: written}, ((name, rule), *more), **flags)


def told_of(variable: str, rule: str, where: pl.Expr, cells: Mapping[str, object], *more: tuple[str, str]) -> Kind:
    """A kind that writes some cells and violates a rule that is told of `variable`."""
    written = {name: value if isinstance(value, pl.Expr) else pl.lit(value) for name, value in cells.items()}
    return Kind(f"{rule} by {', '.join(cells)}", where, written, ((variable, rule), *more))


def with_label(codebook: Codebook, variable: str, code: int) -> dict[str, object]:
    """A code and its label."""
    return {variable: code, f"{variable}_txt": codebook.label(variable, code)}
