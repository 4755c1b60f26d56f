"""What it means that a release cannot be written, and what to do about it."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from gtdlike.errors import WriteError

_NO_SPACE: Final = "Free some space, or name a folder on another disk. What was coded is in the cache, if one is used."
_NO_RIGHT: Final = "Have the folder opened for you, or name another one."
_KNOWN: Final[Mapping[int, tuple[str, str]]] = {
    errno.ENOSPC: ("there is no space left on the disk", _NO_SPACE),
    errno.EDQUOT: ("your share of the disk is used up", _NO_SPACE),
    errno.EFBIG: ("a file became larger than it may be here", _NO_SPACE),
    errno.EACCES: ("the folder may not be written to", _NO_RIGHT),
    errno.EPERM: ("the folder may not be written to", _NO_RIGHT),
    errno.EROFS: ("the disk may only be read", "Name a folder on another disk."),
    errno.ENOTDIR: ("a file is in the way, where a folder is needed", "Name another folder."),
    errno.EEXIST: ("a file is in the way, where a folder is needed", "Name another folder."),
    errno.ENAMETOOLONG: ("the name is too long", "Name a folder with a shorter name."),
}  # fmt: skip
_NUMBER: Final = re.compile(r"\(os error (\d+)\)")  # Polars tells the number of the system's error in its message only


def cannot_write(error: OSError, output: Path) -> WriteError:
    """The error that says which file could not be written and why. What stood at the output is as it was."""
    found = _NUMBER.search(str(error))
    code = error.errno or (int(found[1]) if found else 0)
    why, remedy = _KNOWN.get(code, (error.strerror or str(error), "Check the folder and the space left on its disk."))
    at = f" ({error.filename})" if error.filename else ""
    return WriteError(f"The release cannot be written: {why}{at}. Nothing was changed.", str(output), None, remedy)
