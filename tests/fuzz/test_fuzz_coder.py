"""No text makes the coder raise, hang, or give rows with errors.

A short run is part of the tests. A long one: `GTDLIKE_FUZZ=20000 pytest tests/fuzz`. With coverage to lead the way,
where atheris is installed (`pip install 'gtdlike[fuzz]'`): `python tests/fuzz/fuzz_coder.py`.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def _load(name: str) -> ModuleType:
    """A module beside this one, which pytest's importing does not put on the path."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


soup, check = _load("soup"), _load("check").check
TIMES = int(os.environ.get("GTDLIKE_FUZZ", "150"))
DAYS = st.none() | st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
many = settings(max_examples=TIMES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_soup_of_news_words() -> None:
    for seed in range(TIMES):
        pick = random.Random(seed)
        text = soup.cook(pick)
        day = pick.choice((None, dt.date(2016, 2, 29), dt.date(1, 1, 1), dt.date(9999, 12, 31)))
        try:
            check(text, day)
        except Exception as error:
            pytest.fail(f"seed {seed}, {day}: {error!r}\n{text!r}")


@many
@given(st.text(max_size=300), DAYS)
def test_any_text(text: str, day: dt.date | None) -> None:
    check(text, day)


@many
@given(st.data(), DAYS)
def test_all_words_of_the_lexicons_in_any_order(data: st.DataObject, day: dt.date | None) -> None:
    pieces = st.sampled_from([*soup.lexicon(), *soup.NUMBERS, *soup.DATES, *soup.HALVES, *soup.MARKS, *soup.STRANGE])
    check(" ".join(data.draw(st.lists(pieces, max_size=40))), day)


def test_every_phrase_of_the_lexicons_in_one_text() -> None:
    words = soup.lexicon()
    random.Random(5).shuffle(words)
    for n in range(0, len(words), 2500):
        check(". ".join(words[n : n + 2500]), dt.date(2016, 2, 29))
