"""The persons whom an article names, and what it says that each of them is; for releases that name no private persons.

Names are found by what stands beside them - an office, a title, a trade, an age, what became of the person, the words
of `person_cues.csv` - and by given names that the lexicon has. A name that none of these betrays is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from attrs import frozen

from gtdlike.codebook import load_codebook
from gtdlike.coding.rules.fates import is_fate
from gtdlike.coding.rules.lexicon import phrases
from gtdlike.coding.rules.people import lexicon
from gtdlike.coding.rules.perpetrators import find_groups
from gtdlike.coding.rules.persons import given_names
from gtdlike.coding.rules.prose import Prose, Sentence, fold, read_prose
from gtdlike.coding.rules.target_name_words import name_at, name_before, ordinary, upper_case
from gtdlike.coding.rules.target_names import Person, people_of, suspects_of
from gtdlike.coding.rules.wordlists import wordset

_WAS = frozenset("was were is are has have had been being".split())
_HONORIFICS = frozenset("mr mrs ms msgr dr".split())
_CITIZEN, _HEAD_OF_STATE = 14, 17


@frozen
class NamedPerson:
    """A person at one place where the article names him or her.

    `name` is the words of the name, in lower case and without diacritics; `start` and `end` are their offsets. The
    types are those of the targets of the codebook, by what the article says that the person is, None if it says nothing
    here. `suspect`: the article calls the person an attacker, a suspect or the like.
    """

    name: tuple[str, ...]
    start: int
    end: int
    targtype: int | None = None
    targsubtype: int | None = None
    suspect: bool = False

    @property
    def told(self) -> bool:
        """Whether the article says here what the person is."""
        return self.suspect or self.targtype is not None


def named_persons(text: str) -> list[NamedPerson]:
    """The persons whom a text names, at every place where something shows that it is a person's name."""
    prose = read_prose(text)
    found = [_of(person, suspect=False) for person in people_of(prose)]
    found += [_of(person, suspect=True) for person in suspects_of(prose)]
    for sentence in prose.sentences:
        for first, last in _runs(prose, sentence):
            words = sentence.words[first:last]
            found.append(NamedPerson(_name(sentence, first, last), words[0].start, words[-1].end))
    sound = (one for one in set(found) if one.name and not _is_thing(one.name))
    return sorted(sound, key=lambda one: (one.start, one.end, repr(one)))


def name_words(text: str) -> tuple[str, ...]:
    """The words of a text that may be those of a name: they begin with a capital letter, and are no everyday words."""
    words = [word for word in text.replace("-", " ").split() if word[:1].isupper() and word.isalpha()]
    return _without_peoples([low for low in map(fold, words) if low not in ordinary()])


def _is_thing(name: tuple[str, ...]) -> bool:
    """Is it the name of a country, or, by its last word, of a building, a vehicle or a body?"""
    if name in _countries():
        return True
    last = [name[-1]] if len(name) > 1 else []
    hit = lexicon().at(last, 0)
    return (hit is not None and hit.value["shape"] != "person") or phrases("organizations").at(last, 0) is not None


@cache
def _countries() -> frozenset[tuple[str, ...]]:
    names = (name for country in load_codebook().countries for name in (country.name, *country.aliases))
    return frozenset(tuple(fold(name).split()) for name in names)


@cache
def is_everyday(word: str) -> bool:
    """Does the lexicon know the word as something else than a name? Then it does not stand for a person by itself."""
    lexicons = (phrases(name) for name in ("targets", "triggers", "weapons", "organizations"))
    return word in ordinary() or word in _peoples() or any(one.at([word], 0) is not None for one in lexicons)


def _of(person: Person, *, suspect: bool) -> NamedPerson:
    words = person.sentence.words
    codes = (person.row["targtype"], person.row["targsubtype"])
    targtype, targsubtype = (int(code) if code else None for code in codes)
    if targtype is None and not suspect:
        targtype = _CITIZEN  # a role that the codebook has no class for
    if targsubtype == _HEAD_OF_STATE and not _of_a_state(person):
        targtype, targsubtype = _CITIZEN, None
    name = _name(person.sentence, person.first, person.last)
    return NamedPerson(name, words[person.first].start, words[person.last - 1].end, targtype, targsubtype, suspect)


def _of_a_state(person: Person) -> bool:
    """Is the president of something that of a country? A bank has one too."""
    lows = person.sentence.lows
    whose = next((i + 2 for i in range(len(lows) - 2) if lows[i : i + 2] == ["president", "of"]), None)
    if whose is None:
        return True
    body = lows[whose + (lows[whose] == "the") :]
    return body[:1] in (["republic"], ["country"]) or any(tuple(body[:n]) in _countries() for n in range(1, 5))


def _name(sentence: Sentence, first: int, last: int) -> tuple[str, ...]:
    return _without_peoples([low for low in sentence.lows[first:last] if low[:1].isalpha()])


def _without_peoples(words: list[str]) -> tuple[str, ...]:
    """The words of a name without those before it that say of which people somebody is."""
    while words and words[0] in _peoples():
        words = words[1:]
    return tuple(words)


@cache
def _peoples() -> frozenset[str]:
    return frozenset(fold(word) for country in load_codebook().countries for word in country.demonyms)


def _runs(prose: Prose, s: Sentence) -> Iterator[tuple[int, int]]:
    """Where words stand that are a person's name by what is beside them or by themselves."""
    upper = upper_case(s)
    groups = {i for group in find_groups(prose, s) for i in range(group.first, group.last)}

    def sound(first: int | None, last: int | None, least: int = 2) -> Iterator[tuple[int, int]]:
        if first is not None and last is not None and last - first >= least and groups.isdisjoint(range(first, last)):
            yield first, last

    for i, low in enumerate(s.lows):
        after = s.lows[i + 1 : i + 2]
        if low in given_names() and s.words[i].capital:
            alone = not upper and (i == 0 or not s.words[i - 1].capital)
            yield from sound(i, name_at(s, i, upper), 1 if alone else 2)
        if low in wordset("title") and i + 1 < len(s.lows):
            yield from sound(i + 1, name_at(s, i + 1, upper), 2 if upper and low not in _HONORIFICS else 1)
        aged = (after and after[0].isdigit() and len(after[0]) <= 3) or "old" in s.lows[i + 1 : i + 7]
        if low == "," and aged:  # "Ana Ruiz, 34," or "Ana Ruiz, a 34-year-old teacher"
            yield from sound(name_before(s, i, upper), i)
        if (low in _WAS and any(map(is_fate, s.lows[i + 1 : i + 4]))) or is_fate(low):
            yield from sound(name_before(s, i, upper), i)
        if is_fate(low):
            yield from sound(i + 1, name_at(s, i + 1, upper))
    for hit in phrases("person_cues").find(s.lows):
        if hit.value["name"] != "after":
            yield from sound(name_before(s, _subject_end(s.lows, hit.start), upper), _subject_end(s.lows, hit.start))
        if hit.value["name"] != "before":
            yield from sound(hit.end, name_at(s, hit.end, upper))


def _subject_end(lows: list[str], end: int) -> int:
    """Where the subject of a verb ends: before "was", "has been", and a comma before "who"."""
    while end > 0 and (lows[end - 1] in _WAS or lows[end - 1] == ","):
        end -= 1
    return end
