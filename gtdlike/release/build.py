"""From articles to a release, in one go: read, code, link, number, validate, write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, field

from gtdlike.codebook import Codebook, load_codebook
from gtdlike.coding.base import Coder
from gtdlike.engines import Fate, Outcome, default_coder, run
from gtdlike.engines.cache import opened
from gtdlike.errors import ReadError, ValidationError
from gtdlike.linking import Linked, Member, link_members
from gtdlike.release.check import checked
from gtdlike.release.eventids import MOST_A_DAY, dated, numbered, related
from gtdlike.release.folder import MANIFEST, reserved, whole_folder
from gtdlike.release.manifest import File, Input, Manifest, fates, gtdlike_version
from gtdlike.release.tables import as_text, evidence_table, links_table, reports_table, sources_table
from gtdlike.rows import to_row, to_table

if TYPE_CHECKING:
    import pyarrow as pa

Violation = dict[str, Any]
REJECTED = "rejected.jsonl"


def build(
    inputs: Iterable[str | Path],
    output: str | Path,
    *,
    coder: Coder | None = None,
    processes: int | None = None,
    overwrite: bool = False,
    progress: Callable[[int], None] | None = None,
    cache: str | Path | None = None,
) -> Manifest:
    """Build a release from files of articles, and give its manifest.

    `inputs` are files, folders, globs or `-`. `output` is the folder of the release, which must not exist unless
    `overwrite` is true; it appears whole at the end, or not at all. `progress` is called with the number of articles
    that were coded since the last call. Incidents with errors go to `rejected.jsonl`, not into the release. `cache` is
    a folder in which coded articles are kept, so that they are not coded again; the release is the same without it.

    Raises ReadError if no article at all can be read and coded, and WriteError if the output is in the way, cannot be
    written or is being written by another build.
    """
    from gtdlike.reading import read

    # In a fixed order, so that of two articles with one id it is always the same one that keeps it.
    inputs = sorted([str(inputs)] if isinstance(inputs, str | Path) else map(str, inputs))
    output = Path(output)
    coder = default_coder() if coder is None else coder
    work = _Build(load_codebook())
    with reserved(output, overwrite=overwrite):
        with opened(cache, coder) as memory:
            for outcome in run(read(inputs), coder=coder, processes=processes, cache=memory):
                work.take(outcome)
                if progress is not None:
                    progress(1)
        work.check_any()
        incidents = work.accept(link_members(work.tellings))
        with whole_folder(output, overwrite=overwrite) as folder:
            rows = _write(folder, incidents, work)
            manifest = work.manifest(folder, rows, {"coder": f"{type(coder).__module__}.{type(coder).__qualname__}"})
            (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8", newline="\n")
    return manifest


@define
class _Build:
    """What a build gathers on its way."""

    codebook: Codebook
    inputs: list[Input] = field(factory=list)
    tellings: list[Member] = field(factory=list)
    rejected: list[dict[str, Any]] = field(factory=list)
    warnings: dict[str, int] = field(factory=dict)
    linked: int = 0

    def take(self, outcome: Outcome) -> None:
        """Keep what an article tells. An incident that its coder coded badly is rejected at once."""
        self.inputs.append(Input.of(outcome))
        for telling, coded in enumerate(outcome.coded, 1):
            assert outcome.article is not None
            sound, problems = checked(outcome.article, coded, self.codebook)
            if problems:
                violations = [_violation("coder", problem, "Correct the coder.") for problem in problems]
                self._reject([outcome.article.id], None if sound is coded else to_row(sound.incident), violations, 1)
            else:
                self.tellings.append(Member(outcome.article, sound, telling=telling))

    def check_any(self) -> None:
        """Raise where nothing could be done at all: a mistyped input or a broken coder must not cost a release."""
        if not self.inputs:
            raise ReadError("There is no article in the input.", remedy="Give files or folders of articles.")
        lost = [one for one in self.inputs if one.fate in (Fate.UNREADABLE, Fate.FAILED)]
        if len(lost) < len(self.inputs):
            return
        first = lost[0]
        more = f" So it is with {len(lost) - 1} more, or likewise." if len(lost) > 1 else ""
        problem = "No article can be read." if first.fate == Fate.UNREADABLE else "No article can be coded."
        raise ReadError(f"{problem} {first.message}{more}", file=first.origin or first.id)

    def accept(self, linked: Sequence[Linked]) -> list[Linked]:
        """Number the incidents and leave out those with errors, until what is left has none."""
        from gtdlike.validation import validate

        kept = [dated(one) for one in linked]
        while True:
            candidates, without = numbered(kept)
            for one in without:
                self._reject_linked(one, [_no_eventid(one)])
            candidates = related(candidates)
            by_row: dict[int, list[Violation]] = {}
            self.warnings = {}
            table = to_table([one.incident for one in candidates], self.codebook)
            for violation in validate(table, codebook=self.codebook, limit=None).violations.to_pylist():
                if violation["severity"] == "error":
                    by_row.setdefault(violation["row"], []).append(violation)
                else:
                    self.warnings[violation["rule"]] = self.warnings.get(violation["rule"], 0) + 1
            if not by_row:
                self.linked = sum(len(one.members) for one in candidates)
                return candidates
            if not any(row in by_row for row in range(1, len(candidates) + 1)):
                problem = next(iter(by_row.values()))[0]
                raise ValidationError(problem["message"], remedy=problem["remedy"])
            # The ids and the links between incidents depend on which are there, so both are made anew.
            kept = []
            for row, one in enumerate(candidates, 1):
                if row in by_row:
                    self._reject_linked(one, by_row[row])
                else:
                    kept.append(one)

    def _reject_linked(self, one: Linked, violations: Sequence[Violation]) -> None:
        articles = list(dict.fromkeys(m.article.id for m in one.members))
        self._reject(articles, to_row(one.incident, self.codebook), violations, len(one.members))

    def _reject(
        self, articles: Sequence[str], row: dict[str, Any] | None, violations: Sequence[Violation], tellings: int
    ) -> None:
        # Row numbers and ids are those of a try, so they would mislead.
        told = [{k: v for k, v in violation.items() if k not in ("row", "eventid")} for violation in violations]
        filled = {k: as_json(v) for k, v in (row or {}).items() if v is not None and k != "eventid"}
        self.rejected.append({"articles": articles, "tellings": tellings, "violations": told, "row": filled})

    def manifest(self, folder: Path, rows: dict[str, int], options: dict[str, Any]) -> Manifest:
        return Manifest(
            codebook=self.codebook.id,
            codebook_version=self.codebook.version,
            gtdlike=gtdlike_version(),
            options=options,
            articles=len(self.inputs),
            fates=fates(self.inputs),
            tellings={
                "coded": sum(one.incidents for one in self.inputs),
                "linked": self.linked,
                "rejected": sum(one["tellings"] for one in self.rejected),
            },
            rejected=len(self.rejected),
            rows=rows,
            warnings=self.warnings,
            files={path.name: File.of(path) for path in sorted(folder.iterdir())},
            inputs=tuple(sorted(self.inputs, key=attrgetter("order"))),
        )


def _write(folder: Path, incidents: Sequence[Linked], work: _Build) -> dict[str, int]:
    """Write the tables. The answer is how many rows each has."""
    from gtdlike.export import write_table

    tables = dict(_tables(incidents, work.codebook))
    for name, table in tables.items():
        write_table(table, folder / f"{name}.parquet")
    for suffix in (".csv", ".jsonl"):
        write_table(tables["incidents"], folder / f"incidents{suffix}")
    if work.rejected:
        lines = sorted(json.dumps(one, ensure_ascii=False, sort_keys=True, default=as_json) for one in work.rejected)
        (folder / REJECTED).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return {name: table.num_rows for name, table in tables.items()}


def _tables(incidents: Sequence[Linked], codebook: Codebook) -> Iterator[tuple[str, pa.Table]]:
    yield "incidents", to_table([one.incident for one in incidents], codebook)
    yield "evidence", evidence_table(incidents, codebook)
    yield "sources", sources_table(incidents)
    yield "reports", reports_table(incidents)
    yield "links", links_table(incidents)


def _no_eventid(one: Linked) -> Violation:
    if one.incident.date.year is not None:
        message = f"An event id has room for {MOST_A_DAY} incidents a day and for years of four digits."
        return _violation("eventid", message, "Correct the date.", "eventid")
    remedy = "Give the article's date of publication, if it is the article's own news."
    return _violation("eventid", "No year is known, so the incident cannot have an event id.", remedy, "iyear")


def _violation(rule: str, message: str, remedy: str, variable: str | None = None) -> Violation:
    return {"variable": variable, "rule": rule, "severity": "error", "message": message, "remedy": remedy}


def as_json(value: Any) -> Any:
    """A value that JSON can hold."""
    return value if isinstance(value, str | int | float | bool | None) else as_text(value)
