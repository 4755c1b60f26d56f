"""The kinds of bad cells: where each may be put, what is written there, and which violations it makes.

What a kind finds is written down here, not asked of any validator. That it is right and complete follows from three
things: the rows are clean elsewhere; `where` shuts out the rows in which another rule would be violated too; and two
kinds of which one check reads cells never meet in one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl
from attrs import frozen

from gtdlike.codebook import Codebook

Finds = tuple[tuple[str, str], ...]
"""Variables and rules."""


@frozen
class Kind:
    """One kind of bad cells."""

    name: str
    where: pl.Expr
    cells: Mapping[str, pl.Expr]
    finds: Finds
    second: bool = False
    """Whether it is put only into the second row of a pair, so that the first one stays as a measure."""
    of_partner: bool = False
    """Whether the violations are those of the other row of the pair."""


def kinds(codebook: Codebook) -> Iterator[Kind]:
    """All the kinds, those of few rows and those of many."""
    for made in (_codes(codebook), _labels(codebook), _ranges(), _identity(), _dates(), _places(), _incidents(),
                 _attacks(codebook), _weapons(codebook), _targets(codebook), _groups(codebook), _figures(),
                 _damage(codebook), _hostages(codebook), _ransoms(), _international(), _texts(codebook)):  # fmt: skip
        yield from made


_c = pl.col
_BLANK: Final = pl.lit(None)
_ALL: Final = pl.lit(True)
_UNNAMED: Final = _c("gname") == "Unknown"
_DAY_KNOWN: Final = (_c("iday") > 0) & _c("resolution").is_null()
_NO_TAKING: Final = (_c("ishostkid") == 0) & ~_c("attacktype1").is_in([4, 5, 6])
_ONE_ATTACK: Final = _c("attacktype2").is_null()
_ONE_TARGET: Final = _c("targtype2").is_null()
_ONE_GROUP: Final = _c("gname2").is_null()
_PERPETRATORS: Final = pl.max_horizontal(_c("nperps"), 0)


def _none(*names: str) -> pl.Expr:
    """Whether there is no number above 0 in any of these cells."""
    return pl.all_horizontal(_c(name).fill_null(0) <= 0 for name in names)


def _put(name: str, rule: str, where: pl.Expr, value: object, *more: tuple[str, str], **flags: bool) -> Kind:
    """A kind that writes one cell and violates one rule there, and `more` elsewhere."""
    written = value if isinstance(value, pl.Expr) else pl.lit(value)
    return Kind(f"{rule} at {name}", where, {name: written}, ((name, rule), *more), **flags)


def _told(variable: str, rule: str, where: pl.Expr, cells: Mapping[str, object], *more: tuple[str, str]) -> Kind:
    """A kind that writes some cells and violates a rule that is told of `variable`."""
    written = {name: value if isinstance(value, pl.Expr) else pl.lit(value) for name, value in cells.items()}
    return Kind(f"{rule} by {', '.join(cells)}", where, written, ((variable, rule), *more))


def _with_label(codebook: Codebook, variable: str, code: int) -> dict[str, object]:
    """A code and its label."""
    return {variable: code, f"{variable}_txt": codebook.label(variable, code)}


def _codes(codebook: Codebook) -> Iterator[Kind]:
    for name in ("crit1", "crit2", "crit3", "success", "suicide", "guncertain1", "individual"):
        # Above 1, so that two of three criteria still hold.
        yield _put(name, "code", _ALL, 5)
    yield _put("extended", "code", _c("resolution").is_null(), 3)
    yield _put("vicinity", "code", _ALL, 7)
    yield _put("doubtterr", "code", _c("alternative").is_null(), 2)
    yield _put("multiple", "code", _c("related").is_null(), 2)
    yield _put("claimed", "code", _c("claimmode").is_null() & _c("compclaim").is_null(), 3)
    yield _put("property", "code", _c("propextent").is_null() & _c("propvalue").is_null(), 2)
    yield _put("ishostkid", "code", _c("ishostkid") == 0, 2)
    for name in ("INT_LOG", "INT_IDEO"):
        other = "INT_IDEO" if name == "INT_LOG" else "INT_LOG"
        yield _put(name, "code", (_c("INT_MISC") == 1) | (_c(other) == 1), 4)
    yield _put("INT_MISC", "code", (_c("INT_LOG") == 1) | (_c("INT_IDEO") == 1), 4)
    yield _put("attacktype1", "code", _NO_TAKING, 77)
    yield _put("targtype1", "code", _c("targsubtype1").is_not_null(), 88, ("targsubtype1", "parent"))
    yield _put("targsubtype1", "code", _c("targsubtype1").is_not_null(), 250)
    yield _put("weaptype1", "code", _c("weapsubtype1").is_not_null(), 55, ("weapsubtype1", "parent"))
    yield _put("weapsubtype1", "code", _c("weapsubtype1").is_not_null(), 99)
    yield _put("country", "code", (_c("INT_MISC") == 1), 2000)
    yield _put("region", "code", _ALL, 44, ("country", "parent"))
    yield _put("natlty1", "code", _c("INT_MISC") == 1, 2000)
    yield _put("specificity", "code", _ALL, 9)
    for name in ("alternative", "propextent", "hostkidoutcome", "claimmode", "targsubtype2", "weapsubtype2"):
        yield _put(name, "code", _c(name).is_not_null(), 150)
    # A code of its list, below another one than that of the row.
    yield _told("country", "parent", _c("region") != 12, _with_label(codebook, "region", 12))
    wrong = _with_label(codebook, "targsubtype1", 66)
    yield _told("targsubtype1", "parent", ~_c("targtype1").is_in([13, 20]), wrong)
    yield _put("weapsubtype1", "parent", (_c("weaptype1") == 6) & _c("weapsubtype1").is_not_null(), 21,
               ("weapsubtype1_txt", "label"))  # fmt: skip


def _labels(codebook: Codebook) -> Iterator[Kind]:
    for variable in codebook.variables.values():
        if (code := variable.label_of) is not None:
            name, filled = variable.name, _c(code).is_not_null()
            yield _put(name, "label", filled, _c(name) + "s")
            yield Kind(f"label left out at {name}", filled, {name: _BLANK}, ((name, "label"),))
            yield Kind(f"label without a code at {name}", ~filled, {name: pl.lit("Other")}, ((name, "label"),))


def _ranges() -> Iterator[Kind]:
    no_parts = _none("nkillter", "nwoundte", "nperpcap") & _c("nperpcap").is_null()
    yield _put("latitude", "range", _c("latitude").is_not_null(), 95.5)
    yield _put("longitude", "range", _c("longitude").is_not_null(), -190.25)
    yield _put("nperps", "range", no_parts & _c("nkillter").is_null() & _c("nwoundte").is_null(), -5)
    yield _put("nkill", "range", _c("nkillter").is_null() & _c("nkillus").is_null(), -3)
    yield _put("nwound", "range", _c("nwoundte").is_null() & _c("nwoundus").is_null(), -4)
    yield _put("propvalue", "range", _c("property") == 1, -5.0)
    yield _put("nhours", "range", _c("ishostkid") == 1, -2.0)
    yield _put("nhostkid", "range", (_c("ishostkid") == 1) & _c("nreleased").is_null()
               & _c("nhostkidus").is_null(), -4)  # fmt: skip
    yield _put("ransomamt", "range", (_c("ransom") == 1) & _c("ransomamtus").is_null()
               & _c("ransompaid").is_null(), -7.0)  # fmt: skip


def _identity() -> Iterator[Kind]:
    alone = _c("multiple") == 0
    other_date = ("eventid", "eventid-date")
    yield _put("eventid", "range", alone, _c("eventid") - 200 * 10**8, other_date, second=True)
    yield _put("eventid", "eventid-form", alone, _c("eventid") + 50 * 10**4, other_date, second=True)
    before = _c("eventid").shift(1)
    same = _c("eventid") // 10**4 == before // 10**4
    yield _put("eventid", "eventid-unique", alone & same, before, second=True)
    yield _put("eventid", "eventid-unique", alone & ~same, before, other_date, second=True)


def _dates() -> Iterator[Kind]:
    other_date = ("eventid", "eventid-date")
    short = _DAY_KNOWN & _c("imonth").is_in([4, 6, 9, 11])
    february = _DAY_KNOWN & (_c("imonth") == 2) & (_c("iday") < 29)
    leap = (_c("iyear") % 4 == 0) & ((_c("iyear") % 100 != 0) | (_c("iyear") % 400 == 0))
    yield _put("iyear", "range", _c("resolution").is_null() & (_c("iday") != 29), 1850, other_date)
    yield _put("imonth", "range", _DAY_KNOWN, 13, other_date)
    yield _put("iday", "range", _DAY_KNOWN & (_c("imonth") != 2), 32, other_date)
    yield _put("iyear", "month-year", _c("resolution").is_null() & (_c("iday") > 0), _BLANK)
    yield _put("imonth", "day-month", _DAY_KNOWN, _BLANK)
    told = (("iday", "day-of-unknown-month"), ("approxdate", "approximate-date"), other_date)
    yield Kind("day-of-unknown-month", _DAY_KNOWN & _c("approxdate").is_null(), {"imonth": pl.lit(0)}, told)
    yield _put("iday", "day-31", short, 31, other_date)
    yield _put("iday", "day-of-february", february, 30, other_date)
    yield _put("iday", "leap-day", february & ~leap, 29, other_date)
    yield _put("approxdate", "approximate-date", _c("iday") == 0, _BLANK)
    yield _told("resolution", "extended-resolution", _c("resolution").is_null(), {"extended": 1})
    ended, began = _c("resolution").is_not_null(), pl.date("iyear", "imonth", "iday")
    yield _put("extended", "resolution-extended", ended, 0)
    yield _put("resolution", "resolution-order", ended, pl.date(1969, 5, 1))
    yield _put("resolution", "extended-same-day", ended & (_c("iday") > 0),
               pl.when(_c("iday") > 0).then(began))  # fmt: skip


def _places() -> Iterator[Kind]:
    located, named = _c("latitude").is_not_null(), _c("city") != "Unknown"
    yield _put("longitude", "latitude-longitude", located, _BLANK)
    yield _put("latitude", "longitude-latitude", located, _BLANK)
    yield _told("latitude", "coordinates-zero", located, {"latitude": 0.0, "longitude": 0.0})
    yield _put("specificity", "specificity-coordinates", ~located, 4)
    yield _put("specificity", "coordinates-unknown", located, 5)
    yield _put("specificity", "coordinates-specificity", located, _BLANK)
    yield _put("city", "specificity-city", named & (_c("vicinity") != 1), "Unknown")
    yield _told("city", "vicinity-city", ~named, {"vicinity": 1})
    unplaced = (("country", "place-country"), ("country", "region-country"), ("country_txt", "label"))
    yield Kind("place-country", named, {"country": _BLANK}, unplaced)
    yield _put("location", "location-city", named, _c("city"))


def _incidents() -> Iterator[Kind]:
    fails_one = (_c("crit1") + _c("crit2") + _c("crit3")) == 2
    for name in ("crit2", "crit3"):
        yield _told("crit1", "criteria-two", fails_one & (_c(name) == 1), {name: 0})
        yield _told("crit1", "criteria-complete", _ALL, {name: _BLANK})
    yield _told("alternative", "doubt-alternative", _c("alternative").is_null(), {"doubtterr": 1})
    yield _told("alternative", "alternative-doubt", _c("alternative").is_not_null(), {"doubtterr": 0})
    related = _c("related").is_not_null()
    yield _told("related", "multiple-related", ~related, {"multiple": 1})
    yield _put("multiple", "related-multiple", related, 0)
    yield _put("related", "related-form", related, _c("related").str.replace(", ", " and "), second=True)
    yield _put("related", "related-exists", related, _c("related") + ", 209912319999", second=True)
    forgotten = {"related": _c("related").str.head(12)}
    yield Kind("related-mutual", related, forgotten, (("related", "related-mutual"),), second=True, of_partner=True)


def _attacks(codebook: Codebook) -> Iterator[Kind]:
    failed, worked = _c("success") == 0, _c("success") == 1
    kind = _c("attacktype1")
    no_label = ("attacktype1_txt", "label")
    yield _put("attacktype1", "attack-type", _NO_TAKING & _ONE_ATTACK, _BLANK, no_label)
    third = _with_label(codebook, "attacktype3", 7)
    yield _told("attacktype2", "attack-gap-3", _ONE_ATTACK & (kind != 7), third)
    same = {"attacktype2": kind, "attacktype2_txt": _c("attacktype1_txt")}
    yield _told("attacktype2", "attack-repeat", _ONE_ATTACK, same)
    yield _told("attacktype2", "attack-order-2", _ONE_ATTACK & (kind != 1), _with_label(codebook, "attacktype2", 1))
    died = _c("nkill") > _c("nkillter").fill_null(0)
    yield _put("success", "success-killed", worked & died & (_c("suicide") == 0) & ~kind.is_in([2, 8]), 0)
    yield _put("suicide", "suicide-success", failed, 1)
    yield _put("suicide", "suicide-survived", worked & (_c("nkillter") == 0), 1)
    yield _put("suicide", "suicide-weapon", _c("weapsubtype1") == 13, 0)
    no_parts = (_c("nkillter").fill_null(0) == 0) & (_c("nkillus").fill_null(0) == 0)
    yield _told("success", "assassination-success", worked & (kind == 1) & no_parts, {"nkill": 0})
    undamaged = _c("propextent").is_null() & _c("propvalue").is_null()
    yield _told("success", "facility-success", worked & (kind == 7) & undamaged, {"property": 0})


def _weapons(codebook: Codebook) -> Iterator[Kind]:
    one, no_subtype, kind = _c("weaptype2").is_null(), _c("weapsubtype1").is_null(), _c("weaptype1")
    gun = _with_label(codebook, "weaptype1", 5)
    yield _told("weaptype1", "bombing-weapon", one & no_subtype & (_c("attacktype1") == 3), gun)
    third = _with_label(codebook, "weaptype3", 12)
    yield _told("weaptype2", "weapon-gap-3", one & (kind != 12), third)
    same = {"weaptype2": kind, "weaptype2_txt": _c("weaptype1_txt")}
    yield _told("weaptype2", "weapon-repeat-2", one & no_subtype, same)
    detailed = one & no_subtype & _c("weapdetail").is_not_null()
    yield _put("weaptype1", "weapon-detail", detailed, _BLANK, ("weaptype1_txt", "label"))


def _targets(codebook: Codebook) -> Iterator[Kind]:
    with_subtype = _c("targsubtype1").is_not_null()
    rest = (("targtype1_txt", "label"), ("targsubtype1", "parent"))
    yield _put("targtype1", "target-type-1", _ONE_TARGET & with_subtype, _BLANK, *rest)
    needed = with_subtype & ~_c("targtype1").is_in([13, 20])
    yield _put("targsubtype1", "target-subtype-1", needed, _BLANK, ("targsubtype1_txt", "label"))
    nationality = {"natlty1": _BLANK, "natlty1_txt": _BLANK}
    yield _told("natlty1", "target-nationality-1", _ONE_TARGET, nationality)
    third = _with_label(codebook, "targtype3", 20)
    yield _told("targtype2", "target-gap-3", _ONE_TARGET, third, ("natlty3", "target-nationality-3"))


def _groups(codebook: Codebook) -> Iterator[Kind]:
    bare = (_c("guncertain1") == 0) & _c("gsubname").is_null() & (_c("claimed") != 1)
    yield _put("gname", "group-gap-2", ~_ONE_GROUP & bare, _BLANK)
    yield _put("gname", "group-unknown-first", ~_ONE_GROUP & bare, "Unknown")
    yield _told("gname2", "group-gap-3", _ONE_GROUP, {"gname3": "Front of the Example"})
    yield _put("gname2", "group-repeat", _ONE_GROUP & ~_UNNAMED & _c("gsubname").is_null(), _c("gname"))
    yield _put("gname2", "group-unknown-further", _ONE_GROUP & ~_UNNAMED, "Unknown")
    yield _put("guncertain1", "uncertain-group-1", _UNNAMED, 1)
    yield _put("guncertain2", "uncertain-group-2", _ONE_GROUP, 1)
    yield _put("guncertain3", "uncertain-group-3", _c("gname3").is_null(), 1)
    yield _put("gsubname", "subgroup-group-1", _UNNAMED, "Example Brigade")
    yield _put("gsubname2", "subgroup-group-2", _ONE_GROUP, "Example Brigade")
    yield _put("individual", "individual-group", ~_UNNAMED, 1)
    nobody = _none("nkillter", "nwoundte", "nperpcap")
    yield _put("nperps", "perpetrators-none", nobody, 0)
    yield _put("nperpcap", "perpetrators-captured", _c("nperps") > 0, _PERPETRATORS + 5)
    unclaimed = (_c("claimed") == 0) & _c("claimmode").is_null()
    yield _told("claimmode", "claim-mode-1", unclaimed, _with_label(codebook, "claimmode", 2))
    yield _put("claimed", "claim-group-1", _UNNAMED, 1)
    yield _put("claim2", "claim-group-2", _ONE_GROUP, 1)
    yield _put("claim3", "claim-group-3", _c("gname3").is_null(), 1)
    yield _put("compclaim", "claims-competing", _c("claimed") == 0, 1)


def _figures() -> Iterator[Kind]:
    uncounted = _c("nperps").fill_null(-99) == -99
    for total, us, attackers, what in (
        ("nkill", "nkillus", "nkillter", "killed"),
        ("nwound", "nwoundus", "nwoundte", "wounded"),
    ):
        told = _c(total).is_not_null()
        # A failed attack may have dead attackers, whatever their number.
        yield _put(attackers, f"{what}-perpetrators", told & uncounted, _c(total).fill_null(0) + 3)
        yield _put(us, f"{what}-us", told, _c(total).fill_null(0) + 1)
        yield _put(total, f"{what}-total", (_c(us) > 0) | (_c(attackers) > 0), _BLANK)


def _damage(codebook: Codebook) -> Iterator[Kind]:
    extent, value = _c("propextent"), _c("propvalue")
    yield _put("property", "damage-denied", extent.is_not_null() & (_c("attacktype1") != 7), 0)
    yield _put("property", "damage-unasked", extent.is_not_null(), -9)
    catastrophic = _with_label(codebook, "propextent", 1)
    yield _told("propextent", "damage-catastrophic", (extent == 3) & (value >= 0), catastrophic)
    yield _told("propextent", "damage-minor", extent == 3, {"propvalue": 5e6})
    yield _told("propextent", "damage-major", extent == 2, {"propvalue": 5000.0})


def _hostages(codebook: Codebook) -> Iterator[Kind]:
    none, unasked, taken = _c("ishostkid") == 0, _c("ishostkid") == -9, _c("ishostkid") == 1
    for name, value in (("nhostkid", 4), ("nhostkidus", 1), ("nhours", 5.0), ("ndays", 3.0), ("nreleased", 2)):
        yield _put(name, "hostages-denied", none, value)
        yield _put(name, "hostages-unasked", unasked, value)
    outcome = _with_label(codebook, "hostkidoutcome", 6)
    yield _told("hostkidoutcome", "outcome-denied", none, outcome)
    yield _told("hostkidoutcome", "outcome-unasked", unasked, outcome)
    yield _put("nhostkid", "hostages-number", taken, _BLANK)
    yield _put("ishostkid", "hostages-attack", _NO_TAKING & _ONE_ATTACK, 1, ("nhostkid", "hostages-number"))
    counted = taken & (_c("nhostkid") > 0)
    yield _put("nhostkidus", "hostages-us", counted, _c("nhostkid").fill_null(0) + 1)
    not_killed = _c("hostkidoutcome").fill_null(0) != 4
    yield _put("nreleased", "hostages-released", counted & not_killed, _c("nhostkid").fill_null(0) + 2)
    yield _put("nhours", "hours-or-days", taken & (_c("ndays") > 0), 5.0)
    yield _put("nhours", "hours-under-a-day", taken & (_c("nhours") > 0), 30.0)
    yield _told("hostkidoutcome", "outcome-released", _c("hostkidoutcome").is_in([2, 3, 5]), {"nreleased": 0})
    yield _put("divert", "diversion-hijacking", _NO_TAKING & _ONE_ATTACK, "Exampleton")
    yield _put("kidhijcountry", "resolution-country", _NO_TAKING & _ONE_ATTACK, "Exampleland")


def _ransoms() -> Iterator[Kind]:
    no, unasked, yes = _c("ransom") == 0, _c("ransom").is_null(), _c("ransom") == 1
    for name in ("ransomamt", "ransomamtus"):
        yield _put(name, "ransom-denied", no, 5000.0)
    for name in ("ransomamt", "ransomamtus", "ransompaid", "ransompaidus"):
        yield _put(name, "ransom-unasked", unasked, 5000.0)
    asked = yes & (_c("ransomamt") > 0)
    yield _put("ransomamtus", "ransom-us", asked, _c("ransomamt").fill_null(0) + 1)
    yield _put("ransompaid", "ransom-paid-more", asked & _c("ransompaidus").is_null(), _c("ransomamt") + 1)
    yield _put("ransom", "ransom-hostages", unasked & _NO_TAKING, 1)


def _international() -> Iterator[Kind]:
    log, ideo, misc, whole = (_c(f"INT_{name}") for name in ("LOG", "IDEO", "MISC", "ANY"))
    yield _put("INT_ANY", "int-any-no", (log == 0) & (ideo == 0) & (misc == 0), 1)
    yield _put("INT_ANY", "int-any-yes", whole == 1, 0)
    yield _put("INT_ANY", "int-any-unknown", whole == -9, 0)
    yield _put("INT_IDEO", "int-at-home", (log == 0) & (ideo == 1) & (misc == 1), 0)
    yield _put("INT_LOG", "int-unknown-group", _UNNAMED & _ONE_GROUP, 0)
    yield _put("INT_IDEO", "int-unknown-group", _UNNAMED & _ONE_GROUP, 0)
    # Of a group that did cross a border: INT_ANY is 1 then, whatever the third answer is.
    yield _put("INT_MISC", "int-misc-same", (log == 1) & (misc == 1), 0)
    yield _put("INT_MISC", "int-misc-other", (log == 1) & (misc == 0), 1)


def _texts(codebook: Codebook) -> Iterator[Kind]:
    yield _put("scite1", "source-gap-2", _c("scite2").is_not_null(), _BLANK)
    yield _put("scite2", "source-gap-3", _c("scite3").is_not_null(), _BLANK)
    yield _put("scite2", "source-repeat", _c("scite2").is_not_null(), _c("scite1"))
    names = codebook.rules["name-spaces"].each
    for variable in codebook.variables.values():
        # A text of one row that stands for its name, "Unknown", and one that a row of its pair reads.
        if variable.kind != "text" or variable.name in ("related", "gname"):
            continue
        name = variable.name
        filled = _c(name).is_not_null() & (_c(name) != "Unknown")
        yield _put(name, "text-markup", filled, _c(name) + "<br/>and more")
        if name in (names or ()):
            yield _put(name, "name-spaces", filled, _c(name) + " ")
            yield _put(name, "name-unknown", filled, "unknown")
        else:
            yield _put(name, "text-control", filled, _c(name) + "\x07")
            yield _put(name, "text-blank", filled, "  ")
