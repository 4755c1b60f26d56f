"""A codebook as DDI Codebook 2.5, the XML that data archives and statistical software read.

The order of the elements is that of the standard. A code is a category; what stands for an unknown answer is one too,
marked as missing, and stands among the invalid values. The rules are notes to the variable that they speak of. With a
study, which is what a release is, the file also tells of the data: who made them, their files and their frequencies.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as Xml

from gtdlike.codebook.model import Codebook, Rule, Variable
from gtdlike.formats.ddi_study import Study, file_descriptions, study_description
from gtdlike.formats.markdown import check_text
from gtdlike.formats.rule_schemas import rules_by_variable
from gtdlike.formats.statistics import Statistics
from gtdlike.formats.xml_text import add

NAMESPACE: Final = "ddi:codebook:2_5"


def ddi(codebook: Codebook, study: Study | None = None) -> str:
    """The XML text. It has no date of today in it, so the same codebook and study make the same file."""
    root = Xml.Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", "ID": _id("codebook", codebook.id)})
    _citation(Xml.SubElement(root, "docDscr"), f"Codebook: {codebook.title}", codebook)
    if study is None:
        _citation(Xml.SubElement(root, "stdyDscr"), codebook.title, codebook)
    else:
        root.append(study_description(study))
        root.extend(file_descriptions(study))
    data = Xml.SubElement(root, "dataDscr")
    for section, text in codebook.sections.items():
        members = [_id("var", v.name) for v in codebook.variables.values() if v.section == section]
        group = Xml.SubElement(data, "varGrp", {"ID": _id("section", section), "type": "section", "name": section})
        if members:
            group.set("var", " ".join(members))
        add(group, "labl", section.capitalize())
        add(group, "txt", text)
    rules = rules_by_variable(codebook)
    for variable in codebook.variables.values():
        _variable(data, variable, rules.get(variable.name, []), codebook, study)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _citation(parent: Xml.Element, title: str, codebook: Codebook) -> None:
    citation = Xml.SubElement(parent, "citation")
    statement = Xml.SubElement(citation, "titlStmt")
    add(statement, "titl", title)
    add(statement, "IDNo", codebook.id)
    add(Xml.SubElement(citation, "verStmt"), "version", codebook.version)


def _variable(
    parent: Xml.Element, variable: Variable, rules: list[Rule], codebook: Codebook, study: Study | None
) -> None:
    counted = study.statistics.get(variable.name) if study else None
    numeric = variable.kind not in ("text", "label", "date")
    continuous = variable.kind in ("integer", "number")
    attributes = {
        "ID": _id("var", variable.name),
        "name": variable.name,
        "intrvl": "contin" if continuous else "discrete",
    }
    if study and counted:
        attributes["files"] = study.file_ids
    if variable.unit:
        attributes["measUnit"] = variable.unit
    element = Xml.SubElement(parent, "var", attributes)
    add(element, "labl", variable.label)
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
    if counted:
        _summary(element, counted)
    add(element, "txt", variable.definition)
    for value, label, definition in _categories(variable, codebook):
        category = Xml.SubElement(element, "catgry")
        add(category, "catValu", value)
        add(category, "labl", label)
        if definition:
            add(category, "txt", definition)
        if counted:
            add(category, "catStat", str(counted.counts.get(int(value), 0)), {"type": "freq"})
    if variable.unknown is not None:
        category = Xml.SubElement(element, "catgry", {"missing": "Y"})
        add(category, "catValu", str(variable.unknown))
        add(category, "labl", "Unknown")
        add(category, "txt", "It was asked, and is not known.")
        if counted:
            add(category, "catStat", str(counted.unknown), {"type": "freq"})
    form = {"type": "numeric" if numeric else "character"}
    if variable.kind == "date":
        form["category"] = "date"
    add(element, "varFormat", "ISO 8601 date" if variable.kind == "date" else variable.kind, form)
    for rule in rules:
        text = f"{rule.message} {rule.remedy} Rule: {check_text(rule.check)}"
        add(element, "notes", text, {"type": "rule", "subject": rule.id, "level": rule.severity})


def _summary(element: Xml.Element, counted: Statistics) -> None:
    """The statistics of a variable. Valid is what is told; a blank and an unknown answer are not."""
    figures = {
        "mean": counted.mean,
        "vald": counted.told,
        "invd": counted.unknown + counted.blank,
        "min": counted.minimum,
        "max": counted.maximum,
    }
    for type_, figure in figures.items():
        if figure is not None:
            add(element, "sumStat", f"{figure:.15g}", {"type": type_})


def _categories(variable: Variable, codebook: Codebook) -> list[tuple[str, str, str]]:
    if variable.kind == "boolean":
        return [("0", "No", ""), ("1", "Yes", "")]
    if variable.kind == "code":
        return [(str(code.code), code.label, code.definition) for code in codebook.code_list(variable.name)]
    return []


def _id(kind: str, name: str) -> str:
    """A name as an XML id, which has no spaces and begins with a letter."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_.-]', '_', name)}"
