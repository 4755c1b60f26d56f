"""The fields that two codings are compared in: those of several variables, and the single variables of a codebook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from attrs import field, frozen

from gtdlike.codebook.model import Codebook, Variable
from gtdlike.codebook.once import once_per_codebook
from gtdlike.errors import ReadError, remedy_for
from gtdlike.evaluation.composites import AnyKind, Day, Names, Targets
from gtdlike.evaluation.kinds import Coded, Group, Kind, Label, Name, Number, Range, Text
from gtdlike.evaluation.settings import settings
from gtdlike.patterns import matching

_COMPOSITES: dict[str, Callable[[tuple[str, ...]], AnyKind]] = {"date": Day, "names": Names, "targets": Targets}


@frozen
class Field:
    """What is compared: its name, how, of which variables, and what agreement weighs when incidents are paired."""

    name: str
    label: str
    kind: AnyKind = field(repr=False)
    variables: tuple[str, ...]
    weight: float


@once_per_codebook
def all_fields(codebook: Codebook) -> dict[str, Field]:
    """Every field that there can be, by its name, in the order in which they are shown."""
    made: dict[str, Field] = {}
    for name, composite in settings().composites.items():
        kind = _COMPOSITES[composite.kind](composite.variables)
        made[name] = Field(name, composite.label, kind, composite.variables, settings().weights.get(name, 0.0))
    for variable in codebook.variables.values():
        kind_ = _kind(variable, codebook)
        sources = (variable.label_of or variable.name,)
        weight = settings().weights.get(variable.name, 0.0)
        made[variable.name] = Field(variable.name, variable.label, kind_, sources, weight)
    return made


def _kind(variable: Variable, codebook: Codebook) -> Kind:
    name = variable.name
    if name in settings().ranges:
        return Range(variable)
    if name in settings().groups:
        return Group(variable)
    if name in settings().names:
        return Name(variable)
    match variable.kind:
        case "code":
            return Coded(variable, codebook.code_list(name))
        case "boolean":
            return Coded(variable)
        case "label":
            return Label(variable, codebook.code_list(name))
        case "integer" | "number":
            return Number(variable)
        case "text":
            return Text(variable)
        case _:
            return Kind(variable)


def usual(codebook: Codebook) -> list[str]:
    """The names of the fields that are compared where none are named: no free text, and nothing twice."""
    left_out = settings().left_out.union(*(c.replaces for c in settings().composites.values()))
    own = [v.name for v in codebook.variables.values() if v.kind != "label" and v.name not in left_out]
    return [*settings().composites, *own]


def choose(
    names: Collection[str], only: Iterable[str] | None, ignore: Iterable[str], known: Collection[str]
) -> set[str]:
    """The fields of `only` (by default `names`) without those of `ignore`; each may be a pattern such as `weap*`.

    Raises ReadError for a name that is no field, and a pattern that fits none.
    """

    def unknown(name: str) -> ReadError:
        remedy = remedy_for(name, known, "Name a variable of the codebook, or date, place or targets.")
        return ReadError(f"There is no field {name!r} to compare.", remedy=remedy)

    chosen = set(names) if only is None else matching(only, known, unknown)
    return chosen - matching(ignore, known, unknown)
