"""The typed class of a codebook: the plain one where that is enough, and otherwise one with the further fields."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.codebook import Codebook, CodebookError, Variable, load_codebook
from gtdlike.errors import RowError
from gtdlike.incident import UNKNOWN, Incident, Place, Weapon, incident_class
from gtdlike.rows import arrow_schema, from_row, from_table, to_row, to_table
from gtdlike.testing import incidents

GTD = load_codebook()


def with_variables(*variables: Variable, id: str = "own") -> Codebook:
    """The built-in codebook with further variables."""
    return evolve(GTD, id=id, variables={**GTD.variables, **{v.name: v for v in variables}})


def variable(name: str, kind: str, path: str, **fields: object) -> Variable:
    return Variable(name, name, "weapon", kind, "It.", path, **fields)  # type: ignore[arg-type]


OWN = with_variables(
    variable("drone", "boolean", "drone.used", unknown=-9),
    variable("maker", "text", "drone.maker.name", unknown="Unknown"),
    variable("seen", "date", "drone.seen"),
    variable("altitude", "number", "place.altitude", unknown=-99),
    variable("mass1", "number", "weapons[0].mass"),
    variable("mass2", "number", "weapons[1].mass"),
    variable("tag1", "text", "tags[0]"),
    variable("tag2", "text", "tags[1]"),
    variable("part1", "code", "parts[0].kind", codes="weaptype"),
    variable("part1n", "integer", "parts[0].number", unknown=-99, minimum=0),
    variable("attacktype4", "code", "attacks[3]", codes="attacktype"),
)
CLS = incident_class(OWN)
ROW = {
    "eventid": 201701160001, "drone": -9, "maker": "Unknown", "seen": dt.date(2017, 1, 16), "altitude": -99.0,
    "mass2": 2.5, "tag2": "b", "part1": 6, "part1n": -99, "attacktype4": 3, "weaptype1": 5, "country": 4,
}  # fmt: skip


def test_the_plain_class_is_that_of_the_built_in_codebook() -> None:
    assert incident_class(GTD) is Incident
    fewer = evolve(GTD, variables={"nkill": GTD.variables["nkill"]})
    assert incident_class(fewer) is Incident


def test_each_path_is_a_typed_field() -> None:
    incident = from_row(ROW, OWN)
    assert type(incident) is CLS
    assert (CLS.__name__, CLS.__mro__[1]) == ("OwnIncident", Incident)
    assert incident.drone.used is UNKNOWN
    assert incident.drone.maker.name is UNKNOWN
    assert incident.drone.seen == dt.date(2017, 1, 16)
    assert incident.place.altitude is UNKNOWN
    assert isinstance(incident.place, Place)
    assert [weapon.mass for weapon in incident.weapons] == [None, 2.5]
    assert all(isinstance(weapon, Weapon) for weapon in incident.weapons)
    assert incident.tags == [None, "b"]
    assert (incident.parts[0].kind, incident.parts[0].number) == (6, UNKNOWN)
    assert incident.attacks == [None, None, None, 3]
    for cls in (CLS, type(incident.place), type(incident.weapons[0]), type(incident.drone), type(incident.parts[0])):
        assert attrs.has(cls)
        assert not hasattr(cls(), "__dict__"), "the classes have slots"


def test_rows_and_tables_hold_it() -> None:
    incident = from_row(ROW, OWN)
    assert {k: v for k, v in to_row(incident, OWN).items() if v is not None} == {
        **ROW, "country_txt": "Afghanistan", "weaptype1_txt": "Firearms",
    }  # fmt: skip
    table = to_table([incident, CLS()], OWN)
    assert table.schema.equals(arrow_schema(OWN), check_metadata=True)
    assert from_table(table, OWN) == [incident, CLS()]
    with pytest.raises(RowError, match=r"part1n: 'many' is not a whole number @ parts\[0\]\.number"):
        from_row({"part1n": "many"}, OWN)


@settings(max_examples=5, deadline=None)
@given(st.lists(incidents(OWN), max_size=2))
def test_any_incident_survives(made: list[Incident]) -> None:
    assert [from_row(to_row(one, OWN), OWN) for one in made] == made
    assert from_table(to_table(made, OWN), OWN) == made
    assert pickle.loads(pickle.dumps(made)) == made


def test_the_class_is_the_same_for_the_same_paths() -> None:
    again = evolve(OWN, version="2")
    assert incident_class(again) is CLS
    assert from_row(ROW, again) == from_row(ROW, OWN)


def test_it_is_copied_pickled_and_evolved() -> None:
    incident = from_row(ROW, OWN)
    for again in (copy.deepcopy(incident), copy.copy(incident), pickle.loads(pickle.dumps(incident))):
        assert again == incident
        assert type(again) is CLS
    assert evolve(incident, tags=["c"]).tags == ["c"]


def test_it_is_pickled_to_another_process(tmp_path: Path) -> None:
    file = tmp_path / "incident.pickle"
    file.write_bytes(pickle.dumps(from_row(ROW, OWN)))
    program = f"import pickle; i = pickle.load(open({str(file)!r}, 'rb')); print(type(i).__name__, i.parts[0].kind)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["OwnIncident", "6"]


def test_a_plain_incident_is_blank_where_the_codebook_has_more() -> None:
    plain = Incident(summary="x", weapons=[Weapon(type=5)], place=Place(city="Cali"))
    expected = from_row({"summary": "x", "weaptype1": 5, "city": "Cali"}, OWN)
    assert from_row(to_row(plain, OWN), OWN) == expected
    assert from_table(to_table([plain, expected], OWN), OWN) == [expected, expected]
    # Parts of the plain classes in an incident of the codebook's class.
    mixed = CLS(summary="x", weapons=[Weapon(type=5)], place=Place(city="Cali"))
    assert to_row(mixed, OWN) == to_row(expected, OWN)
    assert to_table([mixed], OWN) == to_table([expected], OWN)


def test_what_another_codebook_has_no_place_for_is_not_lost_in_silence() -> None:
    assert to_row(from_row({"summary": "x"}, OWN)) == to_row(Incident(summary="x"))
    for row, path in (({"drone": 1}, "drone"), ({"altitude": 5}, r"place\.altitude"), ({"tag1": "a"}, "tags")):
        incident = from_row(row, OWN)
        with pytest.raises(RowError, match=f"The codebook 'gtd' has no place for {path}, which is"):
            to_row(incident)
        with pytest.raises(RowError, match=f"incident 2: The codebook 'gtd' has no place for {path}"):
            to_table([Incident(), incident])


@pytest.mark.parametrize("wrong", ["x", None, Place()])
def test_what_is_no_incident_is_refused(wrong: object) -> None:
    with pytest.raises(RowError, match="The incident is not whole"):
        to_row(wrong, OWN)  # type: ignore[arg-type]
    with pytest.raises(RowError, match="incident 1: The incident is not whole"):
        to_table([wrong], OWN)  # type: ignore[list-item]


def test_a_field_of_another_kind_takes_its_place() -> None:
    book = evolve(GTD, variables={
        "nkill": evolve(GTD.variables["nkill"], unknown=-99),
        "eventid": evolve(GTD.variables["eventid"], kind="text", minimum=None, maximum=None),
    })  # fmt: skip
    incident = from_row({"eventid": "A-1", "nkill": -99}, book)
    assert (incident.eventid, incident.casualties.killed) == ("A-1", UNKNOWN)
    assert to_row(incident, book) == {"nkill": -99, "eventid": "A-1"}


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("place", "'place' of an incident is a part, and holds no value of its own"),
        ("summary.x", "'summary' of an incident is a value, and has no parts"),
        ("weapons.x", "'weapons' of an incident is a list"),
        ("place[0].x", "'place' of an incident is no list"),
        ("attacks[0].x", "'attacks' of an incident is a value, and has no parts"),
    ],
)
def test_a_path_that_an_incident_cannot_have(path: str, problem: str) -> None:
    book = evolve(GTD, variables={"x": variable("x", "text", path)})
    with pytest.raises(CodebookError, match=f"variable x: {problem}"):
        incident_class(book)
