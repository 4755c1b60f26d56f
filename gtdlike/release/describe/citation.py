"""`CITATION.cff`: the Citation File Format 1.2.0, by which archives and code hosts say how to cite.

It is YAML. Every text stands in quotation marks as JSON writes it, which YAML reads as the same text once the signs
that YAML takes for none, or for the end of a line, are escaped as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from gtdlike.release.describe.about import Creator
from gtdlike.release.describe.facts import ReleaseFacts

_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def citation(facts: ReleaseFacts) -> str:
    """The text of the file."""
    return "\n".join(_lines(facts)) + "\n"


def _lines(facts: ReleaseFacts) -> Iterator[str]:
    about = facts.about
    told = "Please cite this dataset as below."
    unknown = "Who made this dataset is not stated; please add its creators when you cite it."
    yield 'cff-version: "1.2.0"'
    yield f"message: {_quoted(told if about.creators else unknown)}"
    yield 'type: "dataset"'
    yield f"title: {_quoted(facts.title)}"
    yield f"abstract: {_quoted(facts.description)}"
    yield "authors:"
    for one in about.creators:
        yield from _author(one)
    if not about.creators:
        # The format asks for an author, and this is its way of saying that none is known.
        yield '  - name: "anonymous"'
    for key, value in (
        ("version", about.version),
        ("date-released", about.published.isoformat() if about.published else None),
        ("doi", about.doi),
        ("url", about.url),
        ("license", about.license.id if about.license else None),
        ("license-url", about.license.url if about.license and not about.license.id else None),
    ):
        if value:
            yield f"{key}: {_quoted(value)}"
    if about.keywords:
        yield "keywords:"
        yield from (f"  - {_quoted(word)}" for word in about.keywords)


def _author(creator: Creator) -> Iterator[str]:
    # An organization has no affiliation in this format.
    person = {"family-names": creator.family, "given-names": creator.given, "affiliation": creator.affiliation}
    known = {**(person if creator.family else {"name": creator.name}), "orcid": creator.orcid}
    first = "  - "
    for key, value in known.items():
        if value:
            yield f"{first}{key}: {_quoted(value)}"
            first = "    "


def _quoted(text: str) -> str:
    return _UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
