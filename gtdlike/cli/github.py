"""Texts as GitHub's workflow commands take them."""

from __future__ import annotations


def data(text: str) -> str:
    """The text of an annotation."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def property_(text: str) -> str:
    """A property of an annotation, such as its file."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
