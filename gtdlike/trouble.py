"""What it means that a file cannot be written, and what to do about it."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from typing import Final

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
_NUMBER: Final = re.compile(
    r"(?:os error |\[errno )(\d+)"
)  # Polars and Arrow tell the number of the system's error in the message only


def why_not_written(error: OSError) -> tuple[str, str]:
    """Why something could not be written, and the remedy."""
    found = _NUMBER.search(str(error))
    code = error.errno or (int(found[1]) if found else 0)
    return _KNOWN.get(code, (error.strerror or str(error), "Check the folder and the space left on its disk."))
