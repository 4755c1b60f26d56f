"""Two folders change places in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

_HERE: Final = -100  # AT_FDCWD: a path counts from the current folder
_EXCHANGE: Final = 2  # RENAME_EXCHANGE of Linux's <linux/fs.h>, and RENAME_SWAP of macOS's <sys/stdio.h>
_CANNOT: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.EPERM})
"""What the kernel says where it or the file system knows no exchange."""


def exchange(one: Path, other: Path) -> bool:
    """Let two existing paths change places in one step. False where this system or file system cannot do it.

    Raises OSError where it could, and something else is in the way: a missing path, a folder that may not be written.
    """
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            result = library.renamex_np(os.fsencode(one), os.fsencode(other), _EXCHANGE)
        else:
            result = library.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    except (OSError, TypeError, AttributeError):
        # Windows has no such library, and an old or small C library not the function.
        return False
    if result == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))
