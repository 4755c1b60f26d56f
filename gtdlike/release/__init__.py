"""Releases: a dataset built from articles, whole and reproducible."""

from __future__ import annotations

from gtdlike.release.build import build
from gtdlike.release.manifest import Manifest

__all__ = ["Manifest", "build"]
