"""The gazetteer: which places a name may mean, and where they lie.

Two files hold the data, both made by `scripts/make_gazetteer.py` from GeoNames (CC BY 4.0, see NOTICE): a table of
places (`places.arrow`, an Arrow file that any Arrow reader opens) and a trie of their folded names
(`place_names.marisa`), which is mapped into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import frozen

from gtdlike.coding.placenames import APOSTROPHES, fold, loose, place_words

if TYPE_CHECKING:
    import marisa_trie
    import pyarrow as pa

__all__ = ["KINDS", "LOOSE_MARK", "RECORD", "Gazetteer", "GazetteerPlace", "PlaceKind", "fold"]

PlaceKind = Literal["city", "region1", "region2"]
KINDS: Final[tuple[PlaceKind, ...]] = ("city", "region1", "region2")

RECORD: Final = "<I"
"""What the trie holds for each name: the number of the place in the table, times two, plus one if the name is not
(a spelling of) the place's main name."""

LOOSE_MARK: Final = "~"
"""Stands before a loose key in the trie, so that loose keys are never taken for names."""

ALTERNATE_DISCOUNT: Final = 20
"""A place counts for this much less under a name that is not its main one: "Nis" is the city in Serbia, not Nice."""


@frozen
class GazetteerPlace:
    """A populated place, or a region of first or second order.

    `id` is the GeoNames id. `name`, `province` (the region of first order) and `district` (of second order) are in
    English and ASCII as far as the sources have it. The coordinates of a region are the mean of its populated places,
    weighted by population; its population is their sum. `common_word` tells that the name that was looked up is also
    a word or a person's name, and needs a context ("in Nice") to count.
    """

    id: int
    name: str
    kind: PlaceKind
    province: str | None
    district: str | None
    iso: str
    latitude: float
    longitude: float
    population: int
    common_word: bool = False


