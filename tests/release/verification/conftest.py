"""A small release to be verified, and the means of someone who alters one and knows how it is made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gtdlike.export import write_table
from gtdlike.release import build
from gtdlike.release.checksums import SUMS, write_checksums
from gtdlike.release.manifest import File
from gtdlike.release.verify import Verification, verify

Rows = list[dict[str, Any]]
RowsOf = Callable[[Path, str], Rows]
Write = Callable[..., None]
Sign = Callable[..., None]
Alter = Callable[..., Verification]


SEEDS = Path(__file__).parents[3] / "seeds" / "articles"


ARTICLES = [*sorted(SEEDS.glob("istanbul-*.txt")), SEEDS / "nice-truck-attack.txt", SEEDS / "nice-trial-verdict.html"]


FORMS = ("parquet", "csv", "jsonl")


@pytest.fixture(scope="session")
def seeds() -> Path:
    return SEEDS


@pytest.fixture(scope="session")
def articles() -> list[Path]:
    """What the release is built from."""
    return ARTICLES


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small release: two attacks, told by five articles."""
    folder = tmp_path_factory.mktemp("whole") / "release"
    build(ARTICLES, folder, processes=1)
    return folder


@pytest.fixture
def release(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be altered."""
    return Path(shutil.copytree(whole, tmp_path / "release"))


def _rows_of(folder: Path, name: str) -> Rows:
    found: Rows = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return found


def _write(folder: Path, name: str, table: pa.Table, forms: tuple[str, ...] = FORMS) -> None:
    for form in forms if name == "incidents" else ("parquet",):
        write_table(table, folder / f"{name}.{form}")


def _sign(folder: Path, **changed: Any) -> None:
    """Have the manifest and SHA256SUMS agree with the files, as someone would who knows how a release is made."""
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    told.update(changed)
    tables = list(folder.glob("*.parquet"))
    told["rows"] = {path.stem: pq.read_metadata(path).num_rows for path in tables} | changed.get("rows", {})
    held = [path for path in folder.iterdir() if path.name not in ("manifest.json", SUMS)]
    told["files"] = {path.name: {"sha256": File.of(path).sha256, "bytes": path.stat().st_size} for path in held}
    told["files"] |= changed.get("files", {})
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    write_checksums(folder)


@pytest.fixture(scope="session")
def rows_of() -> RowsOf:
    """The rows of a table of a release."""
    return _rows_of


@pytest.fixture(scope="session")
def write() -> Write:
    """Write a table of a release, the incidents in all their forms."""
    return _write


@pytest.fixture(scope="session")
def sign() -> Sign:
    """Have the manifest and SHA256SUMS agree with the files."""
    return _sign


@pytest.fixture
def alter(release: Path) -> Alter:
    """Replace rows of a table, sign the release anew, and verify it."""

    def altered(name: str, change: Callable[[Rows], Any], articles: Any = None, **manifest: Any) -> Verification:
        schema = pq.read_schema(release / f"{name}.parquet")
        rows = _rows_of(release, name)
        change(rows)
        _write(release, name, pa.Table.from_pylist(rows, schema=schema))
        _sign(release, **manifest)
        return verify(release, articles=articles)

    return altered
