"""The study of a DDI Codebook, of which a codebook says nothing: who made the data, what of, and in which files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as Xml

from attrs import field, frozen

from gtdlike.formats.statistics import Statistics
from gtdlike.formats.xml_text import add


@frozen
class DataFile:
    """A file that holds the incidents. `kind` is its media type, `digest` the SHA-256 in hexadecimal digits."""

    name: str
    cases: int
    variables: int
    kind: str
    digest: str


@frozen
class Study:
    """What is known of the data that a codebook describes. What is None, or empty, is left out.

    `creators` are names with affiliations, `nations` names with the two letters of ISO 3166. `first` and `last` are
    dates, `2016`, `2016-07` or `2016-07-14`. `statistics` are those of the variables, by their names.
    """

    title: str
    abstract: str
    citation: str
    files: Sequence[DataFile]
    statistics: Mapping[str, Statistics]
    software: str
    software_version: str
    identifier: str | None = None
    address: str | None = None
    version: str | None = None
    published: str | None = None
    license: str | None = None
    creators: Sequence[tuple[str, str | None]] = ()
    keywords: Sequence[str] = ()
    first: str | None = None
    last: str | None = None
    nations: Sequence[tuple[str, str | None]] = field(factory=tuple)

    @property
    def file_ids(self) -> str:
        """The ids of the files, as a variable names those that it is in."""
        return " ".join(file_id(number) for number in range(1, len(self.files) + 1))


def file_id(number: int) -> str:
    """The XML id of a file."""
    return f"file-{number}"


def study_description(study: Study) -> Xml.Element:
    """The element `stdyDscr`."""
    root = Xml.Element("stdyDscr")
    _citation(Xml.SubElement(root, "citation"), study)
    info = Xml.SubElement(root, "stdyInfo")
    if study.keywords:
        subject = Xml.SubElement(info, "subject")
        for word in study.keywords:
            add(subject, "keyword", word)
    add(info, "abstract", study.abstract)
    summary = Xml.SubElement(info, "sumDscr")
    for event, date in (("start", study.first), ("end", study.last)):
        if date:
            add(summary, "timePrd", date, {"event": event, "date": date})
    for name, letters in study.nations:
        add(summary, "nation", name, {"abbr": letters} if letters else None)
    add(summary, "anlyUnit", "Incident")
    add(summary, "universe", "Incidents that the articles tell of and that meet the criteria of the codebook")
    add(summary, "dataKind", "Event data coded from text")
    collection = Xml.SubElement(Xml.SubElement(root, "method"), "dataColl")
    add(collection, "collMode", "Coded from news articles by a program")
    add(Xml.SubElement(collection, "sources"), "dataSrc", "News articles, which are listed with the data")
    if study.license:
        add(Xml.SubElement(Xml.SubElement(root, "dataAccs"), "useStmt"), "conditions", study.license)
    return root


def _citation(citation: Xml.Element, study: Study) -> None:
    title = Xml.SubElement(citation, "titlStmt")
    add(title, "titl", study.title)
    if study.identifier:
        add(title, "IDNo", study.identifier, {"agency": "DOI"})
    if study.creators:
        responsible = Xml.SubElement(citation, "rspStmt")
        for name, affiliation in study.creators:
            add(responsible, "AuthEnty", name, {"affiliation": affiliation} if affiliation else None)
    production = Xml.SubElement(citation, "prodStmt")
    for name, affiliation in study.creators:
        add(production, "producer", name, {"affiliation": affiliation} if affiliation else None)
    add(production, "software", study.software, {"version": study.software_version})
    if study.published:
        distribution = Xml.SubElement(citation, "distStmt")
        add(distribution, "distDate", study.published, {"date": study.published})
    if study.version:
        add(Xml.SubElement(citation, "verStmt"), "version", study.version)
    add(citation, "biblCit", study.citation)
    if study.address:
        Xml.SubElement(citation, "holdings", {"URI": study.address})


def file_descriptions(study: Study) -> list[Xml.Element]:
    """The elements `fileDscr`, one a file."""
    found = []
    for number, file in enumerate(study.files, 1):
        element = Xml.Element("fileDscr", {"ID": file_id(number), "URI": file.name})
        text = Xml.SubElement(element, "fileTxt")
        add(text, "fileName", file.name)
        dimensions = Xml.SubElement(text, "dimensns")
        add(dimensions, "caseQnty", str(file.cases))
        add(dimensions, "varQnty", str(file.variables))
        add(text, "fileType", file.kind)
        add(element, "notes", file.digest, {"type": "digest", "subject": "SHA-256"})
        found.append(element)
    return found
