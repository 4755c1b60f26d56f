"""The public names: that they are these, that they are there, and that importing the package stays quick."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import gtdlike

NAMES = {
    "UNKNOWN", "Article", "Casualties", "Codebook", "CodedIncident", "Coder", "Criteria", "Diff", "Evaluation",
    "EventDate", "Evidence", "GtdlikeError", "Hostages", "How", "Incident", "International", "LossWarning",
    "Perpetrator", "Place", "Property", "Ransom", "Report", "RuleCoder", "Target", "Unreadable", "Verification",
    "Weapon", "__version__", "build", "check_codebook", "code", "diff", "evaluate", "from_nested", "from_row",
    "from_table", "incident_class", "link", "load_codebook", "read", "read_table", "rule_ids", "to_nested", "to_row",
    "to_table", "validate", "verify", "write_table",
}  # fmt: skip


def test_the_public_names_are_these() -> None:
    assert set(gtdlike.__all__) == NAMES
    assert len(gtdlike.__all__) == len(NAMES)
    assert dir(gtdlike) == sorted(NAMES)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_is_there_and_explained(name: str) -> None:
    value = getattr(gtdlike, name)
    if callable(value):
        assert (value.__doc__ or "").strip(), f"{name} has no docstring"


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        gtdlike.nothing  # noqa: B018


def test_typing_knows_the_same_names() -> None:
    source = Path(gtdlike.__file__).read_text(encoding="utf-8")
    for name in NAMES - {"__version__"}:
        assert f" {name} as {name}\n" in source, name


def test_importing_loads_nothing_heavy() -> None:
    script = (
        "import sys, gtdlike; print([m for m in ('attrs', 'polars', 'pyarrow', 'trafilatura') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_installed_package_is_tested() -> None:
    """`make test` installs the package and says so; then the sources beside the tests must not be what is tested."""
    here = Path(gtdlike.__file__).resolve()
    installed = "site-packages" in here.parts
    if os.environ.get("GTDLIKE_INSTALLED") == "1":
        assert installed, f"{here} is not the installed package"
    for file in (
        "py.typed",
        "codebook/gtd/codebook.toml",
        "codebook/gtd/names/groups.csv",
        "coding/lexicon/english_words.csv",
    ):
        assert (here.parent / file).is_file(), f"{file} is not in the package"
