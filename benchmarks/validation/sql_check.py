"""The known violations checked by another engine: DuckDB runs the SQL of every check over the table.

What it finds is compared by rule and variable with the list that was written while the bad cells were made. Rules of
all rows together have no SQL of the codebook's; the queries for them are written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import duckdb
import polars as pl

from benchmarks.validation.data import Files
from benchmarks.validation.rival import Found, Rival, every_rule, ready
from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import checks_of
from gtdlike.codebook.expression import parse, to_sql
from gtdlike.codebook.expression.sql import quoted
from gtdlike.codebook.model import DatasetRule

_AT_ONCE: Final = 60

_NAMED: Final = """
    SELECT DISTINCT eventid, CAST(UNNEST(REGEXP_EXTRACT_ALL(related, '[0-9]+')) AS BIGINT) AS named
    FROM data WHERE related IS NOT NULL
"""


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """The counts of every rule; the violations told are the counts that differ."""

    def check() -> Found:
        data = duckdb.connect()
        data.execute(f"CREATE VIEW data AS SELECT * FROM read_parquet('{files.parquet}', file_row_number = true)")
        found = _of_rows(data, codebook)
        for rule in codebook.dataset_rules.values():
            found[rule.id, rule.columns[0]] += _number(data, _of_all(rule))
        known = pl.read_parquet(files.violations).group_by("rule", "variable").len().rows()
        wanted = Counter({(rule, variable): number for rule, variable, number in known})
        differ = [(key, found[key], wanted[key]) for key in found | wanted if found[key] != wanted[key]]
        for key, here, there in differ:
            print(f"{key}: DuckDB finds {here}, {there} are known")
        return Found(_number(data, "SELECT COUNT(*) FROM data"), len(differ))

    return ready(check, "counts", every_rule(codebook), codebook)


def _of_rows(data: duckdb.DuckDBPyConnection, codebook: Codebook) -> Counter[tuple[str, str]]:
    checks = checks_of(codebook)
    wide = ", ".join(
        f"CAST({quoted(v.name)} AS BIGINT) AS {quoted(v.name)}"
        for v in codebook.variables.values()
        if v.kind in ("integer", "code", "boolean")
    )
    found: Counter[tuple[str, str]] = Counter()
    # A query of all of them at once is more than the planner takes well.
    for start in range(0, len(checks), _AT_ONCE):
        some = checks[start : start + _AT_ONCE]
        counts = ", ".join(f"COUNT(*) FILTER (WHERE NOT ({to_sql(check.expression)}))" for check in some)
        row = data.execute(f"SELECT {counts} FROM (SELECT * REPLACE ({wide}) FROM data)").fetchone()
        for check, number in zip(some, row or (), strict=True):
            found[check.rule, check.variable] += number
    return found


def _of_all(rule: DatasetRule) -> str:
    if rule.kind == "unique":
        where = [f"{quoted(name)} IS NOT NULL" for name in rule.columns]
        where += [f"({to_sql(parse(rule.where))})"] if rule.where else []
        alike = ", ".join(map(quoted, (*rule.columns, *rule.alike)))
        groups = f"SELECT COUNT(*) AS n FROM data WHERE {' AND '.join(where)} GROUP BY {alike}"
        return f"SELECT COALESCE(SUM(n - 1), 0) FROM ({groups})"
    named = f"WITH named AS ({_NAMED})"
    if rule.kind == "reference":
        return f"{named} SELECT COUNT(*) FROM named WHERE named NOT IN (SELECT eventid FROM data)"
    return f"""{named} SELECT COUNT(*) FROM named AS a WHERE a.named <> a.eventid
        AND a.named IN (SELECT eventid FROM data)
        AND NOT EXISTS (SELECT 1 FROM named AS b WHERE b.eventid = a.named AND b.named = a.eventid)"""


def _number(data: duckdb.DuckDBPyConnection, query: str) -> int:
    row: Sequence[int] | None = data.execute(query).fetchone()
    return int(row[0]) if row else 0
