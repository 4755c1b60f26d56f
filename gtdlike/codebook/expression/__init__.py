"""The language of rules: SQL boolean expressions over one row, as data that several engines run.

`parse` reads an expression, `check_types` looks whether it fits a codebook, and `to_polars`, `to_python` and `to_sql`
turn it into what tables, single rows and databases understand. All of them use the logic of SQL with its third value:
a comparison with NULL is neither true nor false, and a rule is violated only where its expression is false.
"""

from gtdlike.codebook.expression.nodes import Expression, columns_of
from gtdlike.codebook.expression.parse import parse
from gtdlike.codebook.expression.python import to_python
from gtdlike.codebook.expression.sql import to_sql
from gtdlike.codebook.expression.tokens import ExpressionError
from gtdlike.codebook.expression.types import check_types

__all__ = ["Expression", "ExpressionError", "check_types", "columns_of", "parse", "to_python", "to_sql"]
