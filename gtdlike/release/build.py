"""From articles to a release, in one go: read, code, link, number, validate, write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from operator import attrgetter
from pathlib import Path

from attrs import evolve

from gtdlike.codebook import load_codebook
from gtdlike.coding.base import Coder
from gtdlike.engines import default_coder, run
from gtdlike.engines.cache import opened
from gtdlike.linking import link_members
from gtdlike.release.accept import accept
from gtdlike.release.changes import changes_of, retired
from gtdlike.release.checksums import write_checksums
from gtdlike.release.deciding import Decisions
from gtdlike.release.describe import describe, read_about
from gtdlike.release.eventids import Given
from gtdlike.release.folder import MANIFEST, reserved, whole_folder
from gtdlike.release.gather import Gathered
from gtdlike.release.manifest import File, Manifest, fates, gtdlike_version
from gtdlike.release.previous import Previous
from gtdlike.release.publish import Publication
from gtdlike.release.rejected import REJECTED, Rejected
from gtdlike.release.succession import succeed
from gtdlike.release.trace import Trace
from gtdlike.release.write import further_formats, write_tables


def build(
    inputs: Iterable[str | Path],
    output: str | Path,
    *,
    coder: Coder | None = None,
    processes: int | None = None,
    overwrite: bool = False,
    previous: str | Path | None = None,
    decisions: str | Path | None = None,
    formats: Iterable[str] = (),
    progress: Callable[[int], None] | None = None,
    cache: str | Path | None = None,
    quotes: str = "full",
    redact: bool = False,
    about: str | Path | None = None,
) -> Manifest:
    """Build a release from files of articles, and give its manifest.

    `inputs` are files, folders, globs or `-`. `output` is the folder of the release, which must not exist unless
    `overwrite` is true; it appears whole at the end, or not at all. `progress` is called with the number of articles
    that were coded since the last call. Incidents with errors go to `rejected.jsonl`, not into the release. `cache` is
    a folder in which coded articles are kept, so that they are not coded again; the release is the same without it.

    `previous` is the folder of the release before: its incidents keep their ids, `changes.parquet` tells what became of
    each, and what people decided then holds. `decisions` is a file of further decisions; `manifest.decisions` accounts
    for all of them. `formats` are further formats of the incidents, by suffix.

    `quotes` is `full`, `short` or `none`: how much of the articles the evidence quotes; its offsets and digests are
    there in any case. `redact` takes the names of private persons out of texts and quotes. Neither changes which
    incidents there are, nor their ids; see docs/publishing.md. `about` is a TOML file that tells what only people know
    of a release: its title, creators, licence and the like.

    Raises ReadError if no article at all can be read and coded, or the previous release, the file of decisions or that
    about the release cannot be read, and WriteError if a format does not exist, or the output is in the way, cannot be
    written, or is being written by another build.
    """
    from gtdlike.reading import read

    publication = Publication(quotes, redact)
    # In a fixed order, so that of two articles with one id it is always the same one that keeps it.
    inputs = sorted([str(inputs)] if isinstance(inputs, str | Path) else map(str, inputs))
    output = Path(output)
    with reserved(output, overwrite=overwrite):
        suffixes = further_formats(formats)
        told_about = None if about is None else read_about(Path(about))
        codebook = load_codebook()
        before = Previous() if previous is None else Previous.read(Path(previous), codebook)
        decided = Decisions.read(None if decisions is None else Path(decisions), before, codebook)
        coder = default_coder() if coder is None else coder
        made_by = f"{type(coder).__module__}.{type(coder).__qualname__}"

        rejected = Rejected()
        gathered = Gathered(codebook, rejected)
        with opened(cache, coder) as memory:
            for outcome in run(read(inputs), coder=coder, processes=processes, cache=memory):
                gathered.take(outcome)
                if progress is not None:
                    progress(1)
        gathered.check_any()

        trace = Trace.of(before, gathered.inputs, gathered.tellings, (gtdlike_version(), made_by))
        linked = link_members(gathered.tellings, decided.decided(before, trace))
        succession = succeed(linked, before, trace)
        left = decided.apply(succession.incidents)
        accepted = accept(left, codebook, Given(frozenset(before.tellings), frozenset(before.retired)), rejected)
        gone = dict.fromkeys(rejected.keys, f"it has errors; see {REJECTED}") | decided.dropped
        changes = [] if before.folder is None else changes_of(accepted.incidents, succession, before, trace, gone)

        with whole_folder(output, overwrite=overwrite) as folder:
            told = None if before.folder is None else changes
            rows = write_tables(folder, accepted.incidents, codebook, suffixes, told, publication)
            rejected.rows = publication.rejected(rejected.rows, gathered.articles)
            rejected.write(folder)
            decided.write(folder)
            manifest = Manifest(
                codebook=codebook.id,
                codebook_version=codebook.version,
                gtdlike=gtdlike_version(),
                options={
                    "about": _digest(about),
                    "coder": made_by,
                    "decisions": _digest(decisions),
                    "formats": suffixes,
                    "previous": before.digest,
                    "quotes": publication.quotes.value,
                    "redact": publication.redact,
                },
                articles=len(gathered.inputs),
                fates=fates(gathered.inputs),
                tellings={
                    "coded": sum(one.incidents for one in gathered.inputs),
                    "linked": accepted.tellings,
                    "dropped": len(decided.dropped),
                    "rejected": rejected.tellings,
                },
                rejected=len(rejected.rows),
                rows=rows,
                warnings=accepted.warnings,
                decisions=decided.all_accounts,
                changes=Counter(one.change for one in changes),
                retired={str(eventid): other for eventid, other in retired(changes, before).items()},
                files=_files(folder),
                inputs=publication.inputs(sorted(gathered.inputs, key=attrgetter("order")), gathered.articles),
            )
            describe(folder, manifest, codebook, told_about)
            manifest = evolve(manifest, files=_files(folder))
            (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8", newline="\n")
            write_checksums(folder)
    return manifest


def _files(folder: Path) -> dict[str, File]:
    return {path.name: File.of(path) for path in sorted(folder.iterdir())}


def _digest(path: str | Path | None) -> str | None:
    """What the manifest tells of a file that was given; its name may tell of the machine."""
    return None if path is None else File.of(Path(path)).sha256
