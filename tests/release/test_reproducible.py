"""The same articles give the same bytes, in whatever order, with however many processes, in whatever process."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from gtdlike.article import Article
from gtdlike.reading import read
from gtdlike.release import build

ROOT = Path(__file__).parents[2]


def content(release: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in release.iterdir()}


def built(inputs: list[Path], output: Path, *options: str, seed: int) -> dict[str, bytes]:
    """Build in a process of its own, in which sets and dictionaries of texts have another order."""
    command = [sys.executable, "-m", "gtdlike", "build", *map(str, inputs), "-o", str(output), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(seed)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return content(output)


@pytest.fixture(scope="module")
def records() -> list[str]:
    """The example articles, and among them some that cannot be read or coded, as lines of JSON."""
    records = []
    for article in read([ROOT / "seeds"]):
        assert isinstance(article, Article)
        fields = {name: getattr(article, name) for name in ("id", "text", "title", "source", "url")}
        records.append({**fields, "published": article.published and article.published.isoformat()})
    bad = [{"id": "empty", "text": ""}, {"id": "number", "text": 5}, {"id": "blank", "text": None}]
    return [json.dumps(record) for record in (*records, *bad)]


def files(folder: Path, records: list[str], seed: int, names: str) -> list[Path]:
    """The records in files, in an order by chance within and between them."""
    folder.mkdir()
    parts = {name: [record for n, record in enumerate(records) if n % len(names) == k] for k, name in enumerate(names)}
    chance = random.Random(seed)
    for name, lines in parts.items():
        chance.shuffle(lines)
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    paths = [folder / f"{name}.jsonl" for name in names]
    chance.shuffle(paths)
    return paths


def test_any_order_any_number_of_processes_any_process_the_same_bytes(records: list[str], tmp_path: Path) -> None:
    sound = records[:-3]
    first = built(files(tmp_path / "a", sound, 1, "xyz"), tmp_path / "1", "--processes", "1", "--no-cache", seed=1)
    second = built(files(tmp_path / "b", sound, 2, "pq"), tmp_path / "2", "--processes", "2", "--no-cache", seed=2)
    assert set(first) == set(second)
    for name, data in first.items():
        assert second[name] == data, name


def test_what_cannot_be_read_is_listed_in_one_order_too(records: list[str], tmp_path: Path) -> None:
    few = [record for record in records if "istanbul" in record[:40]] + records[-3:]
    paths = files(tmp_path / "a", few, 1, "xyz")
    manifest = build(paths, tmp_path / "1", cache=tmp_path / "cache")
    build(paths[::-1], tmp_path / "2", cache=tmp_path / "cache")
    assert content(tmp_path / "1") == content(tmp_path / "2")
    assert manifest.fates["unreadable"] == 3


@pytest.mark.filterwarnings("ignore::gtdlike.reading.ReadingWarning")
def test_of_two_articles_with_one_id_it_is_always_the_same_that_keeps_it(records: list[str], tmp_path: Path) -> None:
    few = [record for record in records if "istanbul" in record[:40]]
    few = [json.dumps({**json.loads(record), "id": "same"}) for record in few]
    paths = files(tmp_path / "a", few, 1, "xyz")
    manifest = build(paths, tmp_path / "1", cache=tmp_path / "cache")
    build(paths[::-1], tmp_path / "2", cache=tmp_path / "cache")
    assert content(tmp_path / "1") == content(tmp_path / "2")
    assert {one.id for one in manifest.inputs} == {"same", "same-2", "same-3"}
