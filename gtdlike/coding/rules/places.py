"""Places: names in a sentence, chained from the small to the large, and settled on one place of the gazetteer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gtdlike.coding.gazetteer import Gazetteer
from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.place_lexicon import glue, place_nouns
from gtdlike.coding.rules.place_model import Level, PlaceChain, PlaceMention, Settled
from gtdlike.coding.rules.place_nations import read_country, read_heading
from gtdlike.coding.rules.place_reading import PlaceReader
from gtdlike.coding.rules.place_setting import Setting
from gtdlike.coding.rules.place_settling import Settler
from gtdlike.coding.rules.place_standins import STANDING_IN, stand_in
from gtdlike.coding.rules.prose import Prose, Sentence

__all__ = ["Level", "PlaceChain", "PlaceFinder", "PlaceMention", "Settled"]

_WIDEST_LINK = 4
"""So many words may stand between two names of one place."""

_WIDEST_APPOSITION = 12
"""And so many, where they are a description set off by a comma."""


class PlaceFinder:
    """Finds the places of one article; its countries settle names that many places bear."""

    def __init__(self, prose: Prose, published: dt.date | None = None) -> None:
        self.prose = prose
        self.gazetteer = Gazetteer.load()
        self.setting = Setting(prose, self.gazetteer, published)
        self._reader = PlaceReader(prose, self.gazetteer, self.setting)
        self.told: list[PlaceChain] = []
        """All chains of the article, in its order."""
        self._settler = Settler(self.gazetteer, self.setting)
        self.memo: dict[object, Any] = {}

    def mentions(self, sentence: Sentence, blocked: Sequence[tuple[int, int]] = ()) -> list[PlaceMention]:
        """The place names of a sentence; word runs in `blocked` (names of groups, dates) are passed over."""
        found: list[PlaceMention] = []
        taken = {i for a, b in blocked for i in range(a, b)}
        free = 0
        for i, word in enumerate(sentence.words):
            if i < free or not (i == 0 or word.capital or word.low in STANDING_IN or self.prose.capitals):
                continue
            if i in taken or not word.low[:1].isalpha():
                continue
            mention = self._mention(sentence, i, found[-1] if found else None)
            if mention is not None and not any(k in taken for k in range(mention.first, mention.last)):
                found.append(mention)
                free = mention.last
        return found

    def _mention(self, s: Sentence, i: int, previous: PlaceMention | None) -> PlaceMention | None:
        return (
            (read_heading(self._reader, s, i) if i == 0 else None)
            or read_country(self._reader, s, i)
            or (stand_in(s, i, self.setting, previous) if s.lows[i] in STANDING_IN else None)
            or self._reader.local(s, i, previous)
        )

    def vote(self, mentions: Sequence[PlaceMention], weight: int = 1) -> None:
        """Let the unambiguous towns of a sentence tell of the article's countries."""
        self.setting.vote(mentions)

    def chains(self, sentence: Sentence, mentions: Sequence[PlaceMention]) -> list[PlaceChain]:
        """Mentions that stand in one row name one place."""
        found: list[list[PlaceMention]] = []
        for mention in mentions:
            if found and self._linked(sentence, found[-1][-1], mention):
                found[-1].append(mention)
            else:
                found.append([mention])
        chains = [PlaceChain(tuple(sorted(c, key=lambda m: m.level == "country"))) for c in found]
        self.told += chains
        return chains

    def _linked(self, sentence: Sentence, last: PlaceMention, mention: PlaceMention) -> bool:
        between = sentence.lows[last.last : mention.first]
        while between and (noun := place_nouns().at(between, 0)):
            between = between[noun.end :]
        if mention.noun == "here" and not between and last.level not in ("country", "people"):
            return True  # "in Kalawi village here"
        if last.level == "people" or "and" in between or not between:
            return False
        if between[0] == "," and "of" in between[-2:] and word_set("compass") & set(between):
            return False  # "in Baquba, north of the capital": the larger town only shows the way
        if last.level == "part" and mention.preposition in ("in", "near", "at") and mention.level in ("any", "city"):
            # "the Assembly Hall concert venue in X", "Assembly Hall, a large theatre on the outskirts of X"
            beside = (
                between[0] == "," and between[1:2] in (["a"], ["an"], ["the"]) and len(between) <= _WIDEST_APPOSITION
            )
            if (len(between) <= _WIDEST_LINK and between[0].isalpha()) or beside:
                return True
        if len(between) > _WIDEST_LINK or not all(w in glue("link") for w in between):
            return False
        if last.level == "country" and last.noun is not None and between == ["of"]:
            return True  # "the Kenyan town of ..."
        return last.level != "country" or ("'s" in between and mention.level != "country")

    def settle(self, chain: PlaceChain) -> Settled:
        """One place from a chain: its country, first-order region, city and what is finer."""
        return self._settler.settle(chain)
