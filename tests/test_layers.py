"""A folder imports only from those in the layers above it, lazily or not; and never from a neighbour in its layer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import gtdlike

ROOT = Path(gtdlike.__file__).parent

# From the bottom up. `cells` and `rows` know the codebook, `article`, `incident` and `evidence` nothing but Python.
LAYERS = (
    {"errors", "patterns", "trouble", "webpage"},
    {"codebook"},
    {"article", "contract", "incident", "evidence", "cells", "rowmap", "rows", "nested", "shapes"},
    {"formats"},
    {"reading", "coding", "linking", "validation", "export"},
    {"engines", "testing", "evaluation"},
    {"release"},
    {"cli"},
    {"__main__"},
)
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}
# Modules of one layer that may use each other: they are one folder's worth of things.
SAME_FOLDER = LAYERS[2]
# What a coder gives back is a contract, on which the neighbours of `coding` may build.
CONTRACTS = {"gtdlike.coding.base"}


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the full name of every module of ours that is imported, inside functions as well.

    What is imported only for typing is left out: it never runs, and a contract may speak of what uses it.
    """
    typing_only: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            typing_only.update(inner for part in node.body for inner in ast.walk(part))
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: import by the full name"
            if node.module == "gtdlike":
                yield from ((node.lineno, f"gtdlike.{name.name}") for name in node.names)
            elif node.module:
                yield node.lineno, node.module


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_layers(path: Path) -> None:
    part = part_of(path)
    assert part in LEVEL, f"{part} has no layer yet: give it one here and in the docs"
    for line, name in imports(ast.parse(path.read_text(encoding="utf-8"))):
        if not name.startswith("gtdlike."):
            continue
        other = name.split(".")[1]
        allowed = (
            other == part
            or LEVEL.get(other, 99) < LEVEL[part]
            or (other in SAME_FOLDER and part in SAME_FOLDER)
            or (name in CONTRACTS and LEVEL[part] >= LEVEL["coding"])
            or (name == "gtdlike.__version__" and part in ("cli", "release"))
        )
        assert allowed, f"{path.relative_to(ROOT)}:{line}: {part} may not import {name}"


def test_the_rule_finds_what_it_is_for() -> None:
    source = "def f():\n    from gtdlike.cli import app\n    import gtdlike.release.build\nfrom gtdlike import rows\n"
    found = {name for _, name in imports(ast.parse(source))}
    assert found == {"gtdlike.cli", "gtdlike.release.build", "gtdlike.rows"}
    assert LEVEL["cli"] > LEVEL["release"] > LEVEL["engines"] > LEVEL["linking"] > LEVEL["rows"] > LEVEL["codebook"]
