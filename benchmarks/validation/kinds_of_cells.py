"""Bad cells of what follows from variables: codes, labels, ranges; and of texts."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from benchmarks.validation.kind import ALL, BLANK, NO_TAKING, Kind, col, none_of, put, told_of, with_label
from gtdlike.codebook import Codebook


def codes(codebook: Codebook) -> Iterator[Kind]:
    for name in ("crit1", "crit2", "crit3", "success", "suicide", "guncertain1", "individual"):
        # Above 1, so that two of three criteria still hold.
        yield put(name, "code", ALL, 5)
    yield put("extended", "code", col("resolution").is_null(), 3)
    yield put("vicinity", "code", ALL, 7)
    yield put("doubtterr", "code", col("alternative").is_null(), 2)
    yield put("multiple", "code", col("related").is_null(), 2)
    yield put("claimed", "code", col("claimmode").is_null() & col("compclaim").is_null(), 3)
    yield put("property", "code", col("propextent").is_null() & col("propvalue").is_null(), 2)
    yield put("ishostkid", "code", col("ishostkid") == 0, 2)
    for name in ("INT_LOG", "INT_IDEO"):
        other = "INT_IDEO" if name == "INT_LOG" else "INT_LOG"
        yield put(name, "code", (col("INT_MISC") == 1) | (col(other) == 1), 4)
    yield put("INT_MISC", "code", (col("INT_LOG") == 1) | (col("INT_IDEO") == 1), 4)
    yield put("attacktype1", "code", NO_TAKING, 77)
    yield put("targtype1", "code", col("targsubtype1").is_not_null(), 88, ("targsubtype1", "parent"))
    yield put("targsubtype1", "code", col("targsubtype1").is_not_null(), 250)
    yield put("weaptype1", "code", col("weapsubtype1").is_not_null(), 55, ("weapsubtype1", "parent"))
    yield put("weapsubtype1", "code", col("weapsubtype1").is_not_null(), 99)
    yield put("country", "code", (col("INT_MISC") == 1), 2000)
    yield put("region", "code", ALL, 44, ("country", "parent"))
    yield put("natlty1", "code", col("INT_MISC") == 1, 2000)
    yield put("specificity", "code", ALL, 9)
    for name in ("alternative", "propextent", "hostkidoutcome", "claimmode", "targsubtype2", "weapsubtype2"):
        yield put(name, "code", col(name).is_not_null(), 150)
    # A code of its list, below another one than that of the row.
    yield told_of("country", "parent", col("region") != 12, with_label(codebook, "region", 12))
    wrong = with_label(codebook, "targsubtype1", 66)
    yield told_of("targsubtype1", "parent", ~col("targtype1").is_in([13, 20]), wrong)
    yield put("weapsubtype1", "parent", (col("weaptype1") == 6) & col("weapsubtype1").is_not_null(), 21,
               ("weapsubtype1_txt", "label"))  # fmt: skip


def labels(codebook: Codebook) -> Iterator[Kind]:
    for variable in codebook.variables.values():
        if (code := variable.label_of) is not None:
            name, filled = variable.name, col(code).is_not_null()
            yield put(name, "label", filled, col(name) + "s")
            yield Kind(f"label left out at {name}", filled, {name: BLANK}, ((name, "label"),))
            yield Kind(f"label without a code at {name}", ~filled, {name: pl.lit("Other")}, ((name, "label"),))


def ranges() -> Iterator[Kind]:
    no_parts = none_of("nkillter", "nwoundte", "nperpcap") & col("nperpcap").is_null()
    yield put("latitude", "range", col("latitude").is_not_null(), 95.5)
    yield put("longitude", "range", col("longitude").is_not_null(), -190.25)
    yield put("nperps", "range", no_parts & col("nkillter").is_null() & col("nwoundte").is_null(), -5)
    yield put("nkill", "range", col("nkillter").is_null() & col("nkillus").is_null(), -3)
    yield put("nwound", "range", col("nwoundte").is_null() & col("nwoundus").is_null(), -4)
    yield put("propvalue", "range", col("property") == 1, -5.0)
    yield put("nhours", "range", col("ishostkid") == 1, -2.0)
    yield put("nhostkid", "range", (col("ishostkid") == 1) & col("nreleased").is_null()
               & col("nhostkidus").is_null(), -4)  # fmt: skip
    yield put("ransomamt", "range", (col("ransom") == 1) & col("ransomamtus").is_null()
               & col("ransompaid").is_null(), -7.0)  # fmt: skip


def texts(codebook: Codebook) -> Iterator[Kind]:
    yield put("scite1", "source-gap-2", col("scite2").is_not_null(), BLANK)
    yield put("scite2", "source-gap-3", col("scite3").is_not_null(), BLANK)
    yield put("scite2", "source-repeat", col("scite2").is_not_null(), col("scite1"))
    names = codebook.rules["name-spaces"].each
    for variable in codebook.variables.values():
        # A text of one row that stands for its name, "Unknown", and one that a row of its pair reads.
        if variable.kind != "text" or variable.name in ("related", "gname"):
            continue
        name = variable.name
        filled = col(name).is_not_null() & (col(name) != "Unknown")
        yield put(name, "text-markup", filled, col(name) + "<br/>and more")
        if name in (names or ()):
            yield put(name, "name-spaces", filled, col(name) + " ")
            yield put(name, "name-unknown", filled, "unknown")
        else:
            yield put(name, "text-control", filled, col(name) + "\x07")
            yield put(name, "text-blank", filled, "  ")
