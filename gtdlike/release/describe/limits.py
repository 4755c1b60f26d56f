"""The known limits of a release, by the coder that made it: `limits.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files


def limits(coder: str | None) -> list[str]:
    """The limits, one text each, of what a coder of that name made."""
    told = tomllib.loads(files("gtdlike.release.describe").joinpath("limits.toml").read_text(encoding="utf-8"))
    return [one["text"] for one in told["limit"] if one.get("coder") in (None, coder)]
