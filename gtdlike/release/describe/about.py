"""What people say about a release in `--about FILE.toml`: its title, version, creators, licence and where it is found.

All of it may be left out; nothing is made up in its place. There is no date of today: the only dates of a release are
those that stand here or in the data.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from gtdlike.errors import ReadError, remedy_for

ORCID: Final = "https://orcid.org/"
DOI: Final = "https://doi.org/"


@frozen
class License:
    """What readers may do with a release. `id` is that of SPDX, and None for one that is given by its address."""

    url: str
    id: str | None = None
    name: str | None = None


@frozen
class Creator:
    """Who made a release: a person with `given` and `family` name, or an organization, or anybody by the whole `name`.

    `orcid` is the whole address, `https://orcid.org/0000-0002-1825-0097`.
    """

    name: str | None = None
    given: str | None = None
    family: str | None = None
    affiliation: str | None = None
    orcid: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is told to be a person: by the parts of the name, or by an ORCID, which only people have."""
        return self.family is not None or self.orcid is not None

    @property
    def full_name(self) -> str:
        """The name as one reads it."""
        return self.name or " ".join(filter(None, (self.given, self.family)))

    @property
    def sorted_name(self) -> str:
        """The name as it stands in a list of references."""
        return self.name or ", ".join(filter(None, (self.family, self.given)))


@frozen
class About:
    """What people say about a release. `doi` is without its address: `10.1234/abcd`."""

    title: str | None = None
    version: str | None = None
    description: str | None = None
    license: License | None = None
    creators: tuple[Creator, ...] = ()
    published: dt.date | None = None
    url: str | None = None
    doi: str | None = None
    keywords: tuple[str, ...] = ()

    @property
    def address(self) -> str | None:
        """Where the release is found: by its DOI, which lasts, or by its URL."""
        return f"{DOI}{self.doi}" if self.doi else self.url


class _Refused(ValueError):
    """A value that a key does not take: what is wrong with it, and what to write."""


def read_about(path: str | Path) -> About:
    """Read a file of `--about`. Raises ReadError that names the file, the line, the key and the remedy."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(f"The file cannot be read: {error.strerror or error}.", str(path)) from error
    except UnicodeDecodeError as error:
        raise ReadError(f"It is not UTF-8: {error}.", str(path), remedy="Save it as UTF-8.") from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReadError(f"It is not TOML: {error}.", str(path), remedy="Correct it there, or above.") from error

    def fail(way: tuple[str | int, ...], problem: str, remedy: str) -> ReadError:
        return ReadError(problem, str(path), _place(text, way), remedy)

    creators = content.pop("creators", [])
    if not isinstance(creators, list) or not all(isinstance(one, dict) for one in creators):
        raise fail(("creators",), "creators are no tables.", "Write [[creators]] above the lines of each.")
    return About(
        **_read(content, _ABOUT, (), fail), creators=tuple(_creator(one, n, fail) for n, one in enumerate(creators))
    )


_Fail = Callable[[tuple[str | int, ...], str, str], ReadError]
_Reader = Callable[[Any], Any]


def _read(
    table: Mapping[str, Any], readers: Mapping[str, _Reader], way: tuple[str | int, ...], fail: _Fail
) -> dict[str, Any]:
    values = {}
    known = [*readers, "creators"] if not way else list(readers)
    for key, value in table.items():
        if key not in readers:
            remedy = remedy_for(key, known, f"The keys are: {', '.join(known)}.")
            raise fail((*way, key), f"There is no key {key!r}.", remedy)
        try:
            values[key] = readers[key](value)
        except _Refused as refused:
            problem, remedy = refused.args
            raise fail((*way, key), f"{key} = {str(value)!r} {problem}", remedy) from None
    return values


def _creator(table: Mapping[str, Any], number: int, fail: _Fail) -> Creator:
    way = "creators", number
    values = _read(table, _CREATOR, way, fail)
    if ("name" in values) == ("family" in values) or ("given" in values and "family" not in values):
        problem = "A creator has either a family name or a whole name."
        raise fail(way, problem, "Write given and family of a person, or name of an organization.")
    return Creator(**values)


def _place(text: str, way: tuple[str | int, ...]) -> str:
    """The line and the key, in words."""
    from gtdlike.codebook.lines import Outline, line_and_column

    span = Outline(text).read().key(way)
    line = f"line {line_and_column(text, span[0])[0]}, " if span else ""
    return f"{line}{'.'.join(str(part + 1) if isinstance(part, int) else part for part in way)}"


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Refused("is no text.", 'Write it in quotation marks: "...".')
    return value.strip()


def _url(value: Any) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", found := _text(value)):
        raise _Refused("is no address of the web.", "Write it whole, with https://.")
    return found


def _doi(value: Any) -> str:
    found = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", _text(value), flags=re.I)
    if not re.fullmatch(r"10\.\d{4,9}/\S+", found):
        raise _Refused("is no DOI.", 'Write it as "10.1234/abcd".')
    return found


def _orcid(value: Any) -> str:
    digits = _text(value).removeprefix("http://orcid.org/").removeprefix(ORCID)
    total = 0
    if re.fullmatch(r"(?:\d{4}-){3}\d{3}[\dX]", digits):
        for digit in digits[:-1].replace("-", ""):
            total = (total + int(digit)) * 2
        # The last sign is a check digit by ISO 7064.
        if digits[-1] == "0123456789X"[(12 - total % 11) % 11]:
            return ORCID + digits
        raise _Refused("is no ORCID: its check digit is wrong.", "Compare it with the person's page at orcid.org.")
    raise _Refused("is no ORCID.", 'Write it as "0000-0002-1825-0097".')


def _date(value: Any) -> dt.date:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    if isinstance(value, dt.datetime):
        return value.date()
    if not isinstance(value, dt.date):
        raise _Refused("is no date.", "Write it as 2024-05-31.")
    return value


def _keywords(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Refused("is no list.", 'Write a list such as ["terrorism", "event data"].')
    return tuple(dict.fromkeys(_text(word) for word in value))


def _license(value: Any) -> License:
    if (found := _text(value)).startswith(("http://", "https://")):
        return License(_url(found))
    if found not in licenses():
        remedy = remedy_for(found, licenses(), f"The licences known by name are {', '.join(licenses())}.")
        raise _Refused("is no licence that is known here.", f"{remedy} Give any other by its address, https://...")
    return licenses()[found]


@cache
def licenses() -> Mapping[str, License]:
    """The licences of data that are known by their SPDX id."""
    text = files("gtdlike.release.describe").joinpath("licenses.csv").read_text(encoding="utf-8")
    return {row["id"]: License(row["url"], row["id"], row["name"]) for row in csv.DictReader(text.splitlines())}


_ABOUT: Final[Mapping[str, _Reader]] = {
    "title": _text,
    "version": _text,
    "description": _text,
    "license": _license,
    "published": _date,
    "url": _url,
    "doi": _doi,
    "keywords": _keywords,
}
_CREATOR: Final[Mapping[str, _Reader]] = {
    "name": _text,
    "given": _text,
    "family": _text,
    "affiliation": _text,
    "orcid": _orcid,
}
