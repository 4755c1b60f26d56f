"""The manifest adds up, and its counts are those of the tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.codebook import Codebook
from gtdlike.release.folder import MANIFEST
from gtdlike.release.manifest import Manifest, fates
from gtdlike.release.verification.files import AGAIN
from gtdlike.release.verification.result import Check

if TYPE_CHECKING:
    import pyarrow as pa

REJECTED = "rejected.jsonl"


def check_counts(
    folder: Path,
    manifest: Manifest | None,
    tables: Mapping[str, pa.Table],
    codebook: Codebook,
    warnings: Mapping[str, int] | None,
    check: Check,
) -> None:
    """Compare what the manifest counts. `warnings` are those of the incidents by rule, or None if not known."""
    if manifest is None:
        check.skipped = "not checked: there is no manifest that can be read"
        return
    equal = [*_inputs(manifest), *_rows(manifest, tables), *_rejected(folder, manifest)]
    if warnings is not None:
        rules = sorted({*warnings, *manifest.warnings})
        equal += [(f"warnings: {rule}", manifest.warnings.get(rule, 0), warnings.get(rule, 0), "the incidents have")
                  for rule in rules]  # fmt: skip
    equal += [
        ("codebook", manifest.codebook, codebook.id, "the codebook at hand is"),
        ("codebook_version", manifest.codebook_version, codebook.version, "the codebook at hand has"),
    ]
    for place, told, actual, who in equal:
        check.counted += 1
        if told != actual:
            check.add(MANIFEST, place, f"It says {told}, but {who} {actual}.", AGAIN)


Equal = tuple[str, object, object, str]
"""A place in the manifest, what it says there, what it should say, and according to whom."""


def _inputs(manifest: Manifest) -> Iterator[Equal]:
    yield "articles", manifest.articles, len(manifest.inputs), "the inputs are"
    try:
        counted = fates(manifest.inputs)
    except KeyError as error:
        yield "inputs", f"the fate {error}", "known", "only those that gtdlike gives are"
        return
    for fate in sorted({*counted, *manifest.fates}):
        yield f"fates: {fate}", manifest.fates.get(fate, 0), counted.get(fate, 0), "of the inputs it is that of"
    coded = manifest.tellings.get("coded", 0)
    yield "tellings: coded", coded, sum(one.incidents for one in manifest.inputs), "the inputs tell of"
    others = sum(count for name, count in manifest.tellings.items() if name != "coded")
    yield "tellings: coded", coded, others, "those that are linked, rejected or dropped are"


def _rows(manifest: Manifest, tables: Mapping[str, pa.Table]) -> Iterator[Equal]:
    for name, table in tables.items():
        yield f"rows: {name}", manifest.rows.get(name), table.num_rows, f"{name}.parquet has"
    if "changes" in tables:
        counted = Counter(tables["changes"].column("change").to_pylist())
        for change in sorted({*counted, *manifest.changes}, key=str):
            told = manifest.changes.get(change, 0)
            yield f"changes: {change}", told, counted.get(change, 0), "changes.parquet has"
    if "links" in tables:
        linked = manifest.tellings.get("linked", 0)
        yield "tellings: linked", linked, tables["links"].num_rows, "links.parquet has"


def _rejected(folder: Path, manifest: Manifest) -> Iterator[Equal]:
    path = folder / REJECTED
    tellings: Counter[str] = Counter()
    lines = 0
    if path.is_file():
        try:
            for line in path.read_text(encoding="utf-8").splitlines():
                lines += 1
                tellings["rejected"] += json.loads(line)["tellings"]
        except (OSError, ValueError, KeyError, TypeError):
            yield "rejected", manifest.rejected, f"unreadable at line {lines}", f"{REJECTED} is"
            return
    yield "rejected", manifest.rejected, lines, f"the lines of {REJECTED} are"
    yield "tellings: rejected", manifest.tellings.get("rejected", 0), tellings["rejected"], f"{REJECTED} has"
