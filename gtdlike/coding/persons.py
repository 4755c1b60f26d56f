"""The persons whom an article names, and what it says that each of them is; for releases that name no private persons.

Names are found by what stands beside them - an office, a title, a trade, an age, what became of the person - and by
given names that the lexicon has. A name that none of these betrays is not found.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from gtdlike.coding.rules.fates import is_fate
from gtdlike.coding.rules.perpetrators import find_groups
from gtdlike.coding.rules.persons import given_names
from gtdlike.coding.rules.prose import Prose, Sentence, fold, read_prose
from gtdlike.coding.rules.target_name_words import name_at, name_before, ordinary, upper_case
from gtdlike.coding.rules.target_names import Person, people_of, suspects_of
from gtdlike.coding.rules.wordlists import wordset

_WAS = frozenset("was were is are has have had been being".split())
_NAMING = frozenset("identified as named called alias".split())


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
    return sorted((one for one in set(found) if one.name), key=lambda one: (one.start, one.end, repr(one)))


def name_words(text: str) -> tuple[str, ...]:
    """The words of a text that may be those of a name: they begin with a capital letter, and are no everyday words."""
    words = [word for word in text.replace("-", " ").split() if word[:1].isupper() and word.isalpha()]
    return tuple(low for low in map(fold, words) if low not in ordinary())


def _of(person: Person, *, suspect: bool) -> NamedPerson:
    words = person.sentence.words
    codes = (person.row["targtype"], person.row["targsubtype"])
    targtype, targsubtype = (int(code) if code else None for code in codes)
    if targtype is None and not suspect:
        targtype = _CITIZEN  # a role that the codebook has no class for
    name = _name(person.sentence, person.first, person.last)
    return NamedPerson(name, words[person.first].start, words[person.last - 1].end, targtype, targsubtype, suspect)


_CITIZEN = 14


def _name(sentence: Sentence, first: int, last: int) -> tuple[str, ...]:
    return tuple(low for low in sentence.lows[first:last] if low[:1].isalpha())


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
            yield from sound(i + 1, name_at(s, i + 1, upper), 2 if upper else 1)
        if low == "," and after and after[0].isdigit() and len(after[0]) <= 3:
            yield from sound(name_before(s, i, upper), i)
        if (low in _WAS and any(map(is_fate, s.lows[i + 1 : i + 4]))) or is_fate(low):
            yield from sound(name_before(s, i, upper), i)
        if is_fate(low) or low in _NAMING:
            yield from sound(i + 1, name_at(s, i + 1, upper))
