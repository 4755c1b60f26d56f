"""The fields, weights and lists of `fields.toml`, typed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from attrs import frozen


@frozen
class Composite:
    """A field that stands for several variables."""

    label: str
    kind: str
    variables: tuple[str, ...]
    replaces: frozenset[str]


@frozen
class Settings:
    """What the file says."""

    stop_words: frozenset[str]
    least: float
    asked_of_none: frozenset[str]
    left_out: frozenset[str]
    weights: Mapping[str, float]
    composites: Mapping[str, Composite]
    names: frozenset[str]
    groups: frozenset[str]
    ranges: frozenset[str]


@cache
def settings() -> Settings:
    """The settings, read once."""
    data = tomllib.loads(files("gtdlike.evaluation").joinpath("fields.toml").read_text(encoding="utf-8"))
    return Settings(
        stop_words=frozenset(data["stop_words"].split()),
        least=data["least"],
        asked_of_none=frozenset(data["asked_of_none"]),
        left_out=frozenset(data["left_out"]),
        weights=data["weights"],
        composites={
            name: Composite(f["label"], f["kind"], tuple(f["variables"]), frozenset(f["replaces"]))
            for name, f in data["fields"].items()
        },
        names=frozenset(data["names"]["names"]),
        groups=frozenset(data["names"]["groups"]),
        ranges=frozenset(data["numbers"]["ranges"]),
    )
