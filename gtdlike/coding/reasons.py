"""What the rules of the rule coder say, in words."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

from gtdlike.coding.rules.lexicon import rows


@lru_cache(maxsize=4096)
def reason_of(rule: str) -> str:
    """The reason that a coding rule gives, from `lexicon/reasons.csv`; empty for a rule of another coder."""
    what = rule.partition(".")[2].replace("_", " ")
    listed = rows("reasons")
    own = [row["reason"] for row in listed if row["rule"] == rule]
    kind = [row["reason"] for row in listed if fnmatchcase(rule, row["rule"])]
    return next(iter(own + kind), "").replace("{what}", what)
