"""`gtdlike code --explain`: the article with its evidence marked, and the reason for every value."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gtdlike
from gtdlike.article import Article
from gtdlike.cli import run
from gtdlike.cli.explain import explain
from gtdlike.coding.reasons import reason_of
from gtdlike.coding.rules.lexicon import rows

ROOT = Path(__file__).resolve().parents[2]
TEXT = """KABUL, Afghanistan - Gunmen stormed a [red]hotel[/red] in Kabul on Saturday, killing 14 people, police said.

The Taliban claimed responsibility for the attack.
"""
# A number and a word stand on either side of what is marked.
MARK = re.compile(r"\[\d+ | \d+\]")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "hotel.txt").write_text(TEXT)
    (tmp_path / "hotel.json").write_text('{"published": "2018-01-21", "title": "Hotel stormed"}')
    return tmp_path


def test_each_value_has_its_words_and_its_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "--explain", "hotel.txt"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("hotel: Hotel stormed, 2018-01-21\n")
    assert re.search(r"\[(\d+) killing 14 people \1\]", out)
    assert "[red]" in out
    lines = {line.split()[0]: re.sub(" {2,}", "  ", line).strip() for line in out.splitlines() if line.strip()}
    number = re.search(r"\[(\d+) killing 14 people", out)
    assert number is not None
    assert lines["nkill"] == f"nkill  14  stated  [{number[1]}] killing 14 people  the number is told (nkill.counted)"
    assert re.fullmatch(
        r"attacktype1  2 \(Armed Assault\)  inferred  \[\d+\] stormed  .* \(attack\.attack\)", lines["attacktype1"]
    )
    assert lines["suicide"].startswith("suicide  0  default  nothing is told of an attacker who meant to die")


def test_every_value_is_there_once_with_evidence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "--explain", "hotel.txt", "-o", "coded.jsonl"]) == 0
    out = capsys.readouterr().out
    row = json.loads((folder / "coded.jsonl").read_text())
    shown = [line.split()[0] for line in out.partition("Incident 1\n")[2].splitlines()[1:] if line[:1].strip()]
    columns = gtdlike.load_codebook().variables
    assert shown == [name for name in columns if name in row and columns[name].kind != "label"]
    assert "no evidence" not in out


@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl"])
def test_several_articles_of_any_format(suffix: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiet = (
        "The town council of Basra met on Monday to speak about the budget of the coming year and about new schools."
    )
    match suffix:
        case ".jsonl":
            lines = [{"id": "a", "text": TEXT}, {"id": "b", "text": quiet}]
            (folder / "two.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
            given = ["two.jsonl"]
        case _:
            for name, text in (("a", TEXT), ("b", quiet)):
                paragraphs = text.replace("[red]", "").replace("[/red]", "").split("\n\n")
                html = "<html><body><article>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article></body></html>"
                (folder / f"{name}{suffix}").write_text(html if suffix == ".html" else text)
            given = [f"a{suffix}", f"b{suffix}"]
    assert run(["code", "--explain", *given]) == 0
    out = capsys.readouterr().out
    assert "killing 14 people" in out
    first, _, second = out.partition("\nb\n")
    assert "Incident 1" in first
    assert "It tells of no incident." in second


def test_in_a_terminal_colours_mark_the_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert run(["code", "--explain", "hotel.txt"]) == 0
    out = capsys.readouterr().out
    assert re.search("\x1b\\[[0-9;]+mkilling 14 people\x1b\\[0m\x1b\\[2m\\[\\d+\\]", out)
    assert not MARK.search(out.partition("Incident 1")[0])


def test_what_cannot_be_read_is_told_as_ever(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "--explain", "missing.txt"]) == 2
    assert "There is no such file" in capsys.readouterr().err


@given(
    st.text("ab [1]", min_size=3, max_size=12), st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6)), max_size=6)
)
def test_marks_leave_the_text_as_it_is(text: str, places: list[tuple[int, int]]) -> None:
    spans = [(a, min(a + n, len(text))) for a, n in places if a < len(text)]
    evidence = tuple(
        gtdlike.Evidence("nkill", gtdlike.How.STATED, "mine", start, end, text[start:end]) for start, end in spans
    )
    coded = gtdlike.CodedIncident("t", gtdlike.Incident(), evidence)
    for plain in (True, False):
        parts: list[Any] = list(explain(Article(id="t", text=text), [coded], None, plain=plain))
        marked = parts[1].plain
        numbers = [str(n) for n in range(1, len(set(spans)) + 1)]
        length = sum(len(n) + 2 for n in numbers) * (2 if plain else 1)
        assert len(marked) == len(text) + length
        for number, (start, end) in zip(numbers, sorted(set(spans)), strict=True):
            assert f"{' ' if plain else '['}{number}]" in marked
            if plain and sum(s < end and start < e for s, e in set(spans)) == 1:
                assert f"[{number} {text[start:end]} {number}]" in marked


def test_every_rule_that_codes_the_seeds_has_a_reason() -> None:
    articles = [one for one in gtdlike.read([str(ROOT / "seeds/articles")]) if isinstance(one, gtdlike.Article)]
    rules = {e.rule for article in articles for one in gtdlike.code(article) for e in one.evidence}
    assert len(rules) > 60
    assert sorted(rule for rule in rules if not reason_of(rule)) == []


def test_reasons_are_those_of_the_rule_before_those_of_its_kind() -> None:
    assert reason_of("suicide.none_told") != reason_of("nwound.none_told")
    assert reason_of("target.police_station") == '"police station" is of this type'
    assert reason_of("of.another_coder") == ""
    names = [row["rule"] for row in rows("reasons")]
    assert len(names) == len(set(names))
