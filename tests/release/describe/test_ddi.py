"""DDI Codebook of a release: the elements and their order as in the standard, with the figures of the data."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

import polars as pl

from gtdlike.formats.ddi import NAMESPACE

from .conftest import Described

N = f"{{{NAMESPACE}}}"

# The children of each element in the order that the standard asks for, as far as they are used.
ORDER = {
    "codeBook": ["docDscr", "stdyDscr", "fileDscr", "dataDscr"],
    "docDscr": ["citation"],
    "stdyDscr": ["citation", "stdyInfo", "method", "dataAccs"],
    "citation": ["titlStmt", "rspStmt", "prodStmt", "distStmt", "verStmt", "biblCit", "holdings"],
    "titlStmt": ["titl", "IDNo"],
    "rspStmt": ["AuthEnty"],
    "prodStmt": ["producer", "software"],
    "distStmt": ["distDate"],
    "verStmt": ["version"],
    "stdyInfo": ["subject", "abstract", "sumDscr"],
    "subject": ["keyword"],
    "sumDscr": ["timePrd", "nation", "anlyUnit", "universe", "dataKind"],
    "method": ["dataColl"],
    "dataColl": ["collMode", "sources"],
    "sources": ["dataSrc"],
    "dataAccs": ["useStmt"],
    "useStmt": ["conditions"],
    "fileDscr": ["fileTxt", "notes"],
    "fileTxt": ["fileName", "dimensns", "fileType"],
    "dimensns": ["caseQnty", "varQnty"],
    "dataDscr": ["varGrp", "var"],
    "varGrp": ["labl", "txt"],
    "var": ["labl", "valrng", "invalrng", "sumStat", "txt", "catgry", "varFormat", "notes"],
    "valrng": ["range"],
    "invalrng": ["item"],
    "catgry": ["catValu", "labl", "txt", "catStat"],
}
ATTRIBUTES = {
    "codeBook": {"version", "ID"},
    "IDNo": {"agency"},
    "AuthEnty": {"affiliation"},
    "producer": {"affiliation"},
    "software": {"version"},
    "distDate": {"date"},
    "holdings": {"URI"},
    "timePrd": {"event", "date"},
    "nation": {"abbr"},
    "fileDscr": {"ID", "URI"},
    "varGrp": {"ID", "type", "name", "var"},
    "var": {"ID", "name", "intrvl", "measUnit", "files"},
    "sumStat": {"type"},
    "catStat": {"type"},
    "range": {"UNITS", "min", "max"},
    "item": {"VALUE"},
    "catgry": {"missing"},
    "varFormat": {"type", "category"},
    "notes": {"type", "subject", "level"},
}
# What may stand in an attribute, where the standard lists it.
VALUES = {
    ("catStat", "type"): {"freq", "percent", "crosstab", "other"},
    ("catgry", "missing"): {"Y", "N"},
    ("codeBook", "version"): {"2.5"},
    ("range", "UNITS"): {"INT", "REAL"},
    ("sumStat", "type"): {"mean", "medn", "mode", "vald", "invd", "min", "max", "stdev", "other"},
    ("timePrd", "event"): {"start", "end", "single"},
    ("var", "intrvl"): {"contin", "discrete"},
    ("varFormat", "category"): {"date", "time", "currency", "other"},
    ("varFormat", "type"): {"character", "numeric"},
    ("varGrp", "type"): {"section", "subject", "other"},
}


def read(folder: Path) -> Xml.Element:
    return Xml.fromstring((folder / "codebook.xml").read_bytes())


def texts(root: Xml.Element, path: str) -> list[str]:
    return [found.text or "" for found in root.iterfind("/".join(N + part for part in path.split("/")))]


def test_elements_stand_in_the_order_of_the_standard(release: Described, nameless: Described) -> None:
    for folder in (release.folder, nameless.folder):
        for element in read(folder).iter():
            name = element.tag.removeprefix(N)
            children = [child.tag.removeprefix(N) for child in element]
            order = ORDER.get(name, [])
            assert set(children) <= set(order), name
            assert children == sorted(children, key=order.index)
            assert set(element.attrib) <= ATTRIBUTES.get(name, set())
            for key, value in element.attrib.items():
                assert value in VALUES.get((name, key), {value}), (name, key)


def test_ids_are_unique_and_what_is_referred_to_is_there(release: Described) -> None:
    root = read(release.folder)
    ids = [element.attrib["ID"] for element in root.iter() if "ID" in element.attrib]
    assert len(set(ids)) == len(ids)
    referred = {one for e in root.iter() for key in ("files", "var") for one in e.attrib.get(key, "").split()}
    assert referred <= set(ids)
    files = [e.attrib["ID"] for e in root.iter(f"{N}fileDscr")]
    assert all(e.attrib["files"].split() == files for e in root.iter(f"{N}var"))


def test_the_study_is_what_was_said_and_what_the_data_are_of(release: Described) -> None:
    root, facts = read(release.folder), release.facts
    assert texts(root, "stdyDscr/citation/titlStmt/titl") == ['Attacks: "a to z" | # 1']
    assert texts(root, "stdyDscr/citation/titlStmt/IDNo") == ["10.1234/attacks"]
    assert texts(root, "stdyDscr/citation/rspStmt/AuthEnty") == ["Carberry, Josiah", "Example Monitor"]
    assert texts(root, "stdyDscr/citation/distStmt/distDate") == ["2024-05-31"]
    assert texts(root, "stdyDscr/citation/verStmt/version") == ["2024.1"]
    assert texts(root, "stdyDscr/stdyInfo/sumDscr/timePrd") == [facts.first, facts.last]
    incidents = pl.read_parquet(release.folder / "incidents.parquet")
    assert set(texts(root, "stdyDscr/stdyInfo/sumDscr/nation")) == set(incidents["country_txt"])
    assert texts(root, "fileDscr/fileTxt/fileName") == ["incidents.csv", "incidents.jsonl", "incidents.parquet"]
    assert set(texts(root, "fileDscr/fileTxt/dimensns/caseQnty")) == {str(incidents.height)}
    assert texts(root, "fileDscr/notes") == [
        facts.manifest.files[name].sha256 for name in texts(root, "fileDscr/fileTxt/fileName")
    ]


def test_nobody_is_made_up(nameless: Described) -> None:
    root = read(nameless.folder)
    for name in ("rspStmt", "producer", "distStmt", "dataAccs", "holdings", "IDNo", "keyword"):
        found = [e for e in root.find(f"{N}stdyDscr") or () for e in e.iter(N + name)]
        assert found == [], name


def test_frequencies_are_those_of_the_data(release: Described) -> None:
    incidents = pl.read_parquet(release.folder / "incidents.parquet")
    for variable in read(release.folder).iter(f"{N}var"):
        column = incidents[variable.attrib["name"]]
        figures = {e.attrib["type"]: float(e.text or "") for e in variable.iter(f"{N}sumStat")}
        book = release.facts.codebook.variable(column.name)
        told = column.drop_nulls()
        told = told if book.unknown is None else told.filter(told != book.unknown)
        assert (figures["vald"], figures["vald"] + figures["invd"]) == (len(told), incidents.height)
        if "max" in figures:
            assert (figures["min"], figures["max"]) == (told.min(), told.max())
        for category in variable.iter(f"{N}catgry"):
            code = category.findtext(f"{N}catValu")
            assert category.findtext(f"{N}catStat") == str((column.cast(pl.String) == code).sum())
