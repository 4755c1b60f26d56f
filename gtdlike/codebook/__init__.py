"""The codebook as data: variables, the codes that they take, and the names of groups and countries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gtdlike.codebook.load import built_in_codebooks, load_codebook
from gtdlike.codebook.model import Code, Codebook, CodeList, Country, Group, Unsearched, Variable
from gtdlike.codebook.problem import CodebookProblem
from gtdlike.errors import CodebookError

if TYPE_CHECKING:
    from gtdlike.codebook.check import check_codebook

__all__ = [
    "Code",
    "CodeList",
    "Codebook",
    "CodebookError",
    "CodebookProblem",
    "Country",
    "Group",
    "Unsearched",
    "Variable",
    "built_in_codebooks",
    "check_codebook",
    "load_codebook",
]


def __getattr__(name: str) -> Any:
    # The checks read rules, for which most uses of a codebook should not have to wait.
    if name == "check_codebook":
        from gtdlike.codebook.check import check_codebook

        return check_codebook
    raise AttributeError(f"module 'gtdlike.codebook' has no attribute {name!r}")
