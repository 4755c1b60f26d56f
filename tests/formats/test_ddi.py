"""DDI Codebook 2.5: the elements and their order as the standard has them, and all of the codebook in them."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from attrs import evolve

from gtdlike.codebook import Code, CodeList, load_codebook
from gtdlike.formats.ddi import NAMESPACE, ddi

BOOK = load_codebook()
ROOT = Xml.fromstring(ddi(BOOK).encode())
N = f"{{{NAMESPACE}}}"

# The children of each element in the order that the standard asks for, as far as they are used.
ORDER = {
    "codeBook": ["docDscr", "stdyDscr", "dataDscr"],
    "docDscr": ["citation"],
    "stdyDscr": ["citation"],
    "citation": ["titlStmt", "verStmt"],
    "titlStmt": ["titl", "IDNo"],
    "verStmt": ["version"],
    "dataDscr": ["varGrp", "var"],
    "varGrp": ["labl", "txt"],
    "var": ["labl", "valrng", "invalrng", "txt", "catgry", "varFormat", "notes"],
    "valrng": ["range"],
    "invalrng": ["item"],
    "catgry": ["catValu", "labl", "txt"],
}
ATTRIBUTES = {
    "codeBook": {"version", "ID"},
    "varGrp": {"ID", "type", "name", "var"},
    "var": {"ID", "name", "intrvl", "measUnit"},
    "range": {"UNITS", "min", "max"},
    "item": {"VALUE"},
    "catgry": {"missing"},
    "varFormat": {"type", "category"},
    "notes": {"type", "subject", "level"},
}


def name(element: Xml.Element) -> str:
    assert element.tag.startswith(N)
    return element.tag.removeprefix(N)


def variable(of: str) -> Xml.Element:
    return next(v for v in ROOT.iter(f"{N}var") if v.get("name") == of)


def test_elements_stand_in_the_order_of_the_standard() -> None:
    for element in ROOT.iter():
        children = [name(child) for child in element]
        order = ORDER.get(name(element), [])
        assert set(children) <= set(order), name(element)
        assert children == sorted(children, key=order.index)
        assert set(element.attrib) <= ATTRIBUTES.get(name(element), set())
    assert ROOT.get("version") == "2.5"


def test_ids_are_unique_and_what_refers_to_them_finds_them() -> None:
    ids = [element.get("ID") for element in ROOT.iter() if element.get("ID")]
    assert len(ids) == len(set(ids))
    grouped = [one for group in ROOT.iter(f"{N}varGrp") for one in (group.get("var") or "").split()]
    assert sorted(grouped) == sorted(str(v.get("ID")) for v in ROOT.iter(f"{N}var"))


def test_every_variable_code_and_rule_is_there() -> None:
    assert [v.get("name") for v in ROOT.iter(f"{N}var")] == list(BOOK.columns)
    for v in BOOK.variables.values():
        element = variable(v.name)
        assert element.findtext(f"{N}labl") == v.label
        assert element.findtext(f"{N}txt") == v.definition
        if v.kind == "code":
            found = {c.findtext(f"{N}catValu"): c.findtext(f"{N}labl") for c in element.findall(f"{N}catgry")}
            assert found == {str(c.code): c.label for c in BOOK.code_list(v.name)}
    assert {note.get("subject") for note in ROOT.iter(f"{N}notes")} == set(BOOK.rules)
    assert {group.get("name") for group in ROOT.iter(f"{N}varGrp")} == set(BOOK.sections)


def test_unknown_codes_are_missing_and_invalid() -> None:
    element = variable("nperps")
    missing = [c for c in element.findall(f"{N}catgry") if c.get("missing") == "Y"]
    assert [c.findtext(f"{N}catValu") for c in missing] == ["-99"]
    assert [i.get("VALUE") for i in element.iter(f"{N}item")] == ["-99"]
    assert [dict(r.attrib) for r in element.iter(f"{N}range")] == [{"UNITS": "INT", "min": "0"}]
    assert dict(next(variable("eventid").iter(f"{N}range")).attrib)["min"] == "190000000001"


def test_signs_that_xml_cannot_write_are_replaced() -> None:
    codes = {**BOOK.code_lists, "claimmode": CodeList("claimmode", (Code(1, "A & B <\x00>\ud800"),))}
    root = Xml.fromstring(ddi(evolve(BOOK, code_lists=codes, rules={})).encode())
    labels = {label.text for label in root.iter(f"{N}labl")}
    assert "A & B <\ufffd>\ufffd" in labels