class Gazetteer:
    """Places by name. Get it with `Gazetteer.load()`."""

    def __init__(self, names: marisa_trie.RecordTrie, places: pa.Table, words: dict[str, str]) -> None:
        """From a trie of names, a table of places, and the use (never, context, region, settlement) of words."""
        self._names = names
        self._words = words
        self._text = places.column("name").combine_chunks()
        self._ids = _numbers(places, "id", "I")
        self._kinds = _numbers(places, "kind", "B")
        self._latitudes = _numbers(places, "latitude", "f")
        self._longitudes = _numbers(places, "longitude", "f")
        self._populations = _numbers(places, "population", "I")
        self._lags = _numbers(places, "lag", "I")
        self._provinces = _texts(places, "province")
        self._districts = _texts(places, "district")
        self._isos = _texts(places, "iso")
        self._cached = lru_cache(maxsize=1 << 14)(self._look_up)
        self._known_as = lru_cache(maxsize=1 << 14)(self._named_and_begun)

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer of the package; read once in a process."""
        return _load()

    def __len__(self) -> int:
        return len(self._text)

    def __reduce__(self) -> tuple[object, ...]:
        # A coder that holds the gazetteer can go to another process, which maps the same files.
        if self is not _load():
            raise TypeError(
                "Only the gazetteer of Gazetteer.load() can be pickled. Make this one anew where it is needed."
            )
        return (_load, ())

    def find(self, name: str) -> Sequence[GazetteerPlace]:
        """All places of that name, the largest first; a place's main name outweighs another name.

        Case, diacritics, hyphens and apostrophes do not count. Where nothing bears the name to the letter, "X
        province" gives the regions named X, "X city" the cities, and after that a looser key (no article, no doubled
        letters) is tried for names of five letters and more.
        """
        folded = _fold_token(name)
        if self._never(folded):
            return ()
        if exact := self._cached(folded):
            return exact
        stem, _, last = folded.rpartition(" ")
        if stem and (narrow := _only(self._cached(stem), self._words.get(last))):
            return narrow
        return self._loosely(folded)

    def longest(self, tokens: Sequence[str], start: int, most: int = 6) -> tuple[int, Sequence[GazetteerPlace]] | None:
        """The longest run of tokens from `start` that is a name: how many tokens, and the places of that name.

        Names are matched to the letter (after folding). Hyphens and apostrophes that are tokens of their own are
        bridged, other punctuation is not, and a possessive ("Mosul's") is read without its ending. A word like
        "province" or "city" behind the name is taken in, and leaves the regions or the cities.
        """
        found = self._runs(tokens, start, most)
        for folded, count in reversed(found.items()):
            if self._never(folded):
                continue
            places = self._cached(folded)
            after = start + count
            if after < len(tokens) and (narrow := _only(places, self._words.get(fold(tokens[after])))):
                return count + 1, narrow
            return count, places
        return None

    def inside(self, name: str, iso: str | None = None, province: str | None = None) -> GazetteerPlace | None:
        """The largest place of that name in that country (ISO 3166 code) and in that province.

        The province may be spelt in any way that the gazetteer knows for it, or that is loosely the same. A province
        that the gazetteer does not know in that country is left aside, because it tells nothing.
        """
        for places in self._known(name):
            there = [place for place in places if iso is None or place.iso == iso]
            if province is not None:
                there = [place for place in there if self._in_province(place, province, iso)]
            if there:
                return there[0]
        return None

    def region(self, iso: str, name: str) -> GazetteerPlace | None:
        """The region of first order of that name in that country, for its centre and its usual name."""
        for places in self._known(name):
            for place in places:
                if place.kind == "region1" and place.iso == iso:
                    return place
        return None

    def _known(self, name: str) -> Iterator[Sequence[GazetteerPlace]]:
        """The places of what is known to be a place's name (so that no word is ruled out), in steps of tolerance."""
        folded = _fold_token(name)
        yield self._cached(folded)
        stem, _, last = folded.rpartition(" ")
        if stem and self._words.get(last) in ("region", "settlement"):
            places = self._cached(stem)
            yield _only(places, self._words[last])
            yield places
        yield self._loosely(folded)

    def _loosely(self, folded: str) -> Sequence[GazetteerPlace]:
        # A short name tolerates no other spelling: "SSLA" is not Sale.
        return self._cached(LOOSE_MARK + loose(folded)) if len(folded) >= 5 else ()

    def _never(self, folded: str) -> bool:
        return self._words.get(folded, "context") != "context"

    def _in_province(self, place: GazetteerPlace, province: str, iso: str | None) -> bool:
        wanted = loose(fold(province))
        if any(loose(fold(own)) == wanted for own in (place.province, place.district) if own is not None):
            return True
        region = self.region(place.iso, province)
        if region is None:
            return iso is not None
        return place.province == region.province

    def _runs(self, tokens: Sequence[str], start: int, most: int) -> dict[str, int]:
        """The names among the runs of up to `most` tokens from `start`, the longest last, with their token counts."""
        found: dict[str, int] = {}
        text, glue = "", ""
        for count, token in enumerate(tokens[start : start + most], start=1):
            if not (folded := _fold_token(token)):
                if not text or not token or token.strip(APOSTROPHES + "-‐‑–"):
                    break
                glue = "" if token[0] in APOSTROPHES else " "
                continue
            text, glue = text + glue + folded, " "
            # Most words begin no name, and what begins with them need not be looked up.
            named, goes_on = self._known_as(text) if count < 3 else (text in self._names, True)
            if named:
                found[text] = count
            elif len(token) > 2 and token[-1] == "s" and token[-2] in APOSTROPHES and text[:-1] in self._names:
                found[text[:-1]] = count
            if not goes_on or token[-1] in ",;:)":
                break
        return found

    def _named_and_begun(self, text: str) -> tuple[bool, bool]:
        """Is this a name, and do names begin with it?"""
        return text in self._names, next(self._names.iterkeys(text), None) is not None

    def _look_up(self, key: str) -> Sequence[GazetteerPlace]:
        loosely = key.startswith(LOOSE_MARK)
        records = {record for (record,) in self._names.get(key, ())}
        if loosely:
            records.update(record for (record,) in self._names.get(key[len(LOOSE_MARK) :], ()))
        numbers = dict.fromkeys(record >> 1 for record in sorted(records, key=self._rank))
        return tuple(self._place(number, key in self._words) for number in numbers)

    def _rank(self, record: int) -> tuple[float, int]:
        number, other = divmod(record, 2)
        weight = self._populations[number] - self._lags[number]
        return -weight / (ALTERNATE_DISCOUNT if other else 1), self._ids[number]

    def _place(self, number: int, common_word: bool) -> GazetteerPlace:
        return GazetteerPlace(
            id=self._ids[number],
            name=self._text[number].as_py(),
            kind=KINDS[self._kinds[number]],
            province=self._provinces(number),
            district=self._districts(number),
            iso=self._isos(number) or "",
            latitude=round(self._latitudes[number], 4),
            longitude=round(self._longitudes[number], 4),
            population=self._populations[number],
            common_word=common_word,
        )


_fold_token = lru_cache(maxsize=1 << 15)(fold)


def _only(places: Sequence[GazetteerPlace], use: str | None) -> Sequence[GazetteerPlace]:
    """The regions of these places before a word like "province", the cities before a word like "city"."""
    if use not in ("region", "settlement"):
        return ()
    return tuple(place for place in places if (place.kind == "city") == (use == "settlement"))


@cache
def _load() -> Gazetteer:
    import marisa_trie
    import pyarrow as pa

    data = files("gtdlike.coding") / "data"
    with as_file(data / "place_names.marisa") as path:
        names = marisa_trie.RecordTrie(RECORD).mmap(str(path))
    with as_file(data / "places.arrow") as path, pa.memory_map(str(path)) as file:
        places = pa.ipc.open_file(file).read_all()
    return Gazetteer(names, places, place_words())


def _numbers(places: pa.Table, name: str, code: Any) -> Sequence[Any]:
    """A column of numbers as a view: reading one costs a tenth of what an Arrow scalar does."""
    return memoryview(places.column(name).combine_chunks().buffers()[1]).cast("B").cast(code)


def _texts(places: pa.Table, name: str) -> Callable[[int], str | None]:
    """A column of repeated texts, blank for none, as a function from the row's number."""
    column = places.column(name).combine_chunks()
    texts: list[str | None] = [text or None for text in column.dictionary.to_pylist()]
    view = memoryview(column.indices.buffers()[1]).cast("B").cast("i")
    return lambda number: texts[view[number]]
