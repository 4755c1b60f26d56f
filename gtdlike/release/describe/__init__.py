"""A release described by the standards of others, one file a standard, so that any catalogue or tool can take it."""

from __future__ import annotations

from pathlib import Path

from gtdlike.codebook import Codebook
from gtdlike.release.describe.about import About, Creator, License, read_about
from gtdlike.release.describe.files import FILES
from gtdlike.release.manifest import Manifest

__all__ = ["FILES", "About", "Creator", "License", "describe", "read_about"]


def describe(folder: Path, manifest: Manifest, codebook: Codebook, about: About | None = None) -> None:
    """Write the files that describe a release into its folder, where all its tables and formats stand already.

    `manifest` is that of the release as it is so far: the digests of the data are taken from its `files`. `about` is
    what people say about the release; what nobody says is left out, or stands as unknown where a standard asks for it.
    The same data and the same `about` give the same bytes.
    """
    from gtdlike.release.describe.citation import citation
    from gtdlike.release.describe.croissant import croissant
    from gtdlike.release.describe.datapackage import datapackage
    from gtdlike.release.describe.ddi import codebook_xml
    from gtdlike.release.describe.facts import ReleaseFacts
    from gtdlike.release.describe.page import codebook_html
    from gtdlike.release.describe.readme import readme

    facts = ReleaseFacts.of(folder, manifest, codebook, about or About())
    written = {
        "CITATION.cff": citation(facts),
        "README.md": readme(facts),
        "codebook.html": codebook_html(facts),
        "codebook.xml": codebook_xml(facts),
        "croissant.json": croissant(facts),
        "datapackage.json": datapackage(facts),
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
