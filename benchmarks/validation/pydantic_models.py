"""pydantic: a model with the columns as fields, and a validator that runs the rules and adds what fails.

pydantic stops before its own validators of a model where a field is wrong; the wrapping one here collects both, so that
all violations of a row are told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from benchmarks.validation.data import Files
from benchmarks.validation.ours import rows_in_memory
from benchmarks.validation.rival import Rival, counted, ready
from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import Check, bounds, checks_of
from gtdlike.codebook.expression import to_python
from gtdlike.codebook.model import Variable


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From rows in memory, as JSON gives them, to models or the errors of them all."""
    return _of(codebook, codebook.columns, rows_in_memory(files, rows), checks_of(codebook))


def make_unlabelled(files: Files, rows: int, codebook: Codebook) -> Rival:
    """The same without the labels: the columns that an `Incident` of ours holds."""
    columns = [v.name for v in codebook.variables.values() if v.kind != "label"]
    held = rows_in_memory(files, rows)
    return _of(codebook, columns, [{name: row[name] for name in columns if name in row} for row in held],
               _checks_within(columns, codebook))  # fmt: skip


def make_fields(files: Files, rows: int, codebook: Codebook) -> Rival:
    """All the columns and no rules: what pydantic does without a line of Python."""
    checks = [check for check in checks_of(codebook) if _in_field(check, codebook)]
    return _of(codebook, codebook.columns, rows_in_memory(files, rows), checks)


def _checks_within(columns: Collection[str], codebook: Codebook) -> list[Check]:
    """The checks that read no other columns."""
    return [check for check in checks_of(codebook) if set(check.reads).issubset(columns)]


def _of(codebook: Codebook, columns: Collection[str], held: list[dict[str, Any]], checks: Collection[Check]) -> Rival:
    model = _model(codebook, columns, checks)
    said = {check.rule for check in checks}
    return ready(lambda: counted(_errors(model), held), "cell, value, rule", said, codebook, "one row at a time")


def _errors(model: type[BaseModel]) -> Callable[[dict[str, Any]], Iterator[Any]]:
    def errors(row: dict[str, Any]) -> Iterator[Any]:
        try:
            model.model_validate(row)
        except ValidationError as error:
            yield from error.errors(include_url=False, include_context=False)

    return errors


def _model(codebook: Codebook, columns: Collection[str], checks: Collection[Check]) -> type[BaseModel]:
    fields: dict[str, Any] = {name: (_type(codebook.variables[name], codebook), None) for name in columns}
    rules = [(to_python(c.expression), c.rule, c.variable) for c in checks if not _in_field(c, codebook)]

    def all_errors(cls: type[BaseModel], row: Any, handler: Callable[[Any], Any]) -> Any:
        made, details = None, list[InitErrorDetails]()
        try:
            made = handler(row)
            cells: Mapping[str, Any] = made.__dict__
        except ValidationError as error:
            for one in error.errors(include_url=False):
                kind = PydanticCustomError("field", "{told}", {"told": one["msg"]})
                details.append(InitErrorDetails(type=kind, loc=one["loc"], input=one["input"]))
            cells = {**row, "resolution": _date(row.get("resolution"))}
        for holds, rule, variable in rules:
            if holds(cells) is False:
                kind = PydanticCustomError("rule", "{rule}", {"rule": rule})
                details.append(InitErrorDetails(type=kind, loc=(variable,), input=cells.get(variable)))
        if details:
            raise ValidationError.from_exception_data(cls.__name__, details)
        return made

    method: Any = classmethod(all_errors)
    wrapping: Any = {"all_errors": model_validator(mode="wrap")(method)} if rules else {}
    model: type[Any] = create_model("Row", __config__=ConfigDict(extra="forbid"), __validators__=wrapping, **fields)
    return model


def _in_field(check: Check, codebook: Codebook) -> bool:
    """Whether the type of the field says it: a list of codes, or bounds without an unknown code beyond them."""
    return check.rule == "code" or (check.rule == "range" and codebook.variables[check.variable].unknown is None)


def _date(value: str | None) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)


def _type(variable: Variable, codebook: Codebook) -> Any:
    unknown = () if not isinstance(variable.unknown, int) else (variable.unknown,)
    match variable.kind:
        case "code":
            return Literal[(*codebook.code_lists[variable.codes or ""].by_code, *unknown)] | None
        case "boolean":
            return Literal[(0, 1, *unknown)] | None
        case "integer" | "number":
            number = int if variable.kind == "integer" else float
            low, high = (None, None) if unknown else bounds(variable)
            return Annotated[number, Field(ge=low, le=high)] | None
        case "date":
            return dt.date | None
        case _:
            return str | None
