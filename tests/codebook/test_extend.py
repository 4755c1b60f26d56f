"""A codebook that extends another one amends, adds, narrows and does without; its mistakes are told, all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gtdlike.codebook import CodebookError, check_codebook, load_codebook
from gtdlike.codebook.check import examine
from gtdlike.codebook.fields import CLASSES, READERS

GTD = load_codebook()
HEADER = 'id = "own"\nversion = "1"\ntitle = "Own"\nextends = "gtd"\n'
DRONE = '[[variable]]\nname = "drone"\nlabel = "Drone"\nsection = "weapon"\ndefinition = "Whether."\nkind = "boolean"\n'
KIND = (
    '[[variable]]\nname = "dronekind"\nlabel = "Drone kind"\nsection = "weapon"\ndefinition = "Which."\nkind = "code"\n'
    'codes = "dronekind"\n'
)
KINDS = '[[codes.dronekind]]\ncode = 1\nlabel = "Small"\n[[codes.dronekind]]\ncode = 2\nlabel = "Large"\n'
RULE = (
    '[[rule]]\nid = "drone-killed"\nseverity = "warning"\nsection = "weapon"\n'
    'check = "drone IS DISTINCT FROM 1 OR nkill IS NOT NULL"\nmessage = "{drone}, {nkill}"\nremedy = "Look again."\n'
    "passes = { drone = 1, nkill = 2 }\nfails = { drone = 1 }\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a codebook."""
    return tmp_path / "own"


