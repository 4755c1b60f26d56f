"""The typed incident, the flat row and the Arrow table say the same, both ways."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.errors import CodebookError, RowError
from gtdlike.incident import UNKNOWN, Casualties, EventDate, Incident, Perpetrator, Place, Property, Target, Weapon
from gtdlike.rows import arrow_schema, from_columns, from_row, from_table, to_columns, to_row, to_table
from gtdlike.testing import incidents, rows

BOOK = load_codebook()
some = settings(max_examples=40, deadline=None)
few = settings(max_examples=15, deadline=None)


@some
@given(rows())
def test_a_row_survives_the_typed_incident(row):
    assert to_row(from_row(row)) == row


@some
@given(incidents())
def test_an_incident_survives_the_row(incident):
    assert from_row(to_row(incident)) == incident
    assert Incident.from_row(incident.to_row()) == incident


@few
@given(st.lists(rows(), max_size=5))
def test_a_table_holds_the_rows_and_the_incidents(given_rows):
    typed = [from_row(row) for row in given_rows]
    table = to_table(typed)
    assert table.schema.equals(arrow_schema(), check_metadata=True)
    assert table.to_pylist() == given_rows
    assert from_table(table) == typed


@few
@given(st.lists(incidents(), min_size=1, max_size=5))
def test_columns_hold_what_the_rows_hold(typed):
    columns = to_columns(typed)
    given_rows = [to_row(incident) for incident in typed]
    assert columns is not None
    for name, column in columns.items():
        assert list(column or [None] * len(typed)) == [row[name] for row in given_rows]
    filled = {name: column for name, column in columns.items() if column}
    assert from_columns(filled, len(typed)) == typed


def test_a_column_that_does_not_fit_is_told_with_its_row():
    with pytest.raises(RowError, match="row 2") as error:
        from_columns({"iyear": [2017, 2018], "nkill": [3, "many"]}, 2)
    assert "nkill" in str(error.value)


@some
@given(rows())
def test_numbers_may_be_written_as_text(row):
    as_text = {name: "" if value is None else str(value) for name, value in row.items()}
    assert from_row(as_text) == from_row(row)


@few
@given(st.lists(rows(), min_size=1, max_size=4))
def test_a_table_of_text_reads_as_the_typed_table_does(given_rows):
    as_text = [{name: None if value is None else str(value) for name, value in row.items()} for row in given_rows]
    table = pa.Table.from_pylist(as_text, schema=pa.schema([(name, pa.string()) for name in BOOK.columns]))
    assert from_table(table) == [from_row(row) for row in given_rows]


def test_the_row_has_every_column_in_order():
    assert tuple(to_row(Incident())) == BOOK.columns
    assert set(to_row(Incident()).values()) == {None}
    assert from_row({}) == Incident()


def test_blank_unknown_and_zero_stay_apart():
    incident = Incident(
        date=EventDate(year=2017, month=0, day=0),
        perpetrators=[Perpetrator(name=UNKNOWN)],
        number_of_perpetrators=UNKNOWN,
        number_captured=0,
        property=Property(damaged=UNKNOWN, value=UNKNOWN),
        casualties=Casualties(killed=0),
    )
    row = to_row(incident)
    told = {name: value for name, value in row.items() if value is not None}
    assert told == {
        "iyear": 2017, "imonth": 0, "iday": 0, "gname": "Unknown", "nperps": -99, "nperpcap": 0, "nkill": 0,
        "property": -9, "propvalue": -99,
    }  # fmt: skip
    assert from_row(row) == incident
    assert from_row(row).casualties.wounded is None


@pytest.mark.parametrize(
    "variable", [v for v in BOOK.variables.values() if v.unknown is not None], ids=lambda v: v.name
)
def test_the_typed_field_takes_the_unknown_code_of_its_variable(variable):
    row = to_row(from_row({variable.name: variable.unknown}))
    assert row[variable.name] == variable.unknown
    # It was UNKNOWN in between, and not a number or a name like any other.
    assert "UNKNOWN" in repr(from_row(row))


def test_labels_are_derived_and_never_read():
    row = to_row(from_row({"country": 209, "country_txt": "Atlantis", "attacktype2": 3}))
    assert row["country_txt"] == "Turkey"
    assert row["attacktype2_txt"] == "Bombing/Explosion"


def test_lists_keep_gaps_and_drop_trailing_blanks():
    incident = from_row({"targtype3": 4, "attacktype2": 3, "scite1": "A", "weapsubtype1": 2, "weaptype4": ""})
    assert incident.targets == [Target(), Target(), Target(type=4)]
    assert incident.attacks == [None, 3]
    assert incident.citations == ["A"]
    assert incident.weapons == [Weapon(subtype=2)]
    assert from_table(to_table([incident])) == [incident]
    trailing = evolve(incident, citations=["A", None, ""], weapons=[Weapon(subtype=2), *[Weapon()] * 5])
    assert to_row(trailing) == to_row(incident)
    assert to_table([trailing]) == to_table([incident])


@pytest.mark.parametrize(
    ("cell", "number"),
    [("3", 3), (" 3 ", 3), ("3.0", 3), (3.0, 3), (np.int16(3), 3), (np.float64(3), 3), ("-99", UNKNOWN),
     (-99.0, UNKNOWN), ("", None), (" ", None), (math.nan, None), (None, None), (pd.NA, None), (pd.NaT, None)],
)  # fmt: skip
def test_ways_to_write_a_number(cell, number):
    assert from_row({"nperps": cell}).number_of_perpetrators == number


@pytest.mark.parametrize("cell", ["seven", "3.5", 3.5, True, "1_000", "٣", [3], {}, math.inf, "nan"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(RowError, match=r"nkill: .* is not a whole number @ casualties\.killed"):
        from_row({"nkill": cell})


@pytest.mark.parametrize("cell", [dt.date(2017, 1, 16), dt.datetime(2017, 1, 16), "2017-01-16", "2017-01-16 00:00:00"])
def test_ways_to_write_a_date(cell):
    assert from_row({"resolution": cell}).date.resolution == dt.date(2017, 1, 16)


@pytest.mark.parametrize("cell", [dt.datetime(2017, 1, 16, 5), "16/1/2017", 20170116])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(RowError, match=r"resolution: .* @ date\.resolution"):
        from_row({"resolution": cell})


def test_an_error_names_every_cell_that_does_not_fit():
    with pytest.raises(RowError) as error:
        from_row({"nkill": "many", "targtype2": True, "success": 3, "summary": 5, "latitude": "x", "nwound": 1})
    for part in (
        "nkill: 'many' is not a whole number @ casualties.killed",
        "targtype2: True is not a whole number @ targets[1].type",
        "success: 3 is neither 0 (no) nor 1 (yes) @ success",
        "summary: 5 is not text @ summary",
        "latitude: 'x' is not a number @ place.latitude",
    ):
        assert part in error.value.problem
    assert "nwound" not in error.value.problem


def test_an_unknown_column_is_not_lost_in_silence():
    with pytest.raises(RowError, match=r"Unknown column: 'nkil'\. Did you mean 'nkill'\?"):
        from_row({"eventid": 1, "nkil": 3})
    with pytest.raises(RowError, match=r"Did you mean 'nkill'\?"):
        from_table(pa.table({"nkil": [3]}))
    extra = {"article_id": "a", "background": True, "evidence": [], "nkill": 3}
    assert from_row(extra) == from_row({"nkill": 3})


def test_what_the_row_has_no_place_for_is_refused():
    with pytest.raises(RowError, match=r"targtype3: there are 4 targets, and the row has room for 3"):
        to_row(Incident(targets=[Target(type=1)] * 4))
    with pytest.raises(RowError, match=r"incident 2: .*attacktype3: there are 4 attacks"):
        to_table([Incident(), Incident(attacks=[1, 2, 3, 4])])


def test_unknown_is_refused_where_the_codebook_has_no_code_for_it():
    with pytest.raises(RowError, match="nkill: UNKNOWN cannot be written"):
        to_row(Incident(casualties=Casualties(killed=UNKNOWN)))


@pytest.mark.parametrize(
    ("incident", "told"),
    [
        (Incident(casualties=Casualties(killed="many")), "nkill: 'many' is not a whole number"),
        (Incident(casualties=Casualties(killed=2**40)), "nkill: 1099511627776 does not fit into a column of int32"),
        (Incident(summary="\ud800"), "summary: .* does not fit into a column of string"),
        (Incident(place=Place(latitude=math.nan)), "latitude: nan is not a finite number"),
    ],
)
def test_a_table_error_names_the_incident(incident, told):
    with pytest.raises(RowError, match=f"incident 3: .*{told}"):
        to_table([Incident(), Incident(eventid=1), incident, Incident()])


@pytest.mark.parametrize("incident", [Incident(place=None), Incident(targets=[None]), Incident(attacks=None), "x"])
def test_an_incident_of_other_parts_is_a_row_error(incident):
    with pytest.raises(RowError, match="The incident is not whole"):
        to_row(incident)
    with pytest.raises(RowError, match=r"incident 2: The incident is not whole"):
        to_table([Incident(), incident])


def test_a_table_error_names_the_row():
    table = pa.table({"eventid": [1, 2, 3], "nkill": ["1", "2", "x"]})
    with pytest.raises(RowError, match=r"row 3: nkill: 'x' is not a whole number @ casualties\.killed"):
        from_table(table)


def test_the_arrow_schema_is_typed_and_labelled():
    schema = arrow_schema()
    assert schema.names == list(BOOK.columns)
    types = {"eventid": "int64", "nkill": "int32", "country": "int16", "success": "int16", "latitude": "double",
             "country_txt": "string", "summary": "string", "resolution": "date32[day]", "imonth": "int16"}  # fmt: skip
    assert {name: str(schema.field(name).type) for name in types} == types
    assert schema.field("nkill").metadata == {b"label": BOOK.variables["nkill"].label.encode()}
    assert schema.metadata == {b"codebook": b"gtd", b"codebook_version": BOOK.version.encode()}


def test_another_codebook_is_another_map():
    renamed = {
        "deaths": evolve(BOOK.variables["nkill"], name="deaths", unknown=-1),
        "kind": evolve(BOOK.variables["attacktype1"], name="kind", label_of=None),
    }
    book = evolve(BOOK, id="own", variables=renamed)
    assert to_row(Incident(attacks=[3], casualties=Casualties(killed=UNKNOWN)), book) == {"deaths": -1, "kind": 3}
    assert from_row({"deaths": "-1"}, book).casualties.killed is UNKNOWN
    assert from_table(to_table([Incident(attacks=[3])], book), book) == [Incident(attacks=[3])]
    with pytest.raises(RowError, match="Unknown column: 'nkill'"):
        from_row({"nkill": 1}, book)
    broken = evolve(BOOK, variables={"x": evolve(BOOK.variables["nkill"], name="x", path="targets[].type")})
    with pytest.raises(CodebookError, match=r"variable x: The path 'targets\[\].type' cannot be read"):
        to_row(Incident(), broken)
