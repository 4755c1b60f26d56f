"""What may be published: how much is quoted, and whose names stand in a release."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.cli import run
from gtdlike.coding.base import CodedIncident
from gtdlike.coding.persons import named_persons
from gtdlike.coding.rules.prose import fold
from gtdlike.evidence import Evidence, How
from gtdlike.export import read_table
from gtdlike.reading import read
from gtdlike.release import build
from gtdlike.release.private import Names, private_names, rules
from gtdlike.release.quotes import ELLIPSIS, RUN, SHORT, Quotes, shortened, unquoted, words_of
from gtdlike.rows import from_row
from gtdlike.validation import validate

SEEDS = Path(__file__).parents[2] / "seeds"
FORMATS = ("incidents.parquet", "incidents.csv", "incidents.jsonl")

Releases = dict[str, Path]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The example articles, released in four ways."""
    base = tmp_path_factory.mktemp("published")
    ways: dict[str, dict[str, Any]] = {"full": {}, "short": {"quotes": "short"}, "none": {"quotes": "none"}}
    ways["redacted"] = {"redact": True}
    for name, options in ways.items():
        build([SEEDS], base / name, processes=1, cache=base / "cache", **options)
    return {name: base / name for name in ways}


def rows(release: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(release / f"{name}.parquet").to_pylist()
    return found


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


@pytest.mark.parametrize("way", ["short", "none"])
def test_shorter_quotes_change_nothing_but_the_quotes(releases: Releases, way: str) -> None:
    for full, other in zip(rows(releases["full"], "evidence"), rows(releases[way], "evidence"), strict=True):
        assert without(other, "quote", "value") == without(full, "quote", "value")
        if full["quote"] is not None:
            assert other["digest"] == hashlib.sha256(full["quote"].encode()).hexdigest()
            assert other["quote"] == Quotes(way).of(full["quote"])
    assert all(one["quote"] is None for one in rows(releases["none"], "evidence"))
    for table in ("sources", "links"):
        assert rows(releases[way], table) == rows(releases["full"], table)


@given(st.text())
def test_a_short_quote_is_whole_words_of_the_quote_and_an_ellipsis(quote: str) -> None:
    short = shortened(quote)
    assert len(short) <= SHORT
    if short != quote:
        kept = short.removesuffix(ELLIPSIS)
        assert short.endswith(ELLIPSIS)
        assert quote.startswith(kept)
        rest = quote[len(kept) :]
        assert rest[:1].isspace() or not re.search(r"\s", quote[:SHORT].lstrip()) or not kept


def texts_in(release: Path) -> str:
    """All that can be read in the files of a release, the citations of its sources and their titles apart."""
    cells: list[Any] = []
    for path in release.iterdir():
        if path.suffix == ".parquet" or path.name in FORMATS:
            for row in read_table(path).to_pylist():
                if not str(row.get("variable")).startswith("scite"):
                    cells += [v for name, v in row.items() if name != "title" and not name.startswith("scite")]
        else:
            cells += path.read_text(encoding="utf-8").splitlines()
    return "\n".join(str(cell) for cell in cells if cell is not None)


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Runs of eight words, over everything that is no word."""
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[n:] for n in range(8)), strict=False))


def test_without_quotes_no_file_has_eight_words_in_a_row_of_an_article(releases: Releases) -> None:
    articles = set().union(*(runs_of(one.text) for one in read([SEEDS]) if isinstance(one, Article)))
    assert articles & runs_of(texts_in(releases["full"]))
    lines = texts_in(releases["none"]).splitlines()
    assert [line for line in lines if runs_of(line) & articles] == []


class QuotingCoder:
    """Takes long passages of its article over into every text, as a careless coder does; some cannot go in."""

    def code(self, article: Article) -> list[CodedIncident]:
        if "fail" in article.text:
            raise RuntimeError(article.text)
        passage = article.text[20:160]
        row = {
            "iyear": 2016, "imonth": 3, "iday": 22, "country": 21, "region": 8, "city": "Zaventem", "specificity": 1,
            "summary": f"It is said: {passage}", "motive": passage, "weapdetail": passage, "addnotes": passage * 2,
            "location": passage, "target1": passage, "targtype1": 14, "targsubtype1": 77, "attacktype1": 3,
            "weaptype1": 6, "propcomment": passage, "scite1": passage, "dbsource": "quoting",
        }  # fmt: skip
        bad = {**row, "attacktype1": 77, "city": "Antwerp"}
        wrong = Evidence("city", How.STATED, "wrong", 0, 4, article.text[5:40])
        return [
            CodedIncident(article.id, from_row(row), (Evidence("motive", How.STATED, "rule", 20, 160, passage),)),
            CodedIncident(article.id, from_row(bad)),
            CodedIncident(article.id, from_row({**row, "city": "Namur"}), (wrong,)),
        ]


def test_not_even_a_careless_coder_publishes_what_may_not_be(tmp_path: Path) -> None:
    text = (
        "The market was full when the bomb went off on Tuesday, and Pedro Almodar, a baker, was killed where he stood, "
        "while his neighbour Inés Quintal, 34, ran for help and was wounded by splinters, the police said. "
    )
    records = [{"id": "a", "text": text}, {"id": "b", "text": text + "Now fail."}]
    lines = [json.dumps({**one, "published": "2016-03-23"}) for one in records]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    output = tmp_path / "release"
    manifest = build([tmp_path / "articles.jsonl"], output, coder=QuotingCoder(), quotes="none", redact=True)
    assert manifest.incidents == 1
    assert manifest.rejected == 2
    assert (manifest.options["quotes"], manifest.options["redact"]) == ("none", True)
    told = texts_in(output)
    assert not [line for line in told.splitlines() if runs_of(line) & runs_of(text)]
    for name in ("almodar", "quintal", "pedro"):
        assert name not in fold(told)
    assert rules().mark in told


def test_a_passage_leaves_a_few_words_and_an_ellipsis() -> None:
    article = words_of("One two three four five six seven eight nine ten.")
    assert unquoted("As it says: one two THREE four, five six seven eight nine ten; so.", [article]) == (
        "As it says: one two THREE four, five six seven…; so."
    )
    assert unquoted("one two three four five six seven", [article]) == "one two three four five six seven"


WORDS = st.lists(st.sampled_from("a b c d e".split()), max_size=60).map(" ".join)


@given(WORDS, st.lists(WORDS, max_size=2))
def test_no_longer_passage_is_left_of_any_text(text: str, articles: list[str]) -> None:
    shown = unquoted(text, [words_of(one) for one in articles])
    found = runs_of(shown)
    assert all(found.isdisjoint(runs_of(one)) for one in articles)
    if all(runs_of(text).isdisjoint(runs_of(one)) for one in articles):
        assert shown == text


def test_the_run_is_that_of_the_docs() -> None:
    assert (RUN, SHORT) == (8, 60)
    docs = (Path(__file__).parents[2] / "docs" / "publishing.md").read_text(encoding="utf-8")
    assert "60 characters" in docs
    assert "eight or more words" in docs
    for name in rules().columns:
        assert f"`{re.sub(r'[123]$', '', name)}" in docs


def test_redaction_changes_words_only_and_the_release_stays_valid(releases: Releases) -> None:
    full, redacted = releases["full"], releases["redacted"]
    for name in FORMATS:
        assert validate(redacted / name).errors == 0
        assert read_table(redacted / name).equals(read_table(redacted / FORMATS[0]))
    for one, other in zip(rows(full, "incidents"), rows(redacted, "incidents"), strict=True):
        assert without(one, *rules().columns) == without(other, *rules().columns)
    changed = 0
    for one, other in zip(rows(full, "evidence"), rows(redacted, "evidence"), strict=True):
        assert without(one, "quote", "digest", "value") == without(other, "quote", "digest", "value")
        if one["quote"] != other["quote"]:
            assert rules().mark in other["quote"]
            assert other["digest"] is None
            changed += 1
        else:
            assert other["digest"] == one["digest"]
    assert changed > 0
    assert rows(full, "sources") == rows(redacted, "sources")


def test_no_name_that_was_found_is_in_any_text_of_its_incident(releases: Releases) -> None:
    release = releases["redacted"]
    articles = {one.id: one for one in read([SEEDS]) if isinstance(one, Article)}
    full = {row["eventid"]: row for row in rows(releases["full"], "incidents")}
    texts: dict[int, list[str]] = {
        row["eventid"]: [row[name] for name in rules().columns if row[name]] for row in rows(release, "incidents")
    }
    for row in rows(release, "evidence"):
        texts[row["eventid"]] += [row["quote"] or "", *([row["value"]] if row["variable"] in rules().columns else [])]
    for row in rows(release, "reports"):
        texts[row["eventid"]] += [row["value"]] if row["variable"] in rules().columns else []
    told: dict[int, set[str]] = {}
    for row in rows(release, "sources"):
        told.setdefault(row["eventid"], set()).add(row["article_id"])
    found = 0
    for eventid, ids in told.items():
        persons = [one for id in ids for one in named_persons(articles[id].text)]
        kept = [full[eventid].get(name) for name in rules().kept]
        names = private_names(persons, [full[eventid]], kept)
        for text in map(fold, texts[eventid]):
            for name in names.whole:
                found += 1
                assert not re.search(r"(?<!\w)" + r"[\W_]+".join(name) + r"(?!\w)", text)
    assert found > 0


def names_in(text: str) -> set[str]:
    return {" ".join(one.name) for one in named_persons(text)}


ARTICLE = (
    "Mayor Ana Torralba and her son, Luis Torralba, were in the car when a bomb exploded in Santa Clara on Monday. "
    "Inés Quintal, 34, was killed, and her brother, Tomás Quintal, was wounded. "
    "The driver, identified as Gaspar Oyón, escaped. The suspect Bruno Salcedo was arrested. "
    "Marta Ilbao, a 28-year-old from abroad, was among them, Pilar Ossorno said. The cell was led by Jorge Tamayo. "
    "Rodrigo Vance, the president of the Banco del Norte, saw it; so did Senator Julia Marín."
)


def test_persons_are_found_by_what_stands_beside_their_names() -> None:
    found = names_in(ARTICLE)
    for name in ("ana torralba", "luis torralba", "ines quintal", "tomas quintal", "gaspar oyon", "bruno salcedo"):
        assert name in found, found


def redacted(text: str, *rows: dict[str, Any], kept: tuple[str, ...] = ()) -> str:
    return private_names(named_persons(text), rows, kept).out_of(text)


def test_who_holds_a_public_office_stays_named_and_nobody_else() -> None:
    shown = redacted(ARTICLE)
    assert (
        "Mayor Ana Torralba and her son, [person] Torralba," in shown
        or "Mayor Ana Torralba and her son, [person]," in shown
    )
    assert "Senator Julia Marín" in shown
    for name in (
        "Ilbao",
        "Pilar",
        "Ossorno",
        "Tamayo",
        "Luis",
        "Inés",
        "Tomás",
        "Quintal",
        "Gaspar",
        "Oyón",
        "Salcedo",
        "Vance",
    ):
        assert name not in shown, shown
    assert "[person], 34, was killed, and her brother, [person], was wounded." in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("QUINTAL'S house", "[person]'S house"),
        ("of Inés\nQuintal and", "of [person]\nand".replace("\n", " ")),
        ("Ines-Quintal", "[person]"),
        ("Quintalia, and the quintal weighed", "Quintalia, and the quintal weighed"),
        ("Ms Quintal, Inés, said", "Ms [person], [person], said"),
        ("", ""),
    ],
)
def test_a_name_is_found_in_any_spelling_as_a_word_by_itself(text: str, shown: str) -> None:
    assert Names(frozenset({("ines", "quintal")}), frozenset({"ines", "quintal"})).out_of(text) == shown


def test_the_place_of_an_incident_stays_on_the_map() -> None:
    text = "Ana Paris, a nurse, was killed in Paris, said Ana Paris's brother."
    assert redacted(text, kept=("Paris",)) == "[person], a nurse, was killed in Paris, said [person]'s brother."


def test_the_name_in_a_target_of_a_named_civilian_is_private() -> None:
    row = {"target1": "Maclovia Gonsalvez", "targsubtype1": 68}
    assert redacted("They shot at Maclovia Gonsalvez there.", row) == "They shot at [person] there."


NAME = st.lists(st.sampled_from("Ana Luis Torralba Quintal Oyón bin Salcedo".split()), min_size=1, max_size=3)


@given(
    st.lists(NAME, min_size=1, max_size=4),
    st.lists(st.sampled_from([" ", ", ", "\n", "-", "'s ", " and "]), max_size=9),
)
def test_what_is_to_be_left_out_is_not_left(names: list[list[str]], between: list[str]) -> None:
    folded = [tuple(map(fold, name)) for name in names]
    out = Names(
        frozenset(name for name in folded if len(name) > 1), frozenset(name[0] for name in folded if len(name) == 1)
    )
    text = "".join(" ".join(name) + gap for name, gap in zip(names, [*between, *[" "] * 4], strict=False))
    shown = out.out_of(text)
    assert out.out_of(shown) == shown
    for name in folded:
        if len(name) > 1 or name[0] != "bin":
            assert not re.search(r"(?<!\w)" + r"[\W_]+".join(name) + r"(?!\w)", fold(shown))


def test_the_command_takes_both_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    output = str(tmp_path / "release")
    assert run(["build", str(tmp_path / "a.txt"), "-o", output, "--quotes", "none", "--redact"]) == 0
    assert json.loads((tmp_path / "release" / "manifest.json").read_text(encoding="utf-8"))["options"]["redact"] is True
    assert run(["build", str(tmp_path / "a.txt"), "-o", output, "--overwrite", "--quotes", "some"]) == 2
    assert '"full", "short", "none"' in "".join(capsys.readouterr())
    with pytest.raises(ValueError, match="give full, short, none"):
        build([tmp_path / "a.txt"], output, overwrite=True, quotes="some")
