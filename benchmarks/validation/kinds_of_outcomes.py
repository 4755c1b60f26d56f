"""Bad cells of groups, casualties, damage, hostages, ransoms and what is international."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.validation.kind import (
    BLANK,
    NO_TAKING,
    ONE_ATTACK,
    ONE_GROUP,
    PERPETRATORS,
    UNNAMED,
    Kind,
    col,
    none_of,
    put,
    told_of,
    with_label,
)
from gtdlike.codebook import Codebook


def groups(codebook: Codebook) -> Iterator[Kind]:
    bare = (col("guncertain1") == 0) & col("gsubname").is_null() & (col("claimed") != 1)
    yield put("gname", "group-gap-2", ~ONE_GROUP & bare, BLANK)
    yield put("gname", "group-unknown-first", ~ONE_GROUP & bare, "Unknown")
    yield told_of("gname2", "group-gap-3", ONE_GROUP, {"gname3": "Front of the Example"})
    yield put("gname2", "group-repeat", ONE_GROUP & ~UNNAMED & col("gsubname").is_null(), col("gname"))
    yield put("gname2", "group-unknown-further", ONE_GROUP & ~UNNAMED, "Unknown")
    yield put("guncertain1", "uncertain-group-1", UNNAMED, 1)
    yield put("guncertain2", "uncertain-group-2", ONE_GROUP, 1)
    yield put("guncertain3", "uncertain-group-3", col("gname3").is_null(), 1)
    yield put("gsubname", "subgroup-group-1", UNNAMED, "Example Brigade")
    yield put("gsubname2", "subgroup-group-2", ONE_GROUP, "Example Brigade")
    yield put("individual", "individual-group", ~UNNAMED, 1)
    nobody = none_of("nkillter", "nwoundte", "nperpcap")
    yield put("nperps", "perpetrators-none", nobody, 0)
    yield put("nperpcap", "perpetrators-captured", col("nperps") > 0, PERPETRATORS + 5)
    unclaimed = (col("claimed") == 0) & col("claimmode").is_null()
    yield told_of("claimmode", "claim-mode-1", unclaimed, with_label(codebook, "claimmode", 2))
    # Individuals may claim without a group.
    yield put("claimed", "claim-group-1", UNNAMED & (col("individual") != 1), 1)
    yield put("claim2", "claim-group-2", ONE_GROUP, 1)
    yield put("claim3", "claim-group-3", col("gname3").is_null(), 1)
    yield put("compclaim", "claims-competing", col("claimed") == 0, 1)


def figures() -> Iterator[Kind]:
    uncounted = col("nperps").fill_null(-99) == -99
    for total, us, attackers, what in (
        ("nkill", "nkillus", "nkillter", "killed"),
        ("nwound", "nwoundus", "nwoundte", "wounded"),
    ):
        told = col(total).is_not_null()
        # A failed attack may have dead attackers, whatever their number.
        yield put(attackers, f"{what}-perpetrators", told & uncounted, col(total).fill_null(0) + 3)
        yield put(us, f"{what}-us", told, col(total).fill_null(0) + 1)
        yield put(total, f"{what}-total", (col(us) > 0) | (col(attackers) > 0), BLANK)


def damage(codebook: Codebook) -> Iterator[Kind]:
    extent, value = col("propextent"), col("propvalue")
    yield put("property", "damage-denied", extent.is_not_null() & (col("attacktype1") != 7), 0)
    yield put("property", "damage-unasked", extent.is_not_null(), -9)
    catastrophic = with_label(codebook, "propextent", 1)
    yield told_of("propextent", "damage-catastrophic", (extent == 3) & (value >= 0), catastrophic)
    yield told_of("propextent", "damage-minor", extent == 3, {"propvalue": 5e6})
    yield told_of("propextent", "damage-major", extent == 2, {"propvalue": 5000.0})


def hostages(codebook: Codebook) -> Iterator[Kind]:
    none, unasked, taken = col("ishostkid") == 0, col("ishostkid") == -9, col("ishostkid") == 1
    for name, value in (("nhostkid", 4), ("nhostkidus", 1), ("nhours", 5.0), ("ndays", 3.0), ("nreleased", 2)):
        yield put(name, "hostages-denied", none, value)
        yield put(name, "hostages-unasked", unasked, value)
    outcome = with_label(codebook, "hostkidoutcome", 6)
    yield told_of("hostkidoutcome", "outcome-denied", none, outcome)
    yield told_of("hostkidoutcome", "outcome-unasked", unasked, outcome)
    yield put("nhostkid", "hostages-number", taken, BLANK)
    yield put("ishostkid", "hostages-attack", NO_TAKING & ONE_ATTACK, 1, ("nhostkid", "hostages-number"))
    counted = taken & (col("nhostkid") > 0)
    yield put("nhostkidus", "hostages-us", counted, col("nhostkid").fill_null(0) + 1)
    not_killed = col("hostkidoutcome").fill_null(0) != 4
    yield put("nreleased", "hostages-released", counted & not_killed, col("nhostkid").fill_null(0) + 2)
    yield put("nhours", "hours-or-days", taken & (col("ndays") > 0), 5.0)
    yield put("nhours", "hours-under-a-day", taken & (col("nhours") > 0), 30.0)
    yield told_of("hostkidoutcome", "outcome-released", col("hostkidoutcome").is_in([2, 3, 5]), {"nreleased": 0})
    yield put("divert", "diversion-hijacking", NO_TAKING & ONE_ATTACK, "Exampleton")
    yield put("kidhijcountry", "resolution-country", NO_TAKING & ONE_ATTACK, "Exampleland")


def ransoms() -> Iterator[Kind]:
    no, unasked, yes = col("ransom") == 0, col("ransom").is_null(), col("ransom") == 1
    for name in ("ransomamt", "ransomamtus"):
        yield put(name, "ransom-denied", no, 5000.0)
    for name in ("ransomamt", "ransomamtus", "ransompaid", "ransompaidus"):
        yield put(name, "ransom-unasked", unasked, 5000.0)
    asked = yes & (col("ransomamt") > 0)
    yield put("ransomamtus", "ransom-us", asked, col("ransomamt").fill_null(0) + 1)
    yield put("ransompaid", "ransom-paid-more", asked & col("ransompaidus").is_null(), col("ransomamt") + 1)
    yield put("ransom", "ransom-hostages", unasked & NO_TAKING, 1)


def international() -> Iterator[Kind]:
    log, ideo, misc, whole = (col(f"INT_{name}") for name in ("LOG", "IDEO", "MISC", "ANY"))
    yield put("INT_ANY", "int-any-no", (log == 0) & (ideo == 0) & (misc == 0), 1)
    yield put("INT_ANY", "int-any-yes", whole == 1, 0)
    yield put("INT_ANY", "int-any-unknown", whole == -9, 0)
    yield put("INT_IDEO", "int-at-home", (log == 0) & (ideo == 1) & (misc == 1), 0)
    yield put("INT_LOG", "int-unknown-group", UNNAMED & ONE_GROUP, 0)
    yield put("INT_IDEO", "int-unknown-group", UNNAMED & ONE_GROUP, 0)
    # Of a group that did cross a border: INT_ANY is 1 then, whatever the third answer is.
    yield put("INT_MISC", "int-misc-same", (log == 1) & (misc == 1), 0)
    yield put("INT_MISC", "int-misc-other", (log == 1) & (misc == 0), 1)
