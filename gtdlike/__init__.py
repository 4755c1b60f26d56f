"""gtdlike: news articles to a validated, documented incident dataset, driven by one codebook.

The public names are all here. They are imported when they are first used, so that `import gtdlike` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gtdlike.article import Article as Article
    from gtdlike.codebook import Codebook as Codebook
    from gtdlike.codebook import check_codebook as check_codebook
    from gtdlike.codebook import load_codebook as load_codebook
    from gtdlike.coding import CodedIncident as CodedIncident
    from gtdlike.coding import Coder as Coder
    from gtdlike.coding import RuleCoder as RuleCoder
    from gtdlike.coding.code import code as code
    from gtdlike.errors import GtdlikeError as GtdlikeError
    from gtdlike.evaluation import Evaluation as Evaluation
    from gtdlike.evaluation import evaluate as evaluate
    from gtdlike.evidence import Evidence as Evidence
    from gtdlike.evidence import How as How
    from gtdlike.export import LossWarning as LossWarning
    from gtdlike.export import read_table as read_table
    from gtdlike.export import write_table as write_table
    from gtdlike.incident import UNKNOWN as UNKNOWN
    from gtdlike.incident import Casualties as Casualties
    from gtdlike.incident import Criteria as Criteria
    from gtdlike.incident import EventDate as EventDate
    from gtdlike.incident import Hostages as Hostages
    from gtdlike.incident import Incident as Incident
    from gtdlike.incident import International as International
    from gtdlike.incident import Perpetrator as Perpetrator
    from gtdlike.incident import Place as Place
    from gtdlike.incident import Property as Property
    from gtdlike.incident import Ransom as Ransom
    from gtdlike.incident import Target as Target
    from gtdlike.incident import Weapon as Weapon
    from gtdlike.incident import incident_class as incident_class
    from gtdlike.linking import link as link
    from gtdlike.nested import from_nested as from_nested
    from gtdlike.nested import to_nested as to_nested
    from gtdlike.reading import Unreadable as Unreadable
    from gtdlike.reading import read as read
    from gtdlike.release import build as build
    from gtdlike.release.diff import Diff as Diff
    from gtdlike.release.diff import diff as diff
    from gtdlike.release.verify import Verification as Verification
    from gtdlike.release.verify import verify as verify
    from gtdlike.rows import from_row as from_row
    from gtdlike.rows import from_table as from_table
    from gtdlike.rows import to_row as to_row
    from gtdlike.rows import to_table as to_table
    from gtdlike.validation import Report as Report
    from gtdlike.validation import rule_ids as rule_ids
    from gtdlike.validation import validate as validate

    __version__: str

# Which module each public name lives in.
_HOMES = {
    "gtdlike.article": ("Article",),
    "gtdlike.codebook": ("Codebook", "check_codebook", "load_codebook"),
    "gtdlike.coding": ("CodedIncident", "Coder", "RuleCoder"),
    "gtdlike.coding.code": ("code",),
    "gtdlike.errors": ("GtdlikeError",),
    "gtdlike.evaluation": ("Evaluation", "evaluate"),
    "gtdlike.evidence": ("Evidence", "How"),
    "gtdlike.export": ("LossWarning", "read_table", "write_table"),
    "gtdlike.incident": (
        "UNKNOWN", "Casualties", "Criteria", "EventDate", "Hostages", "Incident", "International", "Perpetrator",
        "Place", "Property", "Ransom", "Target", "Weapon", "incident_class",
    ),
    "gtdlike.linking": ("link",),
    "gtdlike.nested": ("from_nested", "to_nested"),
    "gtdlike.reading": ("Unreadable", "read"),
    "gtdlike.release": ("build",),
    "gtdlike.release.diff": ("Diff", "diff"),
    "gtdlike.release.verify": ("Verification", "verify"),
    "gtdlike.rows": ("from_row", "from_table", "to_row", "to_table"),
    "gtdlike.validation": ("Report", "rule_ids", "validate"),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "UNKNOWN", "Article", "Casualties", "Codebook", "CodedIncident", "Coder", "Criteria", "Diff", "Evaluation",
    "EventDate", "Evidence", "GtdlikeError", "Hostages", "How", "Incident", "International", "LossWarning",
    "Perpetrator", "Place", "Property", "Ransom", "Report", "RuleCoder", "Target", "Unreadable", "Verification",
    "Weapon", "__version__", "build", "check_codebook", "code", "diff", "evaluate", "from_nested", "from_row",
    "from_table", "incident_class", "link", "load_codebook", "read", "read_table", "rule_ids", "to_nested", "to_row",
    "to_table", "validate", "verify", "write_table",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            value: Any = version("gtdlike")
        except PackageNotFoundError:
            # The sources are used without being installed.
            value = "source"
    elif name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module 'gtdlike' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
