"""Bad cells of ids, dates, places, criteria, attacks, weapons and targets."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from benchmarks.validation.kind import (
    ALL,
    BLANK,
    DAY_KNOWN,
    NO_TAKING,
    ONE_ATTACK,
    ONE_TARGET,
    Kind,
    col,
    put,
    told_of,
    with_label,
)
from gtdlike.codebook import Codebook


def identity() -> Iterator[Kind]:
    alone = col("multiple") == 0
    other_date = ("eventid", "eventid-date")
    yield put("eventid", "range", alone, col("eventid") - 200 * 10**8, other_date, second=True)
    yield put("eventid", "eventid-form", alone, col("eventid") + 50 * 10**4, other_date, second=True)
    before = col("eventid").shift(1)
    same = col("eventid") // 10**4 == before // 10**4
    yield put("eventid", "eventid-unique", alone & same, before, second=True)
    yield put("eventid", "eventid-unique", alone & ~same, before, other_date, second=True)


def dates() -> Iterator[Kind]:
    other_date = ("eventid", "eventid-date")
    short = DAY_KNOWN & col("imonth").is_in([4, 6, 9, 11])
    february = DAY_KNOWN & (col("imonth") == 2) & (col("iday") < 29)
    leap = (col("iyear") % 4 == 0) & ((col("iyear") % 100 != 0) | (col("iyear") % 400 == 0))
    yield put("iyear", "range", col("resolution").is_null() & (col("iday") != 29), 1850, other_date)
    yield put("imonth", "range", DAY_KNOWN, 13, other_date)
    yield put("iday", "range", DAY_KNOWN & (col("imonth") != 2), 32, other_date)
    yield put("iyear", "month-year", col("resolution").is_null() & (col("iday") > 0), BLANK)
    yield put("imonth", "day-month", DAY_KNOWN, BLANK)
    told = (("iday", "day-of-unknown-month"), ("approxdate", "approximate-date"), other_date)
    yield Kind("day-of-unknown-month", DAY_KNOWN & col("approxdate").is_null(), {"imonth": pl.lit(0)}, told)
    yield put("iday", "day-31", short, 31, other_date)
    yield put("iday", "day-of-february", february, 30, other_date)
    yield put("iday", "leap-day", february & ~leap, 29, other_date)
    yield put("approxdate", "approximate-date", col("iday") == 0, BLANK)
    yield told_of("resolution", "extended-resolution", col("resolution").is_null(), {"extended": 1})
    ended, began = col("resolution").is_not_null(), pl.date("iyear", "imonth", "iday")
    yield put("extended", "resolution-extended", ended, 0)
    yield put("resolution", "resolution-order", ended, pl.date(1969, 5, 1))
    yield put("resolution", "extended-same-day", ended & (col("iday") > 0),
               pl.when(col("iday") > 0).then(began))  # fmt: skip


def places() -> Iterator[Kind]:
    located, named = col("latitude").is_not_null(), col("city") != "Unknown"
    yield put("longitude", "latitude-longitude", located, BLANK)
    yield put("latitude", "longitude-latitude", located, BLANK)
    yield told_of("latitude", "coordinates-zero", located, {"latitude": 0.0, "longitude": 0.0})
    yield put("specificity", "specificity-coordinates", ~located, 4)
    yield put("specificity", "coordinates-unknown", located, 5)
    yield put("specificity", "coordinates-specificity", located, BLANK)
    yield put("city", "specificity-city", named & (col("vicinity") != 1), "Unknown")
    yield told_of("city", "vicinity-city", ~named, {"vicinity": 1})
    unplaced = (("country", "place-country"), ("country", "region-country"), ("country_txt", "label"))
    yield Kind("place-country", named, {"country": BLANK}, unplaced)
    yield put("location", "location-city", named, col("city"))


def incidents() -> Iterator[Kind]:
    fails_one = (col("crit1") + col("crit2") + col("crit3")) == 2
    for name in ("crit2", "crit3"):
        yield told_of("crit1", "criteria-two", fails_one & (col(name) == 1), {name: 0})
        yield told_of("crit1", "criteria-complete", ALL, {name: BLANK})
    yield told_of("alternative", "doubt-alternative", col("alternative").is_null(), {"doubtterr": 1})
    yield told_of("alternative", "alternative-doubt", col("alternative").is_not_null(), {"doubtterr": 0})
    related = col("related").is_not_null()
    yield told_of("related", "multiple-related", ~related, {"multiple": 1})
    yield put("multiple", "related-multiple", related, 0)
    yield put("related", "related-form", related, col("related").str.replace(", ", " and "), second=True)
    yield put("related", "related-exists", related, col("related") + ", 209912319999", second=True)
    forgotten = {"related": col("related").str.head(12)}
    yield Kind("related-mutual", related, forgotten, (("related", "related-mutual"),), second=True, of_partner=True)


def attacks(codebook: Codebook) -> Iterator[Kind]:
    failed, worked = col("success") == 0, col("success") == 1
    kind = col("attacktype1")
    no_label = ("attacktype1_txt", "label")
    yield put("attacktype1", "attack-type", NO_TAKING & ONE_ATTACK, BLANK, no_label)
    third = with_label(codebook, "attacktype3", 7)
    yield told_of("attacktype2", "attack-gap-3", ONE_ATTACK & (kind != 7), third)
    same = {"attacktype2": kind, "attacktype2_txt": col("attacktype1_txt")}
    yield told_of("attacktype2", "attack-repeat", ONE_ATTACK, same)
    yield told_of("attacktype2", "attack-order-2", ONE_ATTACK & (kind != 1), with_label(codebook, "attacktype2", 1))
    died = col("nkill") > col("nkillter").fill_null(0)
    yield put("success", "success-killed", worked & died & (col("suicide") == 0) & ~kind.is_in([2, 8]), 0)
    yield put("suicide", "suicide-success", failed, 1)
    yield put("suicide", "suicide-survived", worked & (col("nkillter") == 0), 1)
    yield put("suicide", "suicide-weapon", col("weapsubtype1") == 13, 0)
    no_parts = (col("nkillter").fill_null(0) == 0) & (col("nkillus").fill_null(0) == 0)
    yield told_of("success", "assassination-success", worked & (kind == 1) & no_parts, {"nkill": 0})
    undamaged = col("propextent").is_null() & col("propvalue").is_null()
    yield told_of("success", "facility-success", worked & (kind == 7) & undamaged, {"property": 0})


def weapons(codebook: Codebook) -> Iterator[Kind]:
    one, no_subtype, kind = col("weaptype2").is_null(), col("weapsubtype1").is_null(), col("weaptype1")
    gun = with_label(codebook, "weaptype1", 5)
    yield told_of("weaptype1", "bombing-weapon", one & no_subtype & (col("attacktype1") == 3), gun)
    third = with_label(codebook, "weaptype3", 12)
    yield told_of("weaptype2", "weapon-gap-3", one & (kind != 12), third)
    same = {"weaptype2": kind, "weaptype2_txt": col("weaptype1_txt")}
    yield told_of("weaptype2", "weapon-repeat-2", one & no_subtype, same)
    detailed = one & no_subtype & col("weapdetail").is_not_null()
    yield put("weaptype1", "weapon-detail", detailed, BLANK, ("weaptype1_txt", "label"))


def targets(codebook: Codebook) -> Iterator[Kind]:
    with_subtype = col("targsubtype1").is_not_null()
    rest = (("targtype1_txt", "label"), ("targsubtype1", "parent"))
    yield put("targtype1", "target-type-1", ONE_TARGET & with_subtype, BLANK, *rest)
    needed = with_subtype & ~col("targtype1").is_in([13, 20])
    yield put("targsubtype1", "target-subtype-1", needed, BLANK, ("targsubtype1_txt", "label"))
    nationality = {"natlty1": BLANK, "natlty1_txt": BLANK}
    yield told_of("natlty1", "target-nationality-1", ONE_TARGET, nationality)
    third = with_label(codebook, "targtype3", 20)
    yield told_of("targtype2", "target-gap-3", ONE_TARGET, third, ("natlty3", "target-nationality-3"))
