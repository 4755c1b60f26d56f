"""Coders for the tests, in a module of their own so that worker processes can import them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

CODERS = '''
import os
from attrs import frozen
from gtdlike.coding.base import CodedIncident
from gtdlike.incident import Incident


@frozen
class WordCoder:
    """One incident for each word "attack"; what else the words ask for is done too."""

    def code(self, article):
        if "raise" in article.text:
            raise RuntimeError("the coder met a word that it cannot bear")
        if "die" in article.text:
            os._exit(13)
        if "nonsense" in article.text:
            return ["no incident at all"]
        if "unsendable" in article.text:
            return [CodedIncident(article.id, Incident(summary=lambda: None))]
        count = article.text.split().count("attack")
        return [CodedIncident(article.id, Incident(summary=f"{article.id}: {n}")) for n in range(count)]


class Unpicklable(WordCoder):
    def __reduce__(self):
        raise TypeError("this coder holds an open connection")


class DiesOnArrival(WordCoder):
    def __reduce__(self):
        return _die_unless_parent, (os.getpid(),)


def _die_unless_parent(parent):
    if os.getpid() != parent:
        os._exit(1)
'''


@pytest.fixture
def coders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of coders, importable here and in worker processes, which are given this `sys.path`."""
    (tmp_path / "coders_for_tests.py").write_text(CODERS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    sys.modules.pop("coders_for_tests", None)
    return importlib.import_module("coders_for_tests")
