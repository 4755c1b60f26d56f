"""Rules of all rows together. Of each row they keep no more than a few numbers, so that tables may be of any length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from gtdlike.codebook.expression import columns_of, parse
from gtdlike.codebook.expression.polars import to_polars
from gtdlike.codebook.model import Codebook, DatasetRule
from gtdlike.validation.columns import polars_type
from gtdlike.validation.findings import Findings
from gtdlike.validation.rules import Selection

if TYPE_CHECKING:
    import polars as pl

_ID = "[0-9]+"


@frozen
class _Memory:
    """What is kept of each row for one or several rules: of `unique`, two hashes; of the others, which ids it names."""

    of: str
    columns: tuple[str, ...]
    alike: tuple[str, ...]
    where: str | None


@define
class DatasetRules:
    """The dataset rules of a codebook, and what they remember of the rows so far."""

    codebook: Codebook
    rules: list[tuple[DatasetRule, _Memory]]
    _kept: dict[_Memory, list[pl.DataFrame]] = field(factory=dict, repr=False)
    _ids: list[pl.Series] = field(factory=list, repr=False)

    @classmethod
    def of(cls, codebook: Codebook, selection: Selection) -> DatasetRules:
        """The rules that are chosen."""
        chosen = [rule for rule in codebook.dataset_rules.values() if rule.id in selection]
        return cls(codebook, [(rule, _memory(rule)) for rule in chosen])

    def take(self, frame: pl.DataFrame, numbers: pl.Series, eventids: pl.Series) -> None:
        """Remember the rows of a frame of typed columns."""
        import polars as pl

        memories = list(dict.fromkeys(memory for _, memory in self.rules))
        for memory in memories:
            where = parse(memory.where) if memory.where else None
            reads = {*memory.columns, *memory.alike, *(columns_of(where) if where else ())}
            blank = [
                pl.lit(None, dtype=polars_type(self.codebook.variables[name].kind)).alias(name)
                for name in sorted(reads.difference(frame.columns))
            ]
            rows = frame.select(*blank, *sorted(reads.intersection(frame.columns)), numbers.alias("_row"),
                                eventids.cast(pl.Int64).alias("_id"))  # fmt: skip
            if where is not None:
                rows = rows.filter(to_polars(where))
            kept = _hashed(rows, memory) if memory.of == "rows" else _named(rows, memory.columns[0])
            self._kept.setdefault(memory, []).append(kept)
        for ids in {memory.columns[1] for memory in memories if memory.of == "names"}:
            if ids in frame.columns:
                self._ids.append(frame[ids])

    def judge(self, findings: Findings) -> None:
        """Add what the rows violate together to the findings."""
        for rule, memory in self.rules:
            for row, eventid, other in self._found(rule, memory):
                value = str(other) if memory.of == "names" else str(eventid) if rule.columns == ("eventid",) else None
                told = (text.format(eventid=eventid, other=other) for text in (rule.message, rule.remedy))
                findings.add(rule.id, rule.columns[0], rule.severity, *told, row=row, eventid=eventid, value=value)

    def _found(self, rule: DatasetRule, memory: _Memory) -> Iterator[tuple[int, int | None, int]]:
        import polars as pl

        if not (kept := self._kept.get(memory)):
            return
        rows = pl.concat(kept)
        if memory.of == "rows":
            found = _repeated(rows)
        else:
            ids = pl.concat(self._ids).unique().to_frame("named") if self._ids else rows.select("named").clear()
            found = _absent(rows, ids) if rule.kind == "reference" else _one_sided(rows, ids)
        yield from found.sort("_row").iter_rows()


def _memory(rule: DatasetRule) -> _Memory:
    return _Memory("rows" if rule.kind == "unique" else "names", rule.columns, rule.alike, rule.where)


def _hashed(rows: pl.DataFrame, memory: _Memory) -> pl.DataFrame:
    import polars as pl

    whole = pl.struct(*memory.columns, *memory.alike)
    rows = rows.drop_nulls(list(memory.columns))
    return rows.select("_row", "_id", whole.hash(1).alias("_a"), whole.hash(2).alias("_b"))


def _named(rows: pl.DataFrame, listing: str) -> pl.DataFrame:
    """Which row names which id, once for each."""
    import polars as pl

    pairs = rows.drop_nulls(listing).select("_row", "_id", pl.col(listing).str.extract_all(_ID).alias("named"))
    numbers = pl.col("named").cast(pl.Int64, strict=False)
    return pairs.explode("named").with_columns(numbers).drop_nulls("named").unique()


def _repeated(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row that is like an earlier one, with the number of the first one."""
    import polars as pl

    repeated = rows.filter(pl.struct("_a", "_b").is_duplicated())
    first = pl.col("_row").min().over("_a", "_b")
    return repeated.select("_row", "_id", first.alias("other")).filter(pl.col("_row") != pl.col("other"))


def _absent(pairs: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    return pairs.join(ids, on="named", how="anti").select("_row", "_id", "named")


def _one_sided(pairs: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Where a row names another one that is there and does not name it."""
    import polars as pl

    there = pairs.join(ids, on="named", how="semi").filter(pl.col("named") != pl.col("_id"))
    back = pairs.select(pl.col("_id").alias("named"), pl.col("named").alias("_id"))
    return there.join(back, on=["_id", "named"], how="anti").select("_row", "_id", "named")
