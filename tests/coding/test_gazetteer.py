"""The gazetteer: what names find, how they are folded, and how its files are made."""

from __future__ import annotations

import csv
import importlib.util
import pickle
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.coding.gazetteer import Gazetteer, GazetteerPlace
from gtdlike.coding.placenames import fold, loose, place_words

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_gazetteer.py"
DATA = files("gtdlike.coding") / "data"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_gazetteer", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "iso", "province"),
    [
        ("Maiduguri", "NG", "Borno"),
        ("Mogadishu", "SO", "Banaadir"),
        ("Goma", "CD", "North Kivu"),
        ("Baghdad", "IQ", "Baghdad"),
        ("Erbil", "IQ", "Erbil"),
        ("Peshawar", "PK", "Khyber Pakhtunkhwa"),
        ("Jalalabad", "AF", "Nangarhar"),
        ("Srinagar", "IN", "Jammu and Kashmir"),
        ("Jolo", "PH", "Sulu"),
        ("Al-Arish", "EG", "North Sinai"),
        ("Suruc", "TR", "Sanliurfa"),
        ("Grozny", "RU", "Chechnya"),
        ("Nice", "FR", "Provence-Alpes-Cote d'Azur"),
        ("Belfast", "GB", "Northern Ireland"),
        ("Medellín", "CO", "Antioquia"),
        ("Ayacucho", "PE", "Ayacucho"),
        ("Oklahoma City", "US", "Oklahoma"),
        ("Montréal", "CA", "Quebec"),
        ("Christchurch", "NZ", "Canterbury"),
        ("Port Moresby", "PG", "National Capital District"),
    ],
)
def test_the_first_place_found_is_the_one_that_is_meant(
    gazetteer: Gazetteer, name: str, iso: str, province: str
) -> None:
    place = gazetteer.find(name)[0]
    assert (place.kind, place.iso, place.province) == ("city", iso, province)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Al Hillah", "Al-Hillah", "Hilla", "Hillah", "al-Hilla"),
        ("Baqubah", "Ba'qubah", "Ba‘qūbah", "Baqouba", "Baquba", "BAQUBAH"),
        ("Sanaa", "Sana'a", "Ṣan‘ā’", "Sana’a"),
        ("Suruc", "Suruç", "SURUÇ"),
        ("Deir ez-Zor", "Deir Ezzor", "Deir al-Zor"),
        ("Kiev", "Kyiv"),
        ("Bombay", "Mumbai"),
    ],
)
def test_spellings_of_one_place_find_it(gazetteer: Gazetteer, spellings: tuple[str, ...]) -> None:
    assert len({gazetteer.find(spelling)[0].id for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("iso", "names"),
    [
        ("NG", ("Borno", "Borno State", "borno state")),
        ("IQ", ("Saladin", "Salahuddin", "Salah ad Din Governorate", "Salah al-Din province")),
        ("IQ", ("Al Anbar", "Anbar", "Anbar province", "al-Anbar")),
        ("EG", ("North Sinai", "North Sinai Governorate", "North Sinai province")),
        ("SO", ("Lower Shebelle", "Lower Shabelle", "Shabeellaha Hoose", "Lower Shabelle region")),
        ("CD", ("North Kivu", "Nord-Kivu")),
        ("IL", ("Southern", "Southern District")),
        ("PK", ("Khyber Pakhtunkhwa", "North-West Frontier Province")),
    ],
)
def test_a_region_is_found_by_all_its_names_and_has_its_usual_one(
    gazetteer: Gazetteer, iso: str, names: tuple[str, ...]
) -> None:
    for name in names:
        region = gazetteer.region(iso, name)
        assert region is not None, name
        assert (region.kind, region.iso, region.name, region.province) == ("region1", iso, names[0], names[0])


def test_a_region_has_its_centre_among_its_cities(gazetteer: Gazetteer) -> None:
    borno = gazetteer.region("NG", "Borno")
    assert borno is not None
    assert 10 < borno.latitude < 13.5
    assert 11.5 < borno.longitude < 14.7
    assert borno.population > 1_000_000


def test_a_main_name_outweighs_another_name_of_a_larger_place(gazetteer: Gazetteer) -> None:
    assert [(place.name, place.iso) for place in gazetteer.find("Nis")] == [("Nis", "RS"), ("Nice", "FR")]
    assert gazetteer.find("Bombay")[0].iso == "IN"  # Mumbai is so much larger than the village of this name


def test_a_city_goes_before_the_region_of_its_name_unless_the_text_says_province(gazetteer: Gazetteer) -> None:
    assert [place.kind for place in gazetteer.find("Idlib")] == ["city", "region1"]
    assert [place.kind for place in gazetteer.find("Idlib province")] == ["region1"]
    assert gazetteer.find("New York")[0].name == "New York City"
    assert gazetteer.find("Helmand")[0].kind == "region1"


@pytest.mark.parametrize(
    "word", ["of", "bar", "police", "center", "many", "march", "man", "killed", "state", "The", ""]
)
def test_words_are_no_places(gazetteer: Gazetteer, word: str) -> None:
    for written in (word, word.title(), word.upper()):
        assert not gazetteer.find(written)
        assert gazetteer.longest([written], 0) is None


def test_names_that_are_words_are_marked(gazetteer: Gazetteer) -> None:
    assert all(gazetteer.find(name)[0].common_word for name in ("Nice", "Mobile", "Reading", "Jackson"))
    assert not gazetteer.find("Nizza")[0].common_word
    assert not gazetteer.find("Baghdad")[0].common_word


@pytest.mark.parametrize(
    ("tokens", "start", "count", "name"),
    [
        (["in", "San", "Salvador", ",", "the", "capital"], 1, 2, "San Salvador"),
        (["Mosul", "'s", "old", "town"], 0, 1, "Mosul"),
        (["Mosul’s", "old", "town"], 0, 1, "Mosul"),
        (["Ba", "'", "qubah"], 0, 3, "Baqubah"),
        (["al", "-", "Hillah", "was"], 0, 3, "Al Hillah"),
        (["Borno", "State", "police"], 0, 2, "Borno"),
        (["Lahore", ",", "Punjab"], 0, 1, "Lahore"),
        (["Lahore,", "Punjab"], 0, 1, "Lahore"),
        (["Washington", ",", "D.C."], 2, 1, "District of Columbia"),
    ],
)
def test_the_longest_run_of_tokens_that_is_a_name(
    gazetteer: Gazetteer, tokens: list[str], start: int, count: int, name: str
) -> None:
    found = gazetteer.longest(tokens, start)
    assert found is not None
    assert (found[0], found[1][0].name) == (count, name)


def test_no_run_is_longer_than_allowed(gazetteer: Gazetteer) -> None:
    found = gazetteer.longest(["Deir", "ez", "Zor"], 0, most=2)
    assert found is None or found[0] <= 2
    assert gazetteer.longest(["Deir"], 1) is None


@given(
    st.lists(st.sampled_from(["New", "York", "San", "Jose", "'", "-", ",", "State", "s", "Mosul's", ""]), max_size=8)
)
def test_the_longest_run_is_a_name_by_itself(tokens: list[str]) -> None:
    gazetteer = Gazetteer.load()
    for start in range(len(tokens)):
        found = gazetteer.longest(tokens, start)
        if found is not None:
            count, places = found
            assert 0 < count <= len(tokens) - start
            assert places
            assert gazetteer.longest(tokens[start : start + count], 0) == found


def test_inside_a_country_or_province(gazetteer: Gazetteer) -> None:
    def where(name: str, iso: str | None = None, province: str | None = None) -> tuple[str, str | None] | None:
        place = gazetteer.inside(name, iso, province)
        return (place.iso, place.province) if place else None

    assert where("Tripoli", "LY") == ("LY", "Tripoli")
    assert where("Tripoli", "LB") == ("LB", "North")
    assert where("Springfield", "US", "Missouri") == ("US", "Missouri")
    assert where("Springfield", "US", "Massachusetts") == ("US", "Massachusetts")
    assert where("Hilla", "IQ", "Babylon province") == ("IQ", "Babil")
    assert where("Merca", province="Lower Shabelle") == ("SO", "Lower Shebelle")
    assert where("Maiduguri", "NG", "Kano") is None
    assert where("Maiduguri", "NG", "a province that nobody knows") == ("NG", "Borno")
    assert where("Maiduguri", "FR") is None


@given(st.text(max_size=30))
def test_fold_changes_nothing_twice(name: str) -> None:
    folded = fold(name)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
    assert not any(c.isupper() for c in folded)


@given(st.text(st.sampled_from("abcdehlouy qzÀéşḩ'’-."), max_size=20))
def test_fold_does_not_see_case_hyphens_and_apostrophes(name: str) -> None:
    folded = fold(name)
    assert fold(name.upper()) == folded
    assert fold(name.replace("’", "'")) == fold(name.replace("’", "").replace("'", "")) == folded
    assert fold(name.replace("-", " ")) == folded
    assert loose(folded) == loose(fold(name.title()))


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(name: str) -> None:
    gazetteer = Gazetteer.load()
    places = gazetteer.find(name)
    assert all(isinstance(place, GazetteerPlace) for place in places)
    assert len({(place.kind, place.id) for place in places}) == len(places)
    gazetteer.inside(name, "IQ", name)
    gazetteer.region("IQ", name)


def test_every_place_can_be_found_by_its_own_name(gazetteer: Gazetteer) -> None:
    missed = []
    for number in range(0, len(gazetteer), 500):
        place = gazetteer._place(number, False)
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        assert len(place.iso) == 2
        assert place.name.isascii() or place.kind == "city"
        if fold(place.name) not in place_words() and place.id not in {found.id for found in gazetteer.find(place.name)}:
            missed.append(place)
    assert not missed


def test_it_goes_to_another_process_as_a_name_only(gazetteer: Gazetteer) -> None:
    packed = pickle.dumps(gazetteer)
    assert len(packed) < 200
    assert pickle.loads(packed) is gazetteer


def test_the_files_are_in_the_package_and_small() -> None:
    sizes = [len((DATA / name).read_bytes()) for name in ("places.arrow", "place_names.marisa")]
    assert all(sizes)
    assert sum(sizes) < 12_000_000


def test_the_hand_made_files_are_sound(script: ModuleType) -> None:
    with (DATA / "place_words.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    assert len({row["word"] for row in rows}) == len(rows) == len(place_words())
    assert {row["use"] for row in rows} == {"never", "context", "region", "settlement"}
    assert all(fold(row["word"]) == row["word"] for row in rows)
    regions = script.read_csv(script.DATA / "region_names.csv")
    assert len({row["code"] for row in regions}) == len(regions)
    assert all(row["code"][2] == "." and row["name"].isascii() and row["also"] is not None for row in regions)


def slice_of_iraq(script: ModuleType) -> tuple[list[object], dict[int, object]]:
    babil = script.Region(98227, "IQ.06", "IQ", 1, "Bābil", ["Babil Governorate", "Babylon Governorate", "بابل"])
    hilla = script.Region(99348, "IQ.06.99348", "IQ", 2, "Hilla District", [], babil)
    empty = script.Region(1, "IQ.99", "IQ", 1, "Nowhere Province", [])
    others = ["Hilla", "HLA", "al hylt", "الحلة", "Bar", "IQ-51001"]
    cities = [
        script.City(99347, "Al Ḩillah", others, "IQ", 32.46367, 44.41963, 300, [1, 2]),
        script.City(2, "Babil", [], "IQ", 32.0, 44.0, 100, [1, 2]),
    ]
    return cities, {1: babil, 2: hilla, 3: empty}


def test_the_script_distils(script: ModuleType) -> None:
    table, names = script.distil(*slice_of_iraq(script), place_words())
    rows = {(row["name"], row["kind"]): row for row in table.to_pylist()}
    assert set(rows) == {("Al Hillah", 0), ("Babil", 0), ("Babil", 1), ("Hilla", 2)}
    region = rows["Babil", 1]
    assert region["population"] == 400
    assert region["latitude"] == pytest.approx((300 * 32.46367 + 100 * 32.0) / 400, abs=1e-4)
    assert region["lag"] == 400 - (100 - 1)  # it goes behind its city of the same name
    assert rows["Al Hillah", 0]["province"] == "Babil"
    assert rows["Al Hillah", 0]["district"] == "Hilla"
    assert {"al hillah", "hilla", "babil", "babil governorate", "babylon", "hilla district"} <= set(names)
    assert not {"hla", "al hylt", "bar", "iq 51001", "nowhere", ""} & set(names)


def test_a_gazetteer_of_the_script_s_making_works(script: ModuleType, tmp_path: Path) -> None:
    table, names = script.distil(*slice_of_iraq(script), place_words())
    made = Gazetteer(script.trie(names), table, place_words())
    assert [place.kind for place in made.find("Hillah")] == ["city", "region2"]
    assert [place.kind for place in made.find("Babylon")] == ["region1"]
    assert not made.find("Bar")


def test_the_script_gives_the_same_bytes_again(script: ModuleType, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        cities, regions = slice_of_iraq(script)
        script.write(*script.distil(cities, regions, place_words()), tmp_path / folder)
    for name in ("places.arrow", "place_names.marisa"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_shipped_files_know_the_hand_made_names_of_regions(gazetteer: Gazetteer, script: ModuleType) -> None:
    """Fails where `region_names.csv` was edited and the script was not run."""
    missed = []
    for row in script.read_csv(script.DATA / "region_names.csv"):
        iso, *_ = row["code"].split(".")
        for name in filter(None, (row["name"], *row["also"].split("|"))):
            if gazetteer.region(iso, name) is None:
                missed.append((row["code"], name))
    assert not missed
