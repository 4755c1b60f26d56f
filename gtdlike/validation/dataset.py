"""Rules of all rows together. Of each row they keep no more than a few numbers, so that tables may be of any length."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from attrs import define, field, frozen

from gtdlike.codebook.expression import columns_of, parse
from gtdlike.codebook.expression.polars import to_polars
from gtdlike.codebook.model import Codebook, DatasetRule
from gtdlike.validation.columns import polars_type
from gtdlike.validation.findings import Findings, Violation
from gtdlike.validation.kept import Kept
from gtdlike.validation.rules import Selection

if TYPE_CHECKING:
    import polars as pl

_ID = "[0-9]+"
_EVENTID = "eventid"


@frozen
class _Memory:
    """What is kept of each row for one or several rules: of `unique`, a hash, or of one column of whole numbers the id
    that is kept anyway; of the others, which ids it names."""

    of: Literal["ids", "hashes", "names"]
    columns: tuple[str, ...]
    alike: tuple[str, ...]
    where: str | None


@define
class DatasetRules:
    """The dataset rules of a codebook, and what they remember of the rows so far."""

    codebook: Codebook
    rules: list[tuple[DatasetRule, _Memory]]
    _kept: dict[_Memory, Kept] = field(factory=dict, repr=False)
    _ids: dict[str, Kept] = field(factory=dict, repr=False)
    """Of each column of ids, the ids and the numbers of their rows."""

    @classmethod
    def of(cls, codebook: Codebook, selection: Selection) -> DatasetRules:
        """The rules that are chosen."""
        chosen = [rule for rule in codebook.dataset_rules.values() if rule.id in selection]
        return cls(codebook, [(rule, _memory(rule, codebook)) for rule in chosen])

    def take(self, frame: pl.DataFrame, numbers: pl.Series) -> None:
        """Remember the rows of a frame of typed columns."""
        import polars as pl

        if not self.rules:
            return
        row = numbers.cast(pl.UInt32).alias("row")
        for memory in dict.fromkeys(memory for _, memory in self.rules if memory.of != "ids"):
            where = parse(memory.where) if memory.where else None
            reads = {*memory.columns, *memory.alike, *(columns_of(where) if where else ())}
            blank = [
                pl.lit(None, dtype=polars_type(self.codebook.variables[name].kind)).alias(name)
                for name in sorted(reads.difference(frame.columns))
            ]
            rows = frame.select(*blank, *sorted(reads.intersection(frame.columns)), row)
            if where is not None:
                rows = rows.filter(to_polars(where))
            kept = _hashed(rows, memory) if memory.of == "hashes" else _named(rows, memory.columns[0])
            self._kept.setdefault(memory, Kept()).add(kept)
        for name in {_EVENTID, *(_id_column(memory) for _, memory in self.rules if memory.of != "hashes")}:
            if name in frame.columns:
                ids = frame.select(pl.col(name).alias("id"), row).drop_nulls("id")
                self._ids.setdefault(name, Kept()).add(ids)

    def judge(self, findings: Findings) -> None:
        """Add what the rows violate together to the findings."""
        import polars as pl

        blank = pl.DataFrame(schema={"id": pl.Int64, "row": pl.UInt32})
        for rule, memory in self.rules:
            # Read anew for each rule, because together they take as much memory as all the chunks before.
            ids = self._ids.get(_id_column(memory)) if memory.of != "hashes" else None
            known = blank if ids is None else ids.whole()
            if memory.of == "ids":
                found = _repeated(known.select("row", pl.col("id").reinterpret(signed=False).alias("hash")))
            elif memory not in self._kept:
                continue
            elif memory.of == "hashes":
                found = _repeated(self._kept[memory].whole())
            else:
                named = self._kept[memory].whole()
                found = _absent(named, known) if rule.kind == "reference" else _one_sided(named, known)
            if not found.height:
                continue
            found = found.sort("row", "other")
            events = self._ids[_EVENTID].whole() if _EVENTID in self._ids else blank
            eventids = events.filter(_among(events["row"], found["row"])).unique(
                "row", keep="last", maintain_order=True
            )
            told = partial(_in_words, rule, memory, found.join(eventids, on="row", how="left", maintain_order="left"))
            findings.add_all(rule.id, rule.columns[0], rule.severity, found["row"], told)


def _in_words(rule: DatasetRule, memory: _Memory, found: pl.DataFrame, most: int) -> list[Violation]:
    """The first violations of a rule."""
    violations: list[Violation] = []
    for row, other, eventid in found.head(most).select("row", "other", "id").iter_rows():
        value = str(other) if memory.of == "names" else str(eventid) if rule.columns == (_EVENTID,) else None
        message, remedy = (text.format(eventid=eventid, other=other) for text in (rule.message, rule.remedy))
        violations.append((row, eventid, rule.columns[0], value, None, rule.id, rule.severity, message, remedy))
    return violations


def _memory(rule: DatasetRule, codebook: Codebook) -> _Memory:
    if rule.kind != "unique":
        return _Memory("names", rule.columns, rule.alike, rule.where)
    whole = len(rule.columns) == 1 and codebook.variables[rule.columns[0]].kind in ("integer", "code", "boolean")
    alone = whole and not rule.alike and rule.where is None
    return _Memory("ids" if alone else "hashes", rule.columns, rule.alike, rule.where)


def _id_column(memory: _Memory) -> str:
    """The column of ids that a rule is about."""
    return memory.columns[0 if memory.of == "ids" else 1]


def _hashed(rows: pl.DataFrame, memory: _Memory) -> pl.DataFrame:
    """What tells rows apart: a hash of 64 bits, of which no two are alike by chance in a million datasets."""
    import polars as pl

    names = [*memory.columns, *memory.alike]
    rows = rows.drop_nulls(list(memory.columns))
    return rows.select("row", pl.struct(names).hash(1).alias("hash"))


def _repeated(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row that is like an earlier one, with the number of the first one."""
    import polars as pl

    # Sorted rather than put into a table of hashes, which would take several times as much memory.
    hashes = rows["hash"].sort()
    twice = hashes.filter(hashes == hashes.shift(1)).unique()
    repeated = rows.filter(pl.col("hash").is_in(twice.implode()))
    first = pl.col("row").min().over("hash")
    return repeated.select("row", first.alias("other")).filter(pl.col("row") != pl.col("other"))


