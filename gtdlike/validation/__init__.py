"""Validation: the rules of a codebook over tables and rows of any size, and the report of what they find."""

from gtdlike.validation.report import Report, violation_schema
from gtdlike.validation.rules import rule_ids
from gtdlike.validation.run import validate

__all__ = ["Report", "rule_ids", "validate", "violation_schema"]
