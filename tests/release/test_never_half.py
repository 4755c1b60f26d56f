"""Whole commands that are killed, that meet a full disk, or whose input goes away: nothing is lost, and it is told."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gtdlike.cli import run
from gtdlike.errors import WriteError
from gtdlike.release import Manifest, build

ROOT = Path(__file__).parents[2]
TEXT = (
    "{city} (AP) - A bomb exploded at a market in {city} on Monday, killing {killed} people and wounding {wounded}. "
    "Police said that nobody has claimed responsibility for the attack."
)
CITIES = ("Baghdad", "Kabul", "Karachi", "Mosul", "Kandahar", "Peshawar")

# A process that is killed at the nth thing that it does with the output, the folder beside it, or the cache.
KILLED = """
import os, signal, sys
left = [int(sys.argv[1])]
def hook(event, arguments):
    if event in ("open", "os.rename", "os.mkdir", "os.remove", "shutil.rmtree", "sqlite3.connect", "ctypes.dlsym"):
        if sys.argv[2] in str(arguments) or event == "ctypes.dlsym":
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
sys.addaudithook(hook)
from gtdlike.cli import run
code = run(sys.argv[3:])
print("steps", int(sys.argv[1]) - left[0])
sys.exit(code)
"""


def write(folder: Path, wounded: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number, city in enumerate(CITIES):
        text = TEXT.format(city=city, killed=number + 2, wounded=wounded + number)
        record = {"id": f"a{number}", "text": text, "published": "2017-03-21", "source": "AP"}
        (folder / f"{city}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    return folder


def content(release: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in release.iterdir()}


def child(code: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def test_killed_anywhere_a_release_is_the_old_one_or_the_new_one_and_in_the_end_the_same(tmp_path: Path) -> None:
    articles, output = write(tmp_path / "articles", 5), tmp_path / "out" / "release"
    build([articles], output, processes=1)
    old = content(shutil.copytree(output, tmp_path / "old"))
    write(articles, 50)
    build([articles], tmp_path / "undisturbed", processes=1)
    new = content(tmp_path / "undisturbed")
    assert old != new
    command = ["build", articles, "-o", output, "--overwrite", "--processes", 1, "--cache", tmp_path / "out" / "cache"]
    whole = child(KILLED, 10**6, tmp_path / "out", *command)
    assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout.split()[-1])
    seen = set()
    for step in (random.Random(5).randrange(steps - 6), steps - 2):
        shutil.rmtree(output)
        shutil.copytree(tmp_path / "old", output)
        killed = child(KILLED, step, tmp_path / "out", *command)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        found = content(output)
        assert found in (old, new), step
        seen.add(found == new)
    assert seen == {True, False}
    assert run([str(part) for part in command]) == 0
    assert content(output) == new
    assert {path.name for path in output.parent.iterdir()} == {"release", "cache"}


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from gtdlike.cli import run
sys.exit(run(sys.argv[2:]))
"""


def test_a_full_disk_is_told_and_costs_nothing(tmp_path: Path) -> None:
    articles, output = write(tmp_path / "articles", 5), tmp_path / "release"
    build([articles], output, processes=1)
    old = content(output)
    assert max(map(len, old.values())) > 9_000
    command = ["build", articles, "-o", output, "--overwrite", "--processes", 1, "--cache", tmp_path / "cache"]
    done = child(FULL, 3_000, *command, PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert f"{output}: The release cannot be written: a file became larger than it may be here" in done.stderr
    assert "Nothing was changed. Free some space" in done.stderr
    assert content(output) == old
    assert {path.name for path in tmp_path.iterdir()} - {"cache"} == {"articles", "release"}
    assert run(["build", str(articles), "-o", str(output), "--overwrite", "--cache", str(tmp_path / "cache")]) == 0
    assert content(output) == old


def test_an_output_that_cannot_be_written_is_told_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    articles = write(tmp_path / "articles", 5)
    coded: list[int] = []
    with pytest.raises(WriteError, match="a file is in the way"):
        build([articles], tmp_path / "file" / "release", progress=coded.append)
    assert not coded
    assert run(["build", str(articles), "-o", str(tmp_path / "file" / "release")]) == 2
    assert "gtdlike: " in capsys.readouterr().err


def test_an_input_that_vanishes_on_the_way_is_named_and_the_rest_is_built(tmp_path: Path) -> None:
    articles = write(tmp_path / "articles", 5)
    first, *_, last = sorted(articles.iterdir())
    (articles / "link.txt").symlink_to(tmp_path / "nothing")

    def vanish(_: int) -> None:
        last.unlink(missing_ok=True)

    manifest: Manifest = build([articles], tmp_path / "release", processes=1, progress=vanish)
    assert manifest.fates["unreadable"] == 2
    told = {one.origin: one.message for one in manifest.inputs if one.fate == "unreadable"}
    remedy = " Build again when the files stay where they are."
    assert told == {
        str(last): "The file was there a moment ago and is gone." + remedy,
        str(articles / "link.txt"): "It is a link to nothing." + remedy,
    }
    assert manifest.incidents == len(CITIES) - 1
    assert first.exists()


def test_a_build_goes_on_from_what_was_coded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles, cache = write(tmp_path / "articles", 5), tmp_path / "cache"
    build([articles], tmp_path / "undisturbed", processes=1)

    def stop(_: int) -> None:
        nonlocal coded
        coded += 1
        if coded == 4:
            raise KeyboardInterrupt

    coded = 0
    with pytest.raises(KeyboardInterrupt):
        build([articles], tmp_path / "release", processes=1, progress=stop, cache=cache)
    assert not (tmp_path / "release").exists()
    calls: list[str] = []
    from gtdlike.coding import RuleCoder

    code = RuleCoder.code
    monkeypatch.setattr(RuleCoder, "code", lambda self, article: calls.append(article.id) or code(self, article))
    build([articles], tmp_path / "release", processes=1, cache=cache)
    assert len(calls) == len(CITIES) - 4
    assert content(tmp_path / "release") == content(tmp_path / "undisturbed")
    build([articles], tmp_path / "release", processes=1, cache=cache, overwrite=True)
    assert len(calls) == len(CITIES) - 4
    assert content(tmp_path / "release") == content(tmp_path / "undisturbed")


def test_the_command_keeps_a_cache_unless_told_not_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GTDLIKE_CACHE", str(tmp_path / "cache"))
    articles, output = str(write(tmp_path / "articles", 5)), str(tmp_path / "release")
    assert run(["build", articles, "-o", output, "--no-cache"]) == 0
    assert not (tmp_path / "cache").exists()
    without = content(tmp_path / "release")
    for _ in range(2):
        assert run(["build", articles, "-o", output, "--overwrite"]) == 0
        assert content(tmp_path / "release") == without
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert run(["build", articles, "-o", output, "--overwrite", "--cache", str(tmp_path / "another")]) == 0
    assert (tmp_path / "another").is_dir()
