"""Reading a rule: the part of SQL that says something about one row.

    expression := AND, OR, NOT over predicates; TRUE is not needed and not known
    predicate  := value (= <> != < <= > >=) value | value IS [NOT] NULL | value IS [NOT] DISTINCT FROM value
                | value [NOT] IN (constant, ...) | value [NOT] BETWEEN value AND value | REGEXP_LIKE(value, 'pattern')
    value      := a variable | a number | 'a text' | DATE '2017-01-16' | value (+ - * %) value
                | COALESCE(...) | NULLIF(a, b) | ABS(a) | LENGTH(a) | EXTRACT(YEAR|MONTH|DAY FROM a)
                | CASE variable WHEN constant THEN constant ... END

Written by hand rather than with a parser of all SQL: a rule must be told where its mistake is in words of the codebook,
and loading such a parser takes longer than validating a small file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final, NoReturn, cast

from attrs import define

from gtdlike.codebook.expression.nodes import (
    And,
    Arithmetic,
    Call,
    Column,
    Compare,
    Constant,
    Distinct,
    Expression,
    Extract,
    In,
    IsNull,
    Lookup,
    Matches,
    Not,
    Or,
    Scalar,
)
from gtdlike.codebook.expression.tokens import ExpressionError, Token, tokens
from gtdlike.errors import did_you_mean

_COMPARISONS: Final = {"=": "=", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_FUNCTIONS: Final = {"COALESCE": (2, 9), "NULLIF": (2, 2), "ABS": (1, 1), "LENGTH": (1, 1)}
_KEYWORDS: Final = frozenset(
    (
        "AND OR NOT IS NULL DISTINCT FROM IN BETWEEN DATE CASE WHEN THEN END "
        "EXTRACT REGEXP_LIKE COALESCE NULLIF ABS LENGTH"
    ).split()
)


def parse(text: str) -> Expression:
    """The expression of a rule. Raises ExpressionError, which tells where the text cannot be read."""
    return _Parser(tokens(text), text).whole()


@define
class _Parser:
    tokens: list[Token]
    text: str
    place: int = 0

    # Tokens

    @property
    def next(self) -> Token:
        return self.tokens[self.place] if self.place < len(self.tokens) else Token("end", "", len(self.text))

    def take(self, *words: str) -> bool:
        """Step over these words, if they come next."""
        coming = [token.word for token in self.tokens[self.place : self.place + len(words)]]
        if coming != list(words):
            return False
        self.place += len(words)
        return True

    def expect(self, word: str) -> None:
        if not self.take(word):
            self.fail(f"{word} is expected")

    def fail(self, expected: str) -> NoReturn:
        token = self.next
        found = "the rule ends" if token.kind == "end" else f"{token.text!r} stands"
        near = did_you_mean(token.text.upper(), _KEYWORDS) if token.kind == "word" else ""
        raise ExpressionError(f"{expected}, but {found} there.", token.at, near)

    # Truth

    def whole(self) -> Expression:
        found = self.either()
        if self.next.kind != "end":
            self.fail("AND, OR or the end is expected")
        return found

    def either(self) -> Expression:
        return self.chain("OR", self.both, Or)

    def both(self) -> Expression:
        return self.chain("AND", self.negation, And)

    def chain(self, word: str, part: Callable[[], Expression], node: Callable[..., Expression]) -> Expression:
        at = self.next.at
        parts = [part()]
        while self.take(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else node(tuple(parts), at=at)

    def negation(self) -> Expression:
        at = self.next.at
        return Not(self.negation(), at=at) if self.take("NOT") else self.predicate()

    def predicate(self) -> Expression:
        at = self.next.at
        if self.take("REGEXP_LIKE"):
            self.expect("(")
            operand = self.sum()
            self.expect(",")
            pattern = self.constant()
            self.expect(")")
            return self.matches(operand, pattern, at)
        if self.next.text == "(" and (inner := self.in_parentheses()) is not None:
            return inner
        left = self.sum()
        if (op := _COMPARISONS.get(self.next.text)) is not None:
            self.place += 1
            return Compare(cast(Any, op), left, self.sum(), at=at)
        if self.take("IS"):
            negated = self.take("NOT")
            if self.take("DISTINCT"):
                self.expect("FROM")
                return Distinct(left, self.sum(), negated, at=at)
            if not self.take("NULL"):
                self.fail("NULL or DISTINCT FROM is expected after IS")
            return IsNull(left, negated, at=at)
        negated = self.take("NOT")
        if self.take("IN"):
            found: Expression = In(left, self.constants(), at=at)
        elif self.take("BETWEEN"):
            low = self.sum()
            self.expect("AND")
            found = And((Compare(">=", left, low, at=at), Compare("<=", left, self.sum(), at=at)), at=at)
        else:
            self.fail("IN or BETWEEN is expected" if negated else "A comparison is expected")
        return Not(found, at=at) if negated else found

    def in_parentheses(self) -> Expression | None:
        """A truth in parentheses; None, and nothing read, where they hold a number such as (a + b)."""
        start = self.place
        self.expect("(")
        try:
            found = self.either()
            self.expect(")")
        except ExpressionError as error:
            # Is it a number in parentheses? If that cannot be read either, the first mistake is the one to tell.
            self.place = start
            try:
                self.sum()
            except ExpressionError:
                raise error from None
            self.place = start
            return None
        return found

    def matches(self, operand: Expression, pattern: Constant, at: int) -> Matches:
        if not isinstance(pattern.value, str):
            raise ExpressionError("The pattern is not a text.", pattern.at, "Put it into single quotes.")
        try:
            re.compile(pattern.value)
        except re.error as error:
            raise ExpressionError(f"The pattern is no regular expression: {error}.", pattern.at) from None
        return Matches(operand, pattern.value, at=at)

    # Values

    def sum(self) -> Expression:
        return self.operations("+-", self.product)

    def product(self) -> Expression:
        return self.operations("*%", self.value)

    def operations(self, signs: str, part: Callable[[], Expression]) -> Expression:
        at, left = self.next.at, part()
        while self.next.kind == "sign" and self.next.text in signs:
            op, sign_at = self.next.text, self.next.at
            self.place += 1
            right = part()
            if op == "%" and not (isinstance(right, Constant) and right.value != 0):
                raise ExpressionError("The divisor of % is not a number other than 0.", sign_at, "Write a number.")
            left = Arithmetic(cast(Any, op), left, right, at=at)
        if self.next.text == "/":
            raise ExpressionError("There is no division.", self.next.at, "Multiply the other side, or use %.")
        return left

    def value(self) -> Expression:
        token = self.next
        if token.text == "(":
            self.place += 1
            inner = self.sum()
            self.expect(")")
            return inner
        if token.kind != "word" or token.word == "DATE":
            return self.constant()
        if token.word in _FUNCTIONS:
            return self.call(token)
        if token.word == "EXTRACT":
            self.place += 1
            self.expect("(")
            part = self.next.word
            if part not in ("YEAR", "MONTH", "DAY"):
                self.fail("YEAR, MONTH or DAY is expected")
            self.place += 1
            self.expect("FROM")
            operand = self.sum()
            self.expect(")")
            return Extract(cast(Any, part), operand, at=token.at)
        if self.take("CASE"):
            return self.case(token)
        if token.word in _KEYWORDS:
            self.fail("A variable or a value is expected")
        self.place += 1
        if self.next.text == "(":
            near = did_you_mean(token.word, [*_FUNCTIONS, "EXTRACT", "REGEXP_LIKE"])
            raise ExpressionError(f"There is no function {token.text!r}.", token.at, near)
        return Column(token.text, at=token.at)

    def call(self, token: Token) -> Expression:
        self.place += 1
        self.expect("(")
        arguments = [self.sum()]
        while self.take(","):
            arguments.append(self.sum())
        self.expect(")")
        least, most = _FUNCTIONS[token.word]
        if not least <= len(arguments) <= most:
            told = f"{least}" if least == most else f"{least} or more"
            raise ExpressionError(f"{token.word} takes {told} values, not {len(arguments)}.", token.at)
        return Call(cast(Any, token.word), tuple(arguments), at=token.at)

    def case(self, token: Token) -> Expression:
        operand = self.value()
        if not isinstance(operand, Column):
            raise ExpressionError("CASE is followed by a variable.", operand.at, "Write CASE nkill WHEN 0 THEN 1 END.")
        table: dict[Any, Any] = {}
        while self.take("WHEN"):
            key = self.constant().value
            self.expect("THEN")
            table[key] = self.constant().value
        if not table:
            self.fail("WHEN is expected")
        self.expect("END")
        return Lookup(operand, table, at=token.at)

    def constants(self) -> tuple[Scalar, ...]:
        self.expect("(")
        values = [self.constant().value]
        while self.take(","):
            values.append(self.constant().value)
        self.expect(")")
        return tuple(values)

    def constant(self) -> Constant:
        token = self.next
        negative = self.take("-")
        number = self.next
        if number.kind == "number":
            self.place += 1
            value: int | float = float(number.text) if "." in number.text else int(number.text)
            return Constant(-value if negative else value, at=token.at)
        is_date = not negative and self.take("DATE")
        if negative or self.next.kind != "text":
            self.fail("A number or a text in single quotes is expected")
        text = self.next.text[1:-1].replace("''", "'")
        self.place += 1
        if not is_date:
            return Constant(text, at=token.at)
        try:
            return Constant(dt.date.fromisoformat(text), at=token.at)
        except ValueError:
            raise ExpressionError(f"{text!r} is no date.", token.at, "Write DATE '2017-01-16'.") from None
