"""The Data Package: accepted by frictionless, with its data, and it holds what the tables hold."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import frictionless
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import evolve

from gtdlike.codebook import load_codebook
from gtdlike.release import Manifest
from gtdlike.release.describe import About, describe
from gtdlike.release.manifest import File

from .conftest import Described


def links(eventid: int) -> pa.Table:
    return pa.table(
        {
            "eventid": pa.array([eventid, eventid], pa.int64()),
            "article_id": pa.array(["a", "b"]),
            "telling": pa.array([1, 1], pa.int32()),
            "score": pa.array([None, 0.5], pa.float64()),
            "reasons": pa.array([None, "same day"]),
            "decided_by": pa.array([None, None], pa.string()),
        }
    )


CHANGES = pa.table(
    {
        "eventid": pa.array([201701010001, 201612310001], pa.int64()),
        "change": pa.array(["added", "merged"]),
        "other": pa.array([None, 201701010001], pa.int64()),
        "reason": pa.array(["new", "one incident"]),
    }
)


def package_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def report_of(folder: Path, *only: str) -> frictionless.Report:
    """What frictionless finds in the descriptor and in the data of its resources, or of some of them."""
    package = frictionless.Package(str(folder / "datapackage.json"))
    for name in [one.name for one in package.resources if only and one.name not in only]:
        package.remove_resource(name)
    return package.validate()


def told(report: frictionless.Report) -> list[Any]:
    return [list(error) for error in report.flatten(["name", "rowNumber", "fieldName", "type", "message"])]


def test_frictionless_accepts_it_with_all_its_data(release: Described) -> None:
    report = report_of(release.folder)
    assert report.valid, told(report)
    rows = {task.name: task.stats["rows"] for task in report.tasks}
    incidents = release.facts.manifest.incidents
    assert rows["incidents"] == rows["incidents-parquet"] == rows["incidents-jsonl"] == incidents > 1
    assert rows["evidence"] == release.facts.manifest.rows["evidence"]


def test_frictionless_accepts_it_when_nobody_has_said_anything(nameless: Described) -> None:
    report = report_of(nameless.folder, "incidents")
    assert report.valid, told(report)


def test_frictionless_finds_what_was_changed(release: Described, tmp_path: Path) -> None:
    folder = tmp_path / "changed"
    shutil.copytree(release.folder, folder)
    path = folder / "incidents.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, first.replace(first[:12], "x" * 12, 1), *rest]) + "\n", encoding="utf-8")
    errors = {error[0] for error in report_of(folder, "incidents").flatten(["type"])}
    assert {"hash-count", "type-error"} <= errors


def test_every_data_file_is_a_resource_with_its_digest(release: Described) -> None:
    resources = package_of(release.folder)["resources"]
    assert {one["path"] for one in resources} == set(release.facts.manifest.files)
    assert len({one["name"] for one in resources}) == len(resources)
    for one in resources:
        content = (release.folder / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one.get("bytes", len(content)) == len(content)


def test_what_people_say_stands_in_it(release: Described, nameless: Described) -> None:
    package = package_of(release.folder)
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (package["name"], package["version"]) == ("attacks-a-to-z-1", "2024.1")
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert [one["title"] for one in package["contributors"]] == ["Josiah Carberry", "Example Monitor"]
    assert package["contributors"][0]["path"] == "https://orcid.org/0000-0002-1825-0097"
    said = {"licenses", "contributors", "version", "created", "homepage", "keywords", "id"}
    assert said <= set(package)
    assert not said & set(package_of(nameless.folder))


def test_every_column_of_every_table_is_told_of(release: Described) -> None:
    for resource in package_of(release.folder)["resources"]:
        columns = pq.read_schema(release.folder / f"{Path(resource['path']).stem}.parquet").names
        assert [field["name"] for field in resource["schema"]["fields"]] == columns
        if resource["path"].endswith(".parquet") and resource["name"] != "incidents-parquet":
            assert all(field["description"] for field in resource["schema"]["fields"])


def test_further_tables_and_formats_are_resources_as_well(plain: tuple[Path, Manifest], tmp_path: Path) -> None:
    source, manifest = plain
    folder = tmp_path / "more"
    shutil.copytree(source, folder)
    pq.write_table(links(pq.read_table(folder / "incidents.parquet")["eventid"][0].as_py()), folder / "links.parquet")
    pq.write_table(CHANGES, folder / "changes.parquet")
    (folder / "places.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    (folder / "incidents.json").write_text('[{"eventid": 1, "date": {"year": 2016}}]', encoding="utf-8")
    rejected = {"articles": ["a"], "tellings": 1, "violations": [], "row": {"iyear": 2016}}
    (folder / "rejected.jsonl").write_text(json.dumps(rejected) + "\n", encoding="utf-8")
    (folder / "decisions.csv").write_text("decision,eventid,who\nset,1,Ada\n", encoding="utf-8")
    for suffix in ("dta", "sav"):
        (folder / f"incidents.{suffix}").write_bytes(b"\x00\x01")
    _workbook(pq.read_table(folder / "incidents.parquet"), folder / "incidents.xlsx")
    files = {path.name: File.of(path) for path in sorted(folder.iterdir())}
    describe(folder, evolve(manifest, files=files), load_codebook(), About())
    resources = {one["path"]: one for one in package_of(folder)["resources"]}
    assert set(resources) == set(files)
    assert all(field["description"] for name in ("links", "changes") for field in _fields(resources, name))
    new = {"changes", "decisions", "incidents-json", "incidents-xlsx", "links", "places", "rejected"}
    assert {"incidents-dta", "incidents-sav", *new} <= {one["name"] for one in resources.values()}
    report = report_of(folder, "incidents", "incidents-dta", "incidents-sav", *new)
    assert report.valid, told(report)
    pq.write_table(links(199901010001), folder / "links.parquet")
    assert {error[0] for error in report_of(folder, "incidents", "links").flatten(["type"])} == {"foreign-key"}


def _fields(resources: dict[str, Any], name: str) -> list[Any]:
    fields: list[Any] = resources[f"{name}.parquet"]["schema"]["fields"]
    return fields


def _workbook(table: pa.Table, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(table.column_names)
    for row in table.to_pylist():
        sheet.append(list(row.values()))
    book.save(path)
