"""A codebook to spoil."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the built-in codebook to spoil."""
    with resources.as_file(resources.files("gtdlike.codebook").joinpath("gtd")) as folder:
        return shutil.copytree(folder, tmp_path / "own")
