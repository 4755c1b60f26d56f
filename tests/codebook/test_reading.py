"""A codebook of one's own is read as it was written."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.codebook import (
    Code,
    CodebookProblem,
    CodeList,
    Country,
    Group,
    load_codebook,
)
from gtdlike.codebook.sheet import read_sheet

GTD = load_codebook()


def test_a_codebook_is_read_from_its_folder_or_its_file(own: Path) -> None:
    assert load_codebook(own) == GTD
    assert load_codebook(str(own / "codebook.toml")) == GTD


def test_codes_and_names_may_be_absent(tmp_path: Path) -> None:
    (tmp_path / "codebook.toml").write_text('id = "x"\nversion = "1"\ntitle = "X"\n[sections]\nall = "All."\n')
    (tmp_path / "variables.toml").write_text(
        '[[variable]]\nname = "summary"\nlabel = "Summary"\nsection = "all"\nkind = "text"\npath = "summary"\n'
        'definition = "What happened."\n'
    )
    codebook = load_codebook(tmp_path)
    assert codebook.columns == ("summary",)
    assert (codebook.code_lists, codebook.groups, codebook.countries) == ({}, (), ())


def test_names_are_read(own: Path) -> None:
    shutil.rmtree(own / "names", ignore_errors=True)
    (own / "names").mkdir()
    (own / "names" / "groups.csv").write_text(
        "name,kind,nationality,aliases\nRiver Front (RF),group,95,Front of the River| RFX\nRaiders,generic,,\n"
    )
    (own / "names" / "countries.csv").write_text(
        "code,name,iso,capital,aliases,demonyms\n"
        "95,Iraq,IQ,Baghdad,Republic of Iraq,Iraqi|Iraqis\n"
        "406,South Yemen,,Aden,,\n"
    )
    codebook = load_codebook(own)
    assert codebook.groups == (
        Group("River Front (RF)", ("Front of the River", "RFX"), "group", 95),
        Group("Raiders", (), "generic"),
    )
    assert codebook.countries == (
        Country(95, "Iraq", ("Republic of Iraq",), ("Iraqi", "Iraqis"), "IQ", "Baghdad"),
        Country(406, "South Yemen", capital="Aden"),
    )


text = st.text(st.characters(codec="utf-8", exclude_characters="\0")).map(str.strip)


@given(st.lists(st.builds(Code, st.integers(), text.filter(bool), text, st.none() | st.integers())), st.booleans())
def test_a_code_list_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, codes: list[Code], mark: bool
) -> None:
    file = tmp_path_factory.getbasetemp() / "codes.csv"
    with file.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["code", "label", "parent", "definition"])
        writer.writerows([c.code, c.label, "" if c.parent is None else c.parent, c.definition] for c in codes)
    problems: list[CodebookProblem] = []
    rows = read_sheet(file, required=("code", "label"), optional=("parent", "definition"), tell=problems.append)
    assert problems == []
    assert codes == [
        Code(r.integer("code"), r.text("label"), r.get("definition"), r.optional_integer("parent")) for r in rows
    ]


@given(st.lists(st.builds(Code, st.integers(), text), unique_by=(lambda c: c.code, lambda c: c.label)))
def test_code_and_label_lead_to_each_other(codes: list[Code]) -> None:
    code_list = CodeList("x", tuple(codes))
    assert len(code_list) == len(codes)
    assert all(code_list.code(code_list.label(c.code)) == c.code for c in code_list)
