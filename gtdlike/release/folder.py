"""A folder that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gtdlike.errors import WriteError

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
def whole_folder(output: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a temporary folder beside the output to write into; at the end it is moved into place in one step.

    When anything fails, the temporary folder is removed and the output is as it was.
    """
    output = output.resolve()
    check_output(output, overwrite=overwrite)
    output.parent.mkdir(parents=True, exist_ok=True)
    partial = output.with_name(f".{output.name}.partial-{os.getpid()}")
    # One of this number can only be left from a process that was killed.
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir()
        yield partial
        for path in sorted(partial.iterdir()):
            _sync(path)
        _sync(partial)
        check_output(output, overwrite=overwrite)
        _move(partial, output)
        _sync(output.parent)
    except OSError as error:
        raise WriteError(f"The release cannot be written: {error}.", file=str(output)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _move(partial: Path, output: Path) -> None:
    if not output.exists():
        partial.rename(output)
        return
    old = output.with_name(f".{output.name}.replaced-{os.getpid()}")
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
