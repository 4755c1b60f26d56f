"""`README.md`: what is in this release, in figures, with its limits, how it was made, how to cite and to load it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gtdlike.release.describe.facts import HOW, ReleaseFacts
from gtdlike.release.describe.files import GUARD
from gtdlike.release.describe.limits import limits

_MOST: Final = 10
"""So many countries are listed; the codebook has all."""
_FATES: Final = {
    "coded": "with an incident",
    "no_incident": "without one",
    "not_english": "not in English",
    "unreadable": "unreadable",
    "failed": "on which the coder failed",
}
_HOW: Final = {
    "decided": "set by a person, see `decisions.csv`",
    "stated": "stated by an article",
    "inferred": "inferred by a rule from what an article says, or from all of them",
    "default": "a default: no article speaks of it",
}
_SUMS: Final = {
    "nkill": "killed",
    "nkillter": "attackers among the killed",
    "nwound": "wounded",
    "nwoundte": "attackers among the wounded",
}
_CHANGES: Final = {
    "added": "new",
    "retired": "retired",
    "merged": "merged into another",
    "split": "split from another",
    "redated": "with a corrected date",
}
_FILES: Final = {
    "decisions.csv": "what people decided: merge, split, set a value, drop; with who and why",
    "incidents.csv": "the incidents as CSV",
    "incidents.dta": "the incidents for Stata",
    "incidents.geojson": "the places of the incidents, for maps",
    "incidents.json": "the incidents as nested JSON",
    "incidents.jsonl": "the incidents as JSON Lines",
    "incidents.parquet": "the incidents with types and labels: one row each, the columns of the codebook",
    "incidents.sav": "the incidents for SPSS",
    "incidents.xlsx": "the incidents as a workbook",
    "places.geojson": "the places of the incidents, for maps",
    "rejected.jsonl": "what did not become part of the release, and why",
    "manifest.json": "every article and what became of it, versions, options, the digest of every file",
    "SHA256SUMS": "the digests of all files, for `sha256sum --check SHA256SUMS`",
    "datapackage.json": "the tables and their columns by the Data Package standard",
    "croissant.json": "the same by Croissant, for machine-learning tools",
    "codebook.xml": "the codebook with frequencies by DDI Codebook 2.5, for archives",
    "codebook.html": "the codebook to read: every variable, code and rule, with the frequencies of this release",
    "CITATION.cff": "how to cite, for reference managers",
}
_ALWAYS: Final = (
    "codebook.html",
    "codebook.xml",
    "datapackage.json",
    "croissant.json",
    "CITATION.cff",
    "manifest.json",
    "SHA256SUMS",
)


def readme(facts: ReleaseFacts) -> str:
    """The text of the file."""
    parts = (_head, _figures, _files, _limits, _made, _cite, _load)
    return "\n".join(line for part in parts for line in part(facts)).rstrip() + "\n"


def _head(facts: ReleaseFacts) -> Iterator[str]:
    about = facts.about
    yield from (f"# {_plain(facts.title)}", "", _plain(facts.description), "")
    told = {
        "Version": about.version,
        "Published": about.published.isoformat() if about.published else None,
        "Creators": "; ".join(
            one.full_name + (f" ({one.affiliation})" if one.affiliation else "") for one in about.creators
        ),
        "Licence": (about.license.name or about.license.url) if about.license else None,
        "Found at": about.address,
        "Keywords": ", ".join(about.keywords),
    }
    yield from (f"- {name}: {_plain(value)}" for name, value in told.items() if value)
    missing = [
        name
        for name, value in (("creators", about.creators), ("licence", about.license), ("version", about.version))
        if not value
    ]
    if missing:
        yield f"- Not stated: {', '.join(missing)}."
    if not about.license:
        yield "- Without a stated licence, ask whoever gave you this release before you use or publish it."
    yield ""


def _figures(facts: ReleaseFacts) -> Iterator[str]:
    manifest, sources = facts.manifest, facts.sources
    yield from ("## In figures", "")
    span = f", from {facts.first} to {facts.last}" if facts.first else ""
    yield f"- **{_count(manifest.incidents, 'incident')}**{span}"
    yield f"- {_count(manifest.articles, 'article')}: " + ", ".join(
        f"{count:,} {_FATES.get(fate, fate)}" for fate, count in manifest.fates.items() if count
    )
    yield (
        f"- {_count(sources['articles'], 'article')} of {_count(sources['publishers'], 'publisher')} cited; "
        f"{_count(sources['several'], 'incident')} told by more than one article; "
        f"{_count(sources['differ'], 'value')} on which articles differ"
    )
    if facts.changes:
        told = ", ".join(
            f"{facts.changes[what]:,} {words}" for what, words in _CHANGES.items() if what in facts.changes
        )
        yield f"- Event ids since the release before: {told}; see `changes.parquet`"
    if facts.decisions:
        told = ", ".join(f"{what} {number:,}" for what, number in facts.decisions.items())
        yield f"- {_count(sum(facts.decisions.values()), 'decision')} of people ({told}), see `decisions.csv`"
    if manifest.rejected:
        yield f"- {_count(manifest.rejected, 'incident')} with errors left out, see `rejected.jsonl`"
    yield ""
    yield from _casualties(facts)
    yield from _frequencies("country", "Countries", facts, _MOST)
    yield from _frequencies("attacktype1", "Types of attack (the first of each incident)", facts)
    yield from _how(facts)
    yield from _warnings(facts)


def _casualties(facts: ReleaseFacts) -> Iterator[str]:
    rows = []
    for name, what in _SUMS.items():
        if name in facts.sums and (told := facts.statistics[name]).rows:
            rows.append((what, f"{facts.sums[name]:,}", f"{told.told:,}", f"{told.unknown + told.blank:,}"))
    if rows:
        yield from _table(("people", "sum", "incidents with a figure", "without one"), rows)


def _frequencies(variable: str, what: str, facts: ReleaseFacts, most: int | None = None) -> Iterator[str]:
    if variable not in facts.statistics:
        return
    found, labels = facts.statistics[variable], facts.codebook.code_list(variable).by_code
    names = {code: labels[code].label for code in found.counts}
    order = sorted(found.counts, key=lambda code: (-found.counts[code], names[code]))
    rows = [(names[code], f"{found.counts[code]:,}", _share(found.counts[code], found.rows)) for code in order[:most]]
    if others := order[most:] if most is not None else []:
        sum_of_others = sum(found.counts[code] for code in others)
        rows.append((f"{len(others)} others", f"{sum_of_others:,}", _share(sum_of_others, found.rows)))
    if none := found.unknown + found.blank:
        rows.append(("not known", f"{none:,}", _share(none, found.rows)))
    if rows:
        yield from _table((what, "incidents", "share"), rows)


def _how(facts: ReleaseFacts) -> Iterator[str]:
    total = sum(facts.cells.values())
    if total:
        rows = [
            (_HOW[how], f"{facts.cells[how]:,}", _share(facts.cells[how], total)) for how in HOW if facts.cells[how]
        ]
        yield from _table((f"how the {total:,} values were arrived at", "values", "share"), rows)


def _warnings(facts: ReleaseFacts) -> Iterator[str]:
    warnings = facts.manifest.warnings
    if not warnings:
        yield from ("No incident violates a rule of the codebook, and none has a warning.", "")
        return
    yield "No incident violates a rule of the codebook. Warnings, which ask to look again:"
    yield ""
    order = sorted(warnings, key=lambda rule: (-warnings[rule], rule))
    yield from _table(("rule", "warnings"), [(f"`{rule}`", f"{warnings[rule]:,}") for rule in order])


def _files(facts: ReleaseFacts) -> Iterator[str]:
    yield from ("## Files", "")
    tables = {table.file: table.description for table in facts.tables if table.name != "incidents"}
    rows = []
    for name in dict.fromkeys([*sorted(facts.manifest.files), *_ALWAYS]):
        table = facts.table.get(name.removesuffix(".parquet"))
        number = f" ({_count(table.rows, 'row')})" if table else ""
        rows.append((f"`{name}`", (tables.get(name) or _FILES.get(name, "a further file")) + number))
    yield from _table(("file", "holds"), rows)
    yield "In all tables `eventid` is the incident. The variables are told of in `codebook.html`."
    yield ""


def _limits(facts: ReleaseFacts) -> Iterator[str]:
    yield from ("## Known limits", "")
    coder = facts.manifest.options.get("coder")
    yield from (f"- {text}" for text in limits(coder if isinstance(coder, str) else None))
    yield ""


def _made(facts: ReleaseFacts) -> Iterator[str]:
    manifest = facts.manifest
    yield from ("## How it was made", "")
    yield f"With {facts.program} and version {manifest.codebook_version} of the codebook `{manifest.codebook}`,"
    yield "by `gtdlike build ARTICLES -o RELEASE` with these options:"
    yield ""
    options = manifest.options.items()
    yield from _table(("option", "value"), [(f"`{key}`", f"`{_option(value)}`") for key, value in sorted(options)])
    yield "The same articles, version and options give the same files, byte for byte. `manifest.json` names every"
    yield "article with the digest of its text."
    yield ""


def _option(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _cite(facts: ReleaseFacts) -> Iterator[str]:
    yield from ("## How to cite", "", f"> {_plain(facts.citation)}", "")
    if not facts.about.creators:
        yield from ("The creators are not stated; name them if you know them.", "")
    yield "Cite the articles as well where you quote them: `sources.parquet` lists them, and `scite1` to `scite3` of an"
    yield "incident name its first three."
    yield ""


def _load(facts: ReleaseFacts) -> Iterator[str]:
    yield from (
        "## How to load it",
        "",
        "```python",
        "import polars as pl",
        "",
        'incidents = pl.read_parquet("incidents.parquet")',
        'evidence = pl.read_parquet("evidence.parquet")',
        'print(evidence.join(incidents.select("eventid", "country_txt", "city"), on="eventid"))',
        "```",
        "",
        "pandas, DuckDB and R (`arrow::read_parquet`) read the same files. Of `incidents.csv`, which",
        "`gtdlike.export.read_table` reads as it is meant:",
        "",
        f"> {GUARD}",
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _plain(text: str) -> str:
    """A text of others on one line, so that none of it becomes a heading or a list."""
    return " ".join(text.split())


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"
