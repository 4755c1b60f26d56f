"""An article is not parsed where it holds no words of an attack: the answer may err on one side only."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.coding.rules.foretaste import may_tell_of_violence, may_trigger
from gtdlike.coding.rules.lexicon import rows
from gtdlike.coding.rules.prose import read_prose
from gtdlike.coding.rules.scene import begin_scenes

PHRASES = [row["phrase"].replace("*", "s") for name in ("triggers", "actions", "weapons") for row in rows(name)]
EVENTS = [row["phrase"].replace("*", "ing") for row in rows("triggers") if row["strength"] != "none"]
GLUE = st.sampled_from([" ", ". ", ", ", "-", "'", "™", "\u200b", "é", "_", "1", "the ", "was "])


def has_event(text: str) -> bool:
    return any(scene.events for scene in begin_scenes(read_prose(text), 0))


@pytest.mark.parametrize("phrase", EVENTS)
def test_each_phrase_for_an_attack_is_seen(phrase: str) -> None:
    text = f"Witnesses spoke of it: {phrase}, they said."
    assert may_tell_of_violence(text)
    assert may_tell_of_violence(text.upper())
    assert any(map(may_trigger, read_prose(text).sentences))


@given(st.lists(st.tuples(st.sampled_from(PHRASES), GLUE), max_size=8), st.sampled_from([str, str.upper, str.title]))
@settings(max_examples=300, deadline=None)
def test_no_event_is_lost(parts: list[tuple[str, str]], case: type[str]) -> None:
    text = case("".join(phrase + glue for phrase, glue in parts))
    if not may_tell_of_violence(text) or not any(map(may_trigger, read_prose(text).sentences)):
        assert not has_event(text)


def test_what_tells_of_no_attack_is_seen_at_once() -> None:
    words = "council voted budget library roof rain harvest price school bridge ticket season".split()
    assert not may_tell_of_violence(" ".join(random.Random(3).choices(words, k=200)))


def test_an_action_needs_a_weapon() -> None:
    assert not may_tell_of_violence("The company launched a new bus line.")
    assert may_tell_of_violence("The men launched a rocket.")
