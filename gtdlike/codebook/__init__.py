"""The codebook as data: variables, the codes that they take, and the names of groups and countries."""

from gtdlike.codebook.check import check_codebook
from gtdlike.codebook.load import built_in_codebooks, load_codebook
from gtdlike.codebook.model import Code, Codebook, CodeList, Country, Group, Unsearched, Variable
from gtdlike.codebook.problem import CodebookProblem
from gtdlike.errors import CodebookError

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
