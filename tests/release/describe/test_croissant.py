"""Croissant: accepted by mlcroissant, which loads every table from it as it is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import mlcroissant
import polars as pl

from .conftest import Described


def dataset_of(folder: Path) -> mlcroissant.Dataset:
    return mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))


def test_mlcroissant_has_nothing_to_say_against_it(release: Described) -> None:
    dataset = dataset_of(release.folder)
    issues = dataset.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    metadata = dataset.metadata
    assert (metadata.name, metadata.version) == ('Attacks: "a to z" | # 1', "2024.1")
    assert [one.name for one in metadata.creators] == ["Josiah Carberry", "Example Monitor"]
    assert metadata.cite_as == release.facts.citation


def test_what_nobody_said_is_left_out_and_recommended(nameless: Described) -> None:
    issues = dataset_of(nameless.folder).metadata.ctx.issues
    assert not issues.errors
    told = " ".join(str(one) for one in issues.warnings)
    assert all(what in told for what in ("datePublished", "license", "version"))
    assert len(issues.warnings) == 3


def test_every_table_is_read_as_it_is(release: Described) -> None:
    dataset = dataset_of(release.folder)
    assert [one.name for one in dataset.metadata.record_sets] == [table.name for table in release.facts.tables]
    for table in release.facts.tables:
        expected = pl.read_parquet(release.folder / table.file)
        records = [
            {key.split("/")[1]: as_written(value) for key, value in record.items()}
            for record in dataset.records(table.name)
        ]
        assert len(records) == expected.height > 0
        for record, row in zip(records, expected.iter_rows(named=True), strict=True):
            assert record == row


def as_written(value: Any) -> Any:
    """A value as Python has it: mlcroissant gives texts as bytes, dates as timestamps, and NaN or NaT for a blank."""
    if isinstance(value, bytes):
        return value.decode()
    if value is None or value != value:
        return None
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime().date()
    if isinstance(value, dt.datetime):
        return value.date()
    return value
