"""GeoJSON (RFC 7946): where the incidents took place, for maps. It holds a part of the table, so it is not read back.

Each incident with coordinates is a point. `without_coordinates` counts the others, which are left out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gtdlike.errors import WriteError
from gtdlike.export.cast import flat, frame_of
from gtdlike.export.description import about, columns_of
from gtdlike.export.numbers import finite

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

LATITUDE, LONGITUDE = "place.latitude", "place.longitude"
DATE: Final = ("date.year", "date.month", "date.day")
SHOWN: Final = (
    "place.country", "place.province", "place.city", "place.location", "place.specificity", "attacks[0]",
    "targets[0].type", "perpetrators[0].name", "casualties.killed", "casualties.wounded",
)  # fmt: skip
"""The paths of what a point tells beside its id and date; in place of a code its label, if the table has it."""


def write(table: pa.Table, part: Path, path: Path) -> None:
    """Write the places of incidents. Raises WriteError for a table without coordinates."""
    import polars as pl

    known = columns_of(table.schema)
    by_path = {column.path: name for name, column in known.items() if column.path}
    if LATITUDE not in by_path or LONGITUDE not in by_path:
        remedy = "Give a table of incidents, with the codebook that it was written with."
        raise WriteError("The table has no columns of latitude and longitude.", str(path), remedy=remedy)
    labels = {column.label_of: name for name, column in known.items() if column.label_of}
    frame = finite(frame_of(flat(table)), path)
    latitude, longitude = pl.col(by_path[LATITUDE]), pl.col(by_path[LONGITUDE])
    placed = frame.filter(latitude.is_between(-90, 90) & longitude.is_between(-180, 180))
    shown = [labels.get(name, name) for one in SHOWN if (name := by_path.get(one)) is not None]
    eventid = by_path.get("eventid")
    properties = [*([eventid] if eventid else []), "date", *shown]
    rows = placed.with_columns(_date([by_path[one] for one in DATE if one in by_path]).alias("date"))
    head = {
        "type": "FeatureCollection",
        "codebook": about(table.schema, "codebook"),
        "codebook_version": about(table.schema, "codebook_version"),
        "incidents": frame.height,
        "without_coordinates": frame.height - placed.height,
    }
    points = rows.select(longitude.alias("x"), latitude.alias("y")).iter_rows()
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=2)[:-2] + ',\n  "features": [')
        before = "\n    "
        for point, told in zip(points, rows.select(properties).iter_rows(named=True), strict=True):
            feature = {"type": "Feature", "id": told.get(eventid or ""), "properties": told}
            feature["geometry"] = {"type": "Point", "coordinates": point}
            file.write(before + json.dumps(feature, ensure_ascii=False, default=str, allow_nan=False))
            before = ",\n    "
        file.write("\n  ]\n}\n")


def _date(parts: list[str]) -> pl.Expr:
    """The day as far as it is known: 2017-01-16, 2017-01, or 2017."""
    import polars as pl

    texts = [pl.col(name).cast(pl.String).str.zfill(width) for name, width in zip(parts, (4, 2, 2), strict=False)]
    known = [pl.col(name).fill_null(0) != 0 for name in parts]
    date = pl.lit(None, pl.String)
    for end in range(1, len(parts) + 1):
        told = pl.concat_str(texts[:end], separator="-")
        date = pl.when(pl.all_horizontal(known[:end])).then(told).otherwise(date)
    return date