def write(folder: Path, **files: str) -> Path:
    """Write files of a codebook: `codebook` is codebook.toml, `codes_x` is codes/x.csv."""
    for name, text in files.items():
        path = folder / (f"codes/{name[6:]}.csv" if name.startswith("codes_") else f"{name}.toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def mistakes(folder: Path) -> list[str]:
    """What is wrong, as one reads it, without the path of the folder."""
    return [str(problem).replace(f"{folder}/", "") for problem in check_codebook(folder)]


# What follows from what stands there.


def test_nothing_more_is_the_same_codebook_of_another_name(folder: Path) -> None:
    book = load_codebook(write(folder, codebook=HEADER))
    assert (book.id, book.version, book.title, book.extends) == ("own", "1", "Own", "gtd")
    assert book.origin[0] == str(folder / "codebook.toml")
    for part in ("variables", "code_lists", "sections", "groups", "countries", "unsearched", "rules", "dataset_rules"):
        assert getattr(book, part) == getattr(GTD, part), part


def test_new_variables_stand_at_the_end_or_where_they_say(folder: Path) -> None:
    after = DRONE + 'after = "weapdetail"\n' + KIND + 'after = "weapdetail"\n'
    last = DRONE.replace("drone", "other").replace("Drone", "Other").replace('"other"', '"others"')
    book = load_codebook(write(folder, codebook=HEADER, variables=after + last, codes_dronekind="code,label\n1,A\n"))
    at = book.columns.index("weapdetail")
    assert book.columns[at : at + 5] == ("weapdetail", "drone", "dronekind", "dronekind_txt", "nkill")
    assert book.columns[-1] == "others"
    assert book.variables["drone"].path == "drone"
    assert [name for name in book.columns if name in GTD.columns] == list(GTD.columns)


def test_a_new_code_variable_gets_its_label(folder: Path) -> None:
    book = load_codebook(write(folder, codebook=HEADER + KIND + KINDS))
    label = book.variables["dronekind_txt"]
    assert (label.kind, label.label_of, label.section, label.path) == ("label", "dronekind", "weapon", None)
    assert label.label == "Drone kind (label)"
    assert book.label("dronekind_txt", 2) == "Large"


def test_a_label_that_is_written_or_refused_is_not_made(folder: Path) -> None:
    own = KIND.replace("dronekind", "kindname", 1).replace('"Drone kind"', '"Name"').replace('"code"', '"label"')
    own = own.replace('codes = "dronekind"', 'label_of = "dronekind"')
    book = load_codebook(write(folder, codebook=HEADER + KIND + own + KINDS))
    assert "dronekind_txt" not in book.variables
    assert book.variables["kindname"].label_of == "dronekind"
    book = load_codebook(
        write(folder, codebook=HEADER + 'without = ["dronekind_txt"]\n' + KIND + KINDS.replace("\n\n", ""))
    )
    assert "dronekind_txt" not in book.variables


def test_what_is_there_is_amended(folder: Path) -> None:
    book = load_codebook(
        write(
            folder,
            codebook=HEADER + '[sections]\nweapon = "Arms."\n',
            variables='[[variable]]\nname = "nkill"\nmaximum = 100\n',
            rules='[[rule]]\nid = "killed-perpetrators"\nseverity = "warning"\n',
            codes_weaptype="code,label,parent,definition\n6,Bombs,,\n14,Drones,,Craft.\n",
        )
    )
    assert book.sections["weapon"] == "Arms."
    assert (book.variables["nkill"].maximum, book.variables["nkill"].label) == (100, GTD.variables["nkill"].label)
    assert book.rules["killed-perpetrators"].severity == "warning"
    assert book.rules["killed-perpetrators"].check == GTD.rules["killed-perpetrators"].check
    weapons = book.code_lists["weaptype"]
    assert (weapons.label(6), weapons.label(14)) == ("Bombs", "Drones")
    assert weapons.by_code[6].definition == GTD.code_lists["weaptype"].by_code[6].definition
    assert len(weapons) == len(GTD.code_lists["weaptype"]) + 1
    assert book.columns == GTD.columns


def test_a_variable_of_another_kind_loses_what_only_its_old_kind_has(folder: Path) -> None:
    changed = '[[variable]]\nname = "alternative"\nkind = "text"\n'
    header = HEADER + 'without = ["alternative_txt", "doubt-alternative"]\n'
    book = load_codebook(write(folder, codebook=header + changed), check=False)
    assert (book.variables["alternative"].codes, book.variables["alternative"].path) == (None, "criteria.alternative")


def test_code_lists_are_narrowed_with_what_is_below_them(folder: Path) -> None:
    book = load_codebook(write(folder, codebook=HEADER + "[keep]\nweaptype = [5, 6]\nregion = [10]\n"))
    assert list(book.code_lists["weaptype"].by_code) == [5, 6]
    assert {c.parent for c in book.code_lists["weapsubtype"]} == {5, 6}
    assert {c.parent for c in book.code_lists["country"]} == {10, None}
    assert {c.code for c in book.countries} == set(book.code_lists["country"].by_code)


def test_a_variable_goes_with_its_label_and_the_rules_that_read_it(folder: Path) -> None:
    header = HEADER + 'without = ["weaptype4", "weapsubtype4", "region", "eventid-unique"]\n'
    found = examine(write(folder, codebook=header))
    assert found.problems == []
    book = found.codebook
    assert book is not None
    assert not {"weaptype4", "weaptype4_txt", "weapsubtype4", "region", "region_txt"} & set(book.variables)
    assert "eventid-unique" not in book.dataset_rules
    assert book.variables["country"].parent is None
    assert "region" not in {name for rule in book.rules.values() for row in (*rule.passes, *rule.fails) for name in row}
    gone = set(GTD.rules) - set(book.rules)
    notes = " ".join(str(note) for note in found.notes)
    assert gone
    assert all(rule in notes for rule in gone)
    assert "country stays without the codes above it" in notes
    assert {note.severity for note in found.notes} == {"note"}


def test_sections_and_code_lists_of_nothing_go(folder: Path) -> None:
    hostages = [v.name for v in GTD.variables.values() if v.section == "hostages"]
    left = [name for name in hostages if name != "ishostkid"]
    book = load_codebook(write(folder, codebook=HEADER + f"without = {hostages}\n"))
    assert "hostages" not in book.sections
    assert "hostkidoutcome" not in book.code_lists
    assert "hostages" in load_codebook(write(folder, codebook=HEADER + f"without = {left}\n")).sections


def test_names_are_added(folder: Path) -> None:
    write(folder, codebook=HEADER)
    (folder / "names").mkdir()
    (folder / "names" / "groups.csv").write_text("name,aliases\nTaliban,TLB\nRiver Front of Nowhere,\n")
    book = load_codebook(folder)
    assert len(book.groups) == len(GTD.groups) + 1
    assert book.groups[-1].name == "River Front of Nowhere"
    assert next(g for g in book.groups if g.name == "Taliban").aliases == ("TLB",)


def test_chains(tmp_path: Path) -> None:
    write(tmp_path / "lab", codebook=HEADER + DRONE)
    (tmp_path / "lab" / "sub").mkdir()
    single = tmp_path / "lab" / "sub" / "second.toml"
    single.write_text(HEADER.replace('"gtd"', '".."') + KIND + 'after = "drone"\n' + KINDS)
    (tmp_path / "lab" / "sub" / "rules.toml").write_text("not read: the codebook is one file")
    book = load_codebook(single)
    assert book.columns[-3:] == ("drone", "dronekind", "dronekind_txt")
    assert (book.extends, len(book.origin)) == ("..", 3)


def test_a_codebook_may_extend_nothing(folder: Path) -> None:
    header = 'id = "x"\nversion = "1"\ntitle = "X"\n[sections]\nweapon = "All."\n'
    book = load_codebook(write(folder, codebook=header + DRONE + KIND + KINDS))
    assert (book.columns, book.extends) == (("drone", "dronekind"), None)


# Mistakes.

WRONG = [
    (HEADER + "[keep]\nweaptype = [5, 77]\n", "codebook.toml:6:16: [keep]: There is no code 77 in the list"),
    (HEADER + "[keep]\nweaptyp = [5]\n", "6:1: [keep]: There is no code list 'weaptyp'. Did you mean 'weaptype'?"),
    (HEADER + "[keep]\nweaptype = 5\n", "6:1: [keep]: weaptype is not a list of codes. Write the codes that stay"),
    (HEADER + 'without = ["nkil"]\n', "5:12: without: There is no variable or rule 'nkil'. Did you mean 'nkill'?"),
    (HEADER + "without = 5\n", "5:11: 'without' is not a list of texts."),
    (HEADER + '[keep]\nwithout = ["nkill"]\n', "without is not a list of codes. It belongs to the codebook: write"),
    (HEADER + DRONE + 'without = ["nkill"]\n', "11:1: variable drone: There is no field 'without'. It belongs to the"),
    (HEADER.replace('"gtd"', '"gdt"'), "4:11: extends: There is no codebook 'gdt': it is neither built in, nor"),
    (HEADER.replace('"gtd"', '"."'), "extends: It extends itself: own extends own. Let one of them extend gtd"),
    (HEADER + DRONE + 'after = "weapdetial"\n', "11:9: variable drone: There is no variable 'weapdetial' after which"),
    (HEADER + DRONE + DRONE, "12:8: variable drone: It is there twice."),
    (HEADER + DRONE.replace("drone", "not"), "6:8: variable not: The name 'not' means something else in rules"),
    (HEADER + DRONE.replace("drone", "a-b"), "6:8: variable a-b: 'a-b' cannot be a column everywhere."),
    (HEADER + DRONE + 'path = "place"\n', "11:8: variable drone: place is a value there, but a part for country."),
    (HEADER + DRONE + 'path = "summary.drone"\n', "variable drone: summary is a part there, but a value for summary."),
    (HEADER + DRONE + 'path = "weapons.drone"\n', "variable drone: weapons is a part there, but a list for weaptype1."),
    (HEADER + DRONE + 'path = "attacks[3]"\n', "variable drone: The elements of a list are alike: it is boolean there"),
    (HEADER + DRONE + 'path = "drone.class"\n', "variable drone: 'class' cannot be an attribute in Python."),
    (HEADER + DRONE + 'path = "drone[].x"\n', "variable drone: The path 'drone[].x' cannot be read."),
    (HEADER + KIND, "11:9: variable dronekind: There is no code list 'dronekind'."),
    (HEADER + KIND + KINDS.replace('label = "Small"\n', ""), "12:1: code 1 of dronekind: The label is empty."),
    (HEADER + KIND + KINDS.replace("= 2", '= "2"'), "16:8: code number 2 of dronekind: code = '2' is of a wrong type."),
    (HEADER + RULE + DRONE.replace("= 1", "= 2") + "minmum = 0\n", "20:1: variable drone: There is no field 'minmum'."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG, ids=range(len(WRONG)))
def test_a_mistake_is_told_with_its_line(folder: Path, text: str, message: str) -> None:
    told = mistakes(write(folder, codebook=text))
    assert len(told) == 1, told
    assert message in told[0]
    with pytest.raises(CodebookError):
        load_codebook(folder)


RULES = [
    ("drone IS", "drone IS +", ":19: rule drone-killed: NULL or DISTINCT FROM is expected after IS"),
    ("nkill IS NOT NULL", "nkil > 2", ":38: rule drone-killed: There is no variable 'nkil'. Did you mean 'nkill'?"),
    ("nkill IS NOT NULL", "summary = 2", ":48: rule drone-killed: It is a number, and is compared with a text."),
    ("drone IS DISTINCT FROM 1 OR nkill IS NOT NULL", "1 = 1", ":9: rule drone-killed: It reads no variable."),
    (" OR nkill IS NOT NULL", " AND nkill IS NOT NULL", ":9: rule drone-killed: A row in which nothing is written"),
    ("{nkill}", "{nkil}", ":21: rule drone-killed: There is no variable 'nkil'. Did you mean 'nkill'?"),
    ("{nkill}", "{nkill", ":21: rule drone-killed: A brace is without its pair."),
    ("{nkill}", "{nkill:d}", ":21: rule drone-killed: Nothing but a name stands in braces. Write {nkill}."),
    ('section = "weapon"\ncheck', 'section = "wepon"\ncheck', "There is no section 'wepon'. Did you mean 'weapon'?"),
    ("remedy =", 'variable = "dron"\nremedy =', "There is no variable 'dron'. Did you mean 'drone'?"),
    ("remedy =", 'each = ["drone", "nwund"]\nremedy =', "There is no variable 'nwund'. Did you mean 'nwound'?"),
    ("remedy =", "each = []\nremedy =", "It is for no variable."),
    ("remedy =", 'each = "integr"\nremedy =', "There is no kind 'integr'. Did you mean 'integer'?"),
    ("fails = { drone = 1 }\n", "", "There is no example of a row that fails."),
    ("passes = { drone = 1, nkill = 2 }\n", "", "There is no example of a row that passes."),
    ("passes = { drone = 1, nkill = 2 }", "passes = { drone = 1 }", "The example violates the rule: 1, blank"),
    ("nkill = 2 }", "nkill = -2 }", "The example violates 'range': -2 is below the lowest value, 0."),
    ("fails = { drone = 1 }", "fails = { drone = 0 }", "The example should violate the rule, and it does not."),
    ("fails = { drone = 1 }", "fails = { drone = 1, country = 4 }", "The example violates 'parent' as well: 4 (Afghan"),
    ("fails = { drone = 1 }", "fails = [{ drone = 1 }, { dron = 1 }]", ":34: rule drone-killed: There is no variable"),
    ("nkill = 2 }", 'nkill = "2" }', ":31: rule drone-killed: nkill = '2' is not an integer. Write an integer."),
    ("nkill = 2 }", "nkill = true }", ":10: rule drone-killed: nkill = True is no cell of a row. Write a number"),
    ("nkill = 2 }", "nkill = {} }", "nkill = {} is no cell of a row."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), RULES, ids=range(len(RULES)))
def test_a_mistake_in_a_rule_is_told_with_its_place(folder: Path, old: str, new: str, message: str) -> None:
    assert old in RULE
    told = mistakes(write(folder, codebook=HEADER + DRONE, rules=RULE.replace(old, new, 1)))
    assert told
    assert any(message in one for one in told), told
    assert all(one.startswith("rules.toml:") for one in told)
    if "each" not in new:
        assert len(told) == 1, told


DATASET_RULE = (
    '[[dataset_rule]]\nid = "drones"\nseverity = "warning"\nsection = "weapon"\nkind = "unique"\n'
    'columns = ["eventid", "drone"]\nmessage = "As row {other}."\nremedy = "Look again."\nwhere = "drone = 1"\n'
)
DATASET_RULES = [
    ('"drone"]', '"dron"]', ":23: dataset rule drones: There is no variable 'dron'. Did you mean 'drone'?"),
    ('"unique"', '"uniqe"', "There is no kind 'uniqe'. Did you mean 'unique'?"),
    ('"unique"', '"mutual"', "eventid holds no list: it is of the kind 'integer'."),
    ("{other}", "{othr}", "There is no variable 'othr'"),
    ("drone = 1", "dron = 1", ":10: dataset rule drones: There is no variable 'dron'."),
    ("drone = 1", "drone =", "A number or a text in single quotes is expected, but the rule ends there."),
    ('["eventid", "drone"]', '"eventid"', "columns = 'eventid' is of a wrong type."),
]


@pytest.mark.parametrize(("old", "new", "message"), DATASET_RULES, ids=range(len(DATASET_RULES)))
def test_a_mistake_in_a_rule_of_all_rows(folder: Path, old: str, new: str, message: str) -> None:
    assert mistakes(write(folder, codebook=HEADER + DRONE, rules=DATASET_RULE)) == []
    told = mistakes(write(folder, rules=DATASET_RULE.replace(old, new, 1)))
    assert len(told) == 1, told
    assert message in told[0]


def test_a_rule_in_several_lines_is_pointed_into(folder: Path) -> None:
    rule = RULE.replace(
        '"drone IS DISTINCT FROM 1 OR nkill IS NOT NULL"', '"""\n  drone IS DISTINCT FROM 1\n  OR nkil > 1"""'
    )
    (problem,) = check_codebook(write(folder, codebook=HEADER + DRONE, rules=rule))
    assert (problem.line, problem.column, problem.width) == (7, 6, 1)


def test_all_mistakes_are_told_and_none_twice(folder: Path) -> None:
    files = {
        "codebook": HEADER + "[keep]\nweaptype = [77]\n",
        "variables": DRONE.replace("kind =", "knd =") + KIND.replace("weapon", "wepon"),
        "rules": RULE.replace("warning", "warnin").replace("{nkill}", "{nkil}"),
        "codes_dronekind": "code,label\n1,A\nx,B\n",
    }
    told = [(p.file.rpartition("/")[2], p.line, p.problem) for p in check_codebook(write(folder, **files))]
    assert told == [
        ("codebook.toml", 6, "There is no code 77 in the list 'weaptype'."),
        ("dronekind.csv", 3, "The column 'code' is 'x', which is not an integer."),
        ("rules.toml", 3, "There is no severity 'warnin'."),
        ("rules.toml", 6, "There is no variable 'nkil'."),
        ("variables.toml", 6, "There is no field 'knd'."),
        ("variables.toml", 10, "There is no section 'wepon'."),
    ]
    with pytest.raises(CodebookError, match=r"And \d more.*`gtdlike codebook check` lists all"):
        load_codebook(folder)


def test_a_file_that_is_no_toml_costs_only_what_follows_from_it(folder: Path) -> None:
    told = mistakes(write(folder, codebook=HEADER + DRONE + "colour = 1\n", rules=RULE + "oops"))
    assert [one.partition(": ")[0] for one in told] == ["codebook.toml:11:1", "rules.toml:10:1"]


def test_a_base_with_mistakes_is_told_at_extends(tmp_path: Path) -> None:
    write(tmp_path / "base", codebook=HEADER + "[keep]\nweaptype = [77]\n")
    (told,) = mistakes(write(tmp_path / "own", codebook=HEADER.replace('"gtd"', '"../base"')))
    assert "codebook.toml:4:11: extends: The codebook '../base' has mistakes." in told
    assert "There is no code 77" in told


def test_circles(tmp_path: Path) -> None:
    write(tmp_path / "a", codebook=HEADER.replace('"gtd"', '"../b"'))
    write(tmp_path / "b", codebook=HEADER.replace('"gtd"', '"../a"'))
    (told,) = mistakes(tmp_path / "a")
    assert "It extends itself: a extends b extends a." in told


def test_examples_of_the_base_need_not_fit_what_is_added(folder: Path) -> None:
    strict = RULE.replace("drone IS DISTINCT FROM 1 OR nkill IS NOT NULL", "nkill IS NULL OR drone IS NOT NULL")
    strict = strict.replace("fails = { drone = 1 }", "fails = { nkill = 1 }")
    assert mistakes(write(folder, codebook=HEADER + DRONE, rules=strict)) == []


def test_every_field_has_a_reader() -> None:
    for kind, cls in CLASSES.items():
        known = {attribute.name for attribute in cls.__attrs_attrs__}  # type: ignore[attr-defined]
        assert set(READERS[kind]) - {"after"} == known, kind
