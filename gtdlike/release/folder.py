"""A folder that appears whole or not at all, whenever the process that makes it is killed.

While a build runs, and after one was killed, there may be beside an output `release`: `.release.lock`, which keeps two
builds apart; `.release.partial-N`, what is being written, or what was just replaced; and `.release.replaced-N`, the
release that is being replaced where the system cannot let two folders change places in one step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from gtdlike.errors import WriteError
from gtdlike.release.lock import Taken, locked
from gtdlike.release.swap import exchange
from gtdlike.trouble import why_not_written

MANIFEST = "manifest.json"


def check_output(output: Path, *, overwrite: bool) -> None:
    """Refuse an output that is in the way, before any work is done."""
    if not output.exists():
        return
    if not output.is_dir():
        raise WriteError("The output is a file.", file=str(output), remedy="Name a folder that does not exist yet.")
    if not any(output.iterdir()):
        return
    if not overwrite:
        remedy = "Choose another folder, or replace this one with --overwrite (overwrite=True in Python)."
        raise WriteError("The output folder exists.", file=str(output), remedy=remedy)
    if not (output / MANIFEST).is_file():
        # A mistyped path must not cost somebody's home folder.
        problem = f"The folder is no release (it has no {MANIFEST}), so it is not overwritten."
        raise WriteError(problem, file=str(output), remedy="Choose another folder, or remove this one yourself.")


@contextmanager
def reserved(output: Path, *, overwrite: bool) -> Iterator[None]:
    """Keep an output for one build, from before the work begins to its end.

    First it is put in order: a release that a killed run left aside is put back, and what such runs left over is
    removed. Raises WriteError if the output is in the way, if it cannot be written to, or if another build is at it.
    """
    given, output = output, output.resolve()
    made = [folder for folder in output.parents if not folder.exists()]
    with ExitStack() as stack:
        stack.callback(_remove_empty, made)
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            if stack.enter_context(locked(_beside(output, "lock"))):
                _put_back(output)
                _sweep(output)
        except Taken as error:
            remedy = "Wait until it is done, or name another folder."
            raise WriteError("Another build is writing this release.", file=str(given), remedy=remedy) from error
        except OSError as error:
            raise cannot_write(error, given) from error
        check_output(given, overwrite=overwrite)
        yield


def cannot_write(error: OSError, output: Path) -> WriteError:
    """The error that says what could not be written and why. What stood at the output is as it was."""
    why, remedy = why_not_written(error)
    at = f" ({error.filename})" if error.filename else ""
    return WriteError(f"The release cannot be written: {why}{at}. Nothing was changed.", str(output), None, remedy)


def _remove_empty(folders: Sequence[Path]) -> None:
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()  # refused, as it should be, where something is in it


@contextmanager
def whole_folder(output: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a temporary folder beside the output to write into; at the end it is moved into place in one step.

    When anything fails, the temporary folder is removed and the output is as it was.
    """
    given, output = output, output.resolve()
    check_output(given, overwrite=overwrite)
    partial = _beside(output, f"partial-{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        # One of this number can only be left from a process that was killed.
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        yield partial
        for path in sorted(partial.rglob("*")):
            _sync(path)
        _sync(partial)
        check_output(given, overwrite=overwrite)
        _move(partial, output)
    except OSError as error:
        raise cannot_write(error, given) from error
    except WriteError as error:
        # A file of the release: what people know is the folder that it was for.
        if isinstance(error.__cause__, OSError):
            raise cannot_write(error.__cause__, given) from error
        raise
    else:
        with suppress(OSError):
            _sync(output.parent)  # the release is in its place and whole, whatever comes of this
    finally:
        # After an exchange this is the release that was replaced.
        shutil.rmtree(partial, ignore_errors=True)


def put_back(output: Path) -> bool:
    """Put back a release that a killed run left aside, where nothing stands at `output`; tell whether there was one.

    Only where folders cannot change places in one step can a release be missing so: see `gtdlike.release.swap`.
    """
    output = output.resolve()
    if output.exists() or not _aside(output):
        return False
    try:
        with locked(_beside(output, "lock")) as held:
            return held and _put_back(output)
    except Taken:
        # The build that moved it aside is still at work.
        return False
    except OSError as error:
        raise cannot_write(error, output) from error


def _put_back(output: Path) -> bool:
    if output.exists():
        return False
    for old in _aside(output):
        old.rename(output)
        _sync(output.parent)
        return True
    return False


def _aside(output: Path) -> list[Path]:
    return sorted(old for old in _left(output, "replaced") if (old / MANIFEST).is_file())


def _sweep(output: Path) -> None:
    """Remove what killed runs left. Nobody else is at work here, for the lock is ours."""
    for path in (*_left(output, "partial"), *_left(output, "replaced")):
        shutil.rmtree(path, ignore_errors=True)


def _left(output: Path, what: str) -> list[Path]:
    start = _beside(output, f"{what}-").name
    if not output.parent.is_dir():
        return []
    return sorted(path for path in output.parent.iterdir() if path.name.startswith(start))


def _beside(output: Path, what: str) -> Path:
    return output.with_name(f".{output.name}.{what}")


def _move(partial: Path, output: Path) -> None:
    if not output.exists():
        partial.rename(output)
        return
    if exchange(partial, output):
        return
    old = _beside(output, f"replaced-{os.getpid()}")
    output.rename(old)
    try:
        partial.rename(output)
    except OSError:
        old.rename(output)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    """Have what was written on the disk before it is moved into place. Windows cannot do this for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
