"""A codebook as DDI Codebook 2.5, the XML that data archives and statistical software read.

The order of the elements is that of the standard. A code is a category; what stands for an unknown answer is one too,
marked as missing, and stands among the invalid values. The rules are notes to the variable that they speak of.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as Xml

from gtdlike.codebook.model import Codebook, Rule, Variable
from gtdlike.formats.markdown import check_text
from gtdlike.formats.rule_schemas import rules_by_variable

NAMESPACE: Final = "ddi:codebook:2_5"
# What XML has no way to write.
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def ddi(codebook: Codebook) -> str:
    """The XML text. It has no date in it, so the same codebook makes the same file."""
    root = Xml.Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", "ID": _id("codebook", codebook.id)})
    for part, title in (("docDscr", f"Codebook: {codebook.title}"), ("stdyDscr", codebook.title)):
        _citation(Xml.SubElement(root, part), title, codebook)
    data = Xml.SubElement(root, "dataDscr")
    for section, text in codebook.sections.items():
        members = [_id("var", v.name) for v in codebook.variables.values() if v.section == section]
        group = Xml.SubElement(data, "varGrp", {"ID": _id("section", section), "type": "section", "name": section})
        if members:
            group.set("var", " ".join(members))
        _add(group, "labl", section.capitalize())
        _add(group, "txt", text)
    rules = rules_by_variable(codebook)
    for variable in codebook.variables.values():
        _variable(data, variable, rules.get(variable.name, []), codebook)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _citation(parent: Xml.Element, title: str, codebook: Codebook) -> None:
    citation = Xml.SubElement(parent, "citation")
    statement = Xml.SubElement(citation, "titlStmt")
    _add(statement, "titl", title)
    _add(statement, "IDNo", codebook.id)
    _add(Xml.SubElement(citation, "verStmt"), "version", codebook.version)


def _variable(parent: Xml.Element, variable: Variable, rules: list[Rule], codebook: Codebook) -> None:
    numeric = variable.kind not in ("text", "label", "date")
    continuous = variable.kind in ("integer", "number")
    attributes = {
        "ID": _id("var", variable.name),
        "name": variable.name,
        "intrvl": "contin" if continuous else "discrete",
    }
    if variable.unit:
        attributes["measUnit"] = variable.unit
    element = Xml.SubElement(parent, "var", attributes)
    _add(element, "labl", variable.label)
    limits = {
        key: f"{bound:.15g}"
        for key, bound in (("min", variable.minimum), ("max", variable.maximum))
        if bound is not None
    }
    if limits:
        units = "INT" if variable.kind == "integer" else "REAL"
        Xml.SubElement(Xml.SubElement(element, "valrng"), "range", {"UNITS": units, **limits})
    if variable.unknown is not None:
        Xml.SubElement(Xml.SubElement(element, "invalrng"), "item", {"VALUE": str(variable.unknown)})
    _add(element, "txt", variable.definition)
    for value, label, definition in _categories(variable, codebook):
        category = Xml.SubElement(element, "catgry")
        _add(category, "catValu", value)
        _add(category, "labl", label)
        if definition:
            _add(category, "txt", definition)
    if variable.unknown is not None:
        category = Xml.SubElement(element, "catgry", {"missing": "Y"})
        _add(category, "catValu", str(variable.unknown))
        _add(category, "labl", "Unknown")
        _add(category, "txt", "It was asked, and is not known.")
    form = {"type": "numeric" if numeric else "character"}
    if variable.kind == "date":
        form["category"] = "date"
    _add(element, "varFormat", "ISO 8601 date" if variable.kind == "date" else variable.kind, form)
    for rule in rules:
        text = f"{rule.message} {rule.remedy} Rule: {check_text(rule.check)}"
        _add(element, "notes", text, {"type": "rule", "subject": rule.id, "level": rule.severity})


def _categories(variable: Variable, codebook: Codebook) -> list[tuple[str, str, str]]:
    if variable.kind == "boolean":
        return [("0", "No", ""), ("1", "Yes", "")]
    if variable.kind == "code":
        return [(str(code.code), code.label, code.definition) for code in codebook.code_list(variable.name)]
    return []


def _add(parent: Xml.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    Xml.SubElement(parent, name, attributes or {}).text = _NO_XML.sub("\ufffd", text)


def _id(kind: str, name: str) -> str:
    """A name as an XML id, which has no spaces and begins with a letter."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_.-]', '_', name)}"
