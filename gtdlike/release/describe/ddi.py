"""`codebook.xml`: the codebook with the data of a release, as DDI Codebook 2.5, which data archives take."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from gtdlike.formats.ddi import ddi
from gtdlike.formats.ddi_study import DataFile, Study
from gtdlike.release.describe.facts import ReleaseFacts
from gtdlike.release.describe.files import MEDIA_TYPES
from gtdlike.release.describe.tables import INCIDENTS

_FLAT: Final = (".csv", ".dta", ".jsonl", ".parquet", ".sav", ".xlsx")


def codebook_xml(facts: ReleaseFacts) -> str:
    """The text of the file."""
    about, table = facts.about, facts.table[INCIDENTS]
    files = [
        DataFile(name, table.rows, len(table.columns), MEDIA_TYPES[PurePath(name).suffix], file.sha256)
        for name, file in facts.manifest.files.items()
        if PurePath(name).stem == INCIDENTS and PurePath(name).suffix in _FLAT
    ]
    license_ = about.license
    study = Study(
        title=facts.title,
        abstract=facts.description,
        citation=facts.citation,
        files=files,
        statistics=facts.statistics,
        software="gtdlike",
        software_version=facts.manifest.gtdlike,
        identifier=about.doi,
        address=about.address,
        version=about.version,
        published=about.published.isoformat() if about.published else None,
        license=" ".join(filter(None, (license_.name, license_.url))) if license_ else None,
        creators=[(one.sorted_name, one.affiliation) for one in about.creators],
        keywords=about.keywords,
        first=facts.first,
        last=facts.last,
        nations=[(facts.country(code), facts.iso(code)) for code in facts.countries],
    )
    return ddi(facts.codebook, study)
