"""A folder appears whole or not at all, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gtdlike.errors import WriteError
from gtdlike.release import folder as folder_module
from gtdlike.release.folder import put_back, reserved, whole_folder
from gtdlike.release.swap import exchange

ROOT = Path(__file__).parents[2]
FILES = ("manifest.json", "a", "b")

# A process forks once for every step that the writing of a release takes in the file system, and kills the child there.
SCRIPT = """
import os, signal, sys
from pathlib import Path
from gtdlike.release import folder
from gtdlike.release.folder import put_back, reserved, whole_folder

base, one_step = Path(sys.argv[1]), sys.argv[2] == "one step"
if not one_step:
    folder.exchange = lambda one, other: False
FILES = ("manifest.json", "a", "b")

def write(output, what):
    with reserved(output, overwrite=True), whole_folder(output, overwrite=True) as made:
        for name in FILES:
            (made / name).write_text(what)

def held(output):
    return {(output / name).read_text() for name in FILES} if output.is_dir() else None

def kill_at(step):
    left = [step]
    def hook(event, arguments):
        # Whatever touches a file, and the look-up of the function that exchanges two folders.
        if event.startswith(("os.", "shutil.", "open", "ctypes.dlsym")) and event != "os.kill":
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
    sys.addaudithook(hook)

counts = {"old": 0, "new": 0, "missing": 0}
step = 0
while True:
    output = base / str(step) / "release"
    output.parent.mkdir()
    write(output, "old")
    child = os.fork()
    if child == 0:
        kill_at(step)
        write(output, "new")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    found = held(output)
    if found is None:
        assert not one_step, step
        assert put_back(output), step
        assert held(output) == {"old"}, step
        counts["missing"] += 1
    else:
        assert found in ({"old"}, {"new"}), (step, found)
        counts[found.copy().pop()] += 1
    write(output, "last")
    assert held(output) == {"last"}, step
    assert [path.name for path in output.parent.iterdir()] == ["release"], step
    if status == 0:
        break
    assert os.WIFSIGNALED(status), step
    step += 1
print(step, counts["old"], counts["new"], counts["missing"])
"""


def kill_everywhere(tmp_path: Path, way: str) -> list[int]:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path), way]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return [int(number) for number in done.stdout.split()]


def test_killed_at_any_step_the_old_release_is_there_or_the_new_one(tmp_path: Path) -> None:
    can = tmp_path / "one", tmp_path / "other"
    for path in can:
        path.mkdir()
    if exchange(*can):
        steps, old, new, missing = kill_everywhere(tmp_path, "one step")
        assert steps > 15
        assert old > 10
        assert new > 1
        assert missing == 0


def test_in_two_steps_a_killed_run_leaves_the_old_release_aside_and_it_is_put_back(tmp_path: Path) -> None:
    steps, old, new, missing = kill_everywhere(tmp_path, "two steps")
    assert steps > 15
    assert old > 10
    assert new > 1
    assert missing == 1


def make(output: Path, what: str = "new") -> None:
    with reserved(output, overwrite=True), whole_folder(output, overwrite=True) as made:
        for name in FILES:
            (made / name).write_text(what, encoding="utf-8")


def test_an_exchange_swaps_two_folders_or_says_that_it_cannot(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    swapped = exchange(tmp_path / "one", tmp_path / "other")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["other" if swapped else "one"]
    if sys.platform == "linux" and swapped:
        with pytest.raises(FileNotFoundError):
            exchange(tmp_path / "one", tmp_path / "not there")


def test_what_killed_runs_left_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    for name in (".release.partial-77", ".release.replaced-78", ".release2.partial-1", ".releas", "release.partial-9"):
        (tmp_path / name).mkdir()
    make(tmp_path / "release")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"release", ".release2.partial-1", ".releas", "release.partial-9"}


def test_two_builds_into_one_folder_do_not_meet(tmp_path: Path) -> None:
    output = tmp_path / "release"
    with reserved(output, overwrite=True), whole_folder(output, overwrite=True) as made:
        (made / "a").touch()
        with pytest.raises(WriteError, match="Another build is writing this release"):
            make(output)
        assert (made / "a").exists()
        assert not put_back(output)
        make(tmp_path / "another")
    assert [path.name for path in output.iterdir()] == ["a"]


def test_a_release_left_aside_is_put_back_before_the_next_build(tmp_path: Path) -> None:
    output = tmp_path / "release"
    make(tmp_path / ".release.replaced-5", "old")
    with pytest.raises(WriteError, match="exists"), reserved(output, overwrite=False):
        pass
    assert (output / "a").read_text(encoding="utf-8") == "old"
    assert not put_back(output)


def test_a_failure_on_the_way_leaves_no_trace(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "down" / "release"

    def fail() -> None:
        with reserved(output, overwrite=False), whole_folder(output, overwrite=False) as made:
            (made / "a").touch()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.ENOSPC, "no space left on the disk"),
        (errno.EACCES, "may not be written to"),
        (errno.EROFS, "may only be read"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_what_the_system_refuses_is_told_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: str
) -> None:
    make(tmp_path / "release", "old")

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code), "the file")

    monkeypatch.setattr(folder_module, "_sync", refuse)
    with pytest.raises(WriteError) as caught:
        make(tmp_path / "release")
    message = str(caught.value)
    assert all(part in message for part in (str(tmp_path / "release"), told, "the file", "Nothing was changed."))
    assert caught.value.remedy
    assert (tmp_path / "release" / "a").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WriteError, match=r"a file is in the way, where a folder is needed .*Name another folder\."):
        make(tmp_path / "file" / "release")
