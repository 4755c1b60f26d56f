"""Where a sheet of a workbook has errors of Excel, such as #REF!: the reader of workbooks leaves these cells blank."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from typing import IO
from xml.etree import ElementTree

_PIECE = 4 << 20
# No cell of an error is longer than this.
_LAP = 4 << 10
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)


def error_cells(file: IO[bytes], title: str) -> Mapping[int, Mapping[int, str]]:
    """The errors of the sheet of this title, by row and column, both counted from 0. None where it is not found."""
    found: dict[int, dict[int, str]] = {}
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as parts, parts.open(_part_of(parts, title)) as sheet:
            kept = b""
            while piece := sheet.read(_PIECE):
                kept += piece
                if b't="e"' in kept:
                    for match in _ERROR.finditer(kept):
                        column = 0
                        for letter in match[1]:
                            column = column * 26 + letter - ord("A") + 1
                        found.setdefault(int(match[2]) - 1, {})[column - 1] = match[3].decode("utf-8", "replace")
                kept = kept[-_LAP:]
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError):
        return {}
    return found


def _part_of(parts: zipfile.ZipFile, title: str) -> str:
    """The name of the file in the workbook that holds a sheet. Raises KeyError where there is none."""
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == title:
            link = next((value for key, value in sheet.items() if key.endswith("}id")), None)
            target = targets[link]
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    raise KeyError(title)