def _named(rows: pl.DataFrame, listing: str) -> pl.DataFrame:
    """Which row names which id, once for each."""
    import polars as pl

    pairs = rows.drop_nulls(listing).select("row", pl.col(listing).str.extract_all(_ID).alias("other"))
    numbers = pl.col("other").cast(pl.Int64, strict=False)
    return pairs.explode("other").with_columns(numbers).drop_nulls("other").unique()


def _absent(pairs: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    return pairs.filter(~_among(pairs["other"], ids["id"])).select("row", "other")


def _one_sided(pairs: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Where a row names another one that is there and does not name it."""
    import numpy as np
    import polars as pl

    pairs = pairs.filter(_among(pairs["row"], ids["row"]) & _among(pairs["other"], ids["id"]))
    # Ids come in the order of their rows.
    own = ids["id"].to_numpy()[np.searchsorted(ids["row"].to_numpy(), pairs["row"].to_numpy())]
    pairs = pairs.with_columns(own=pl.Series(own, dtype=pl.Int64)).filter(pl.col("own") != pl.col("other"))
    names, named = (
        pairs.select(pl.struct(first.alias("a"), second.alias("b")).hash(1)).to_series()
        for first, second in ((pl.col("own"), pl.col("other")), (pl.col("other"), pl.col("own")))
    )
    return pairs.filter(~_among(names, named)).select("row", "other")


def _among(values: pl.Series, others: pl.Series) -> pl.Series:
    """Which values are among others. These are sorted, because a table of hashes takes several times as much memory."""
    import numpy as np
    import polars as pl

    if not len(others):
        return pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(values))
    known, wanted = others.sort().to_numpy(), values.to_numpy()
    return pl.Series(known[np.minimum(known.searchsorted(wanted), len(known) - 1)] == wanted)
