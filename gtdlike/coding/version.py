"""Which version of the rules, the lexicons and all else a coded article was coded by."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

LIBRARIES: Final = ("cattrs", "marisa-trie", "py3langid", "pyarrow")
"""What the coding goes through besides the package itself and Python."""


@cache
def code_version() -> str:
    """A digest of all files of the package, its data included, of Python's version and of the libraries.

    Whatever is edited - a rule, a lexicon, a code list - makes another version, even one that would code the same. It
    is worked out once in a process, in a few hundredths of a second.
    """
    digest = hashlib.sha256()
    told = [f"Python {sys.version_info[:3]}, Unicode {unicodedata.unidata_version}", *map(_library, LIBRARIES)]
    digest.update("\n".join(told).encode())
    for name, file in sorted(_files(files("gtdlike"), "")):
        data = file.read_bytes()
        digest.update(f"\n{name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name}, without a version"


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.is_dir():
            if one.name != "__pycache__":
                yield from _files(one, f"{path}{one.name}/")
        else:
            yield f"{path}{one.name}", one
