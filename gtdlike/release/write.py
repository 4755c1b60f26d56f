"""The tables of a release, and the files that they are written to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.codebook import Codebook
from gtdlike.errors import WriteError, remedy_for
from gtdlike.linking import Linked
from gtdlike.release.changes import Change, changes_table
from gtdlike.release.publish import Publication
from gtdlike.release.tables import evidence_table, links_table, reports_table, sources_table
from gtdlike.rows import to_table

if TYPE_CHECKING:
    import pyarrow as pa

ALWAYS = (".parquet", ".csv", ".jsonl")
"""The formats in which the incidents of every release are written."""


def further_formats(given: Iterable[str]) -> list[str]:
    """The suffixes of the further formats, sorted. Raises WriteError for one that cannot be written."""
    from gtdlike.export import FORMATS

    found = set()
    for one in given:
        suffix = f".{one.lower().removeprefix('.')}"
        if suffix not in FORMATS:
            known = sorted(suffix[1:] for suffix in FORMATS)
            remedy = remedy_for(suffix[1:], known, f"The formats are: {', '.join(known)}.")
            raise WriteError(f"There is no format {one!r}.", remedy=remedy)
        found.add(suffix)
    return sorted(found.difference(ALWAYS))


def write_tables(
    folder: Path,
    incidents: Sequence[Linked],
    codebook: Codebook,
    formats: Sequence[str],
    changes: Iterable[Change] | None,
    publication: Publication,
) -> dict[str, int]:
    """Write all tables as they are published, and the incidents in every format.

    The answer is how many rows each table has.
    """
    from gtdlike.export import write_table

    tables = publication.tables(dict(_tables(incidents, codebook, changes)), incidents, codebook)
    for name, table in tables.items():
        write_table(table, folder / f"{name}.parquet", codebook=codebook)
    for suffix in (*ALWAYS[1:], *formats):
        write_table(tables["incidents"], folder / f"incidents{suffix}", codebook=codebook)
    return {name: table.num_rows for name, table in tables.items()}


def _tables(
    incidents: Sequence[Linked], codebook: Codebook, changes: Iterable[Change] | None
) -> Iterator[tuple[str, pa.Table]]:
    yield "incidents", to_table([one.incident for one in incidents], codebook)
    yield "evidence", evidence_table(incidents, codebook)
    yield "sources", sources_table(incidents)
    yield "reports", reports_table(incidents)
    yield "links", links_table(incidents)
    if changes is not None:
        yield "changes", changes_table(changes)
