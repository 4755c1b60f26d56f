"""A made-up incident, which shows in schemas and docs what a row looks like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from gtdlike.codebook.checks import checks_of
from gtdlike.codebook.expression import to_python
from gtdlike.codebook.model import Codebook, Value, Variable

_EXAMPLE: Final[Mapping[str, Value]] = {
    "eventid": 201701160002,
    "iyear": 2017,
    "imonth": 1,
    "iday": 16,
    "extended": 1,
    "resolution": dt.date(2017, 1, 17),
    "country": 95,
    "region": 10,
    "provstate": "Baghdad",
    "city": "Baghdad",
    "latitude": 33.3,
    "longitude": 44.4,
    "specificity": 1,
    "vicinity": 0,
    "location": "A market in the north of the city",
    "summary": "01/16/2017: Gunmen took four people from a market in Baghdad, Iraq. Two were freed a day later.",
    "crit1": 1,
    "crit2": 1,
    "crit3": 1,
    "doubtterr": 0,
    "multiple": 1,
    "success": 1,
    "suicide": 0,
    "attacktype1": 6,
    "targtype1": 14,
    "targsubtype1": 67,
    "corp1": "Unknown",
    "target1": "Traders",
    "natlty1": 95,
    "gname": "Unknown",
    "guncertain1": 0,
    "individual": 0,
    "nperps": 5,
    "nperpcap": 0,
    "claimed": 0,
    "weaptype1": 5,
    "weapsubtype1": 3,
    "weapdetail": "Pistols",
    "nkill": 0,
    "nwound": 1,
    "property": -9,
    "ishostkid": 1,
    "nhostkid": 4,
    "nhostkidus": 0,
    "ndays": 1.0,
    "ransom": 1,
    "ransomamt": 20000.0,
    "hostkidoutcome": 2,
    "nreleased": 2,
    "addnotes": "Another source tells of three people.",
    "scite1": '"Four Taken From Market," Example News, January 17, 2017.',
    "dbsource": "Example",
    "INT_LOG": -9,
    "INT_IDEO": -9,
    "INT_MISC": 0,
    "INT_ANY": -9,
    "related": "201701160003",
}


def example_row(codebook: Codebook) -> dict[str, Value]:
    """The made-up incident as a row of a codebook, with its labels; empty where the codebook would refuse it."""
    row = {name: value for name, value in _EXAMPLE.items() if name in codebook.variables}
    for variable in codebook.variables.values():
        if variable.label_of is not None and variable.label_of in row:
            known = codebook.code_list(variable.name).by_code.get(int(str(row[variable.label_of])))
            if known is not None:
                row[variable.name] = known.label
    if any(to_python(check.expression)(row) is False for check in checks_of(codebook)):
        return {}
    return {name: row[name] for name in codebook.columns if name in row}


def examples_of(variable: Variable, codebook: Codebook) -> list[Value]:
    """One or two values that a cell of a variable can have."""
    if variable.kind == "boolean":
        return [0, 1]
    if variable.kind in ("code", "label"):
        first = next(iter(codebook.code_list(variable.name)), None)
        return [] if first is None else [first.code if variable.kind == "code" else first.label]
    shown = _EXAMPLE.get(variable.name)
    found: list[Value] = [] if shown is None or shown == variable.unknown else [shown]
    return found if variable.unknown is None else [*found, variable.unknown]
