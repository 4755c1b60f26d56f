"""A file that appears when it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gtdlike.errors import WriteError
from gtdlike.trouble import why_not_written


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; at the end it takes the place of `path`, in one step.

    When anything fails, `path` is as it was. Raises WriteError where the file cannot be written.
    """
    if path.is_dir():
        raise WriteError("It is a folder.", str(path), remedy="Name a file in it.")
    if not path.parent.is_dir():
        raise WriteError(f"There is no folder {path.parent}.", str(path), remedy="Make it first.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        os.replace(part, path)
    except OSError as error:
        why, remedy = why_not_written(error)
        raise WriteError(f"It cannot be written: {why}.", str(path), remedy=remedy) from error
    finally:
        part.unlink(missing_ok=True)
