"""One sentence of our own about an incident, made from its codes."""

from __future__ import annotations

import calendar
from collections.abc import Mapping

from gtdlike.codebook import Codebook
from gtdlike.codebook.model import Value


def _date(v: Mapping[str, Value]) -> str:
    year, month, day = v.get("iyear"), v.get("imonth"), v.get("iday")
    if not isinstance(year, int):
        return "On an unknown date"
    if not isinstance(month, int) or month == 0:
        return f"In {year}"
    name = calendar.month_name[month]
    return f"On {day} {name} {year}" if isinstance(day, int) and day else f"In {name} {year}"


def _label(codebook: Codebook, codes: str, value: Value) -> str | None:
    return codebook.code_lists[codes].label(value) if isinstance(value, int) else None


def _people(n: Value, what: str) -> str | None:
    if not isinstance(n, int) or n < 0:
        return None
    return (
        f"{'no one' if n == 0 else f'{n:,} ' + ('person' if n == 1 else 'people')} {'was' if n <= 1 else 'were'} {what}"
    )


def summarize(values: Mapping[str, Value], codebook: Codebook) -> str:
    """A summary: when, where, by whom, what kind of attack on what, with what outcome."""
    attack = (_label(codebook, "attacktype", values.get("attacktype1")) or "attack").lower()
    target = values.get("target1")
    place = ", ".join(str(values[c]) for c in ("city", "provstate") if values.get(c) and values.get(c) != "Unknown")
    country = _label(codebook, "country", values.get("country"))
    where = ", ".join(dict.fromkeys(x for x in (place, country) if x))
    group = values.get("gname")
    who = f" attributed to {group}" if group and group != "Unknown" else " by unknown perpetrators"
    kind = "an attempted" if values.get("success") == 0 else "an" if attack[:1] in "aeiou" else "a"
    attack = "attack of unknown type" if attack == "unknown" else attack
    kind = "an attempted" if values.get("success") == 0 else "an" if attack[:1] in "aeiou" else "a"
    parts = [f"{_date(values)}, {kind} {attack}{who} took place" + (f" in {where}" if where else "")]
    if isinstance(target, str):
        parts[0] += f"; the target was: {' '.join(target.split())}"
    outcome = [x for x in (_people(values.get("nkill"), "killed"), _people(values.get("nwound"), "wounded")) if x]
    return parts[0] + (f"; {' and '.join(outcome)}." if outcome else ".")
