"""The figures on record: what counts as fallen, and what is done where the evaluation sets are not at hand."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).resolve().parent.parent / "benchmarks/figures.py"
TEXT = "KABUL, Afghanistan - Gunmen stormed a hotel in Kabul on Saturday, killing 14 people, officials said."


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The module, with a record and sets of its own."""
    spec = importlib.util.spec_from_file_location("figures", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FIGURES", tmp_path / "figures.csv")
    monkeypatch.setenv("GTDLIKE_EVALUATION", str(tmp_path))
    return module


def make_sets(folder: Path, names: tuple[str, ...], killed: int) -> None:
    for name in names:
        (folder / name).mkdir(exist_ok=True)
        article = {"id": "a", "text": TEXT, "published": "2018-01-21"}
        (folder / name / "articles.jsonl").write_text(json.dumps(article) + "\n")
        fields = {"date": [["2018-01-20", "2018-01-20"]], "place": ["Kabul"], "nkill": [killed, killed]}
        line = {"article_id": "a", "incidents": [{"optional": False, "fields": fields}]}
        (folder / name / "gold.jsonl").write_text(json.dumps(line) + "\n")


def main(figures: Any, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["figures.py", *arguments])
    code: int = figures.main()
    return code


def test_without_the_sets_it_is_left_out_and_says_so(
    figures: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(figures, monkeypatch) == 0
    assert capsys.readouterr().out.startswith("figures: left out, because ")
    assert main(figures, monkeypatch, "--write") == 2


def test_a_figure_that_falls_fails(
    figures: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_sets(tmp_path, figures.SETS, killed=14)
    assert main(figures, monkeypatch, "--write") == 0
    assert "seeds,nkill,1.0000\n" in (tmp_path / "figures.csv").read_text()
    assert main(figures, monkeypatch, "--check") == 0
    make_sets(tmp_path, ("gtd-dev",), killed=3)
    capsys.readouterr()
    assert main(figures, monkeypatch) == 1
    assert "figures: fallen: gtd-dev nkill: 1.0000, now 0.0000" in capsys.readouterr().err


def test_how_much_may_be_lost(figures: Any) -> None:
    before = {("s", "nkill"): 0.9, ("s", "gname"): 0.5}
    assert figures.fallen(before, {("s", "nkill"): 0.89, ("s", "gname"): 0.7}) == []
    assert figures.fallen(before, {("s", "nkill"): 0.8899, ("s", "gname"): 0.5}) == ["s nkill: 0.9000, now 0.8899"]
    assert figures.fallen(before, {("s", "nkill"): 1.0}) == ["s gname: 0.5000, now 0.0000"]


def test_the_record_has_all_sets(figures: Any) -> None:
    on_record = figures.read(PATH.with_suffix(".csv"))
    assert {name for name, _ in on_record} == set(figures.SETS)
    assert all(0 <= f1 <= 1 for f1 in on_record.values())
    assert all((name, field) in on_record for name in figures.SETS for field in ("incident", "nkill", "all fields"))
