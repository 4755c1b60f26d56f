"""Elements of XML with a text."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as Xml

# What XML has no way to write.
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Xml.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    """Add an element with a text to another. A sign that XML cannot write becomes the replacement character."""
    cleaned = {key: _NO_XML.sub("\ufffd", value) for key, value in (attributes or {}).items()}
    Xml.SubElement(parent, name, cleaned).text = _NO_XML.sub("\ufffd", text)
