"""Validation: checks compiled from the codebook, run over tables and rows of any size, and their report."""

from gtdlike.validation.checks import Check, compile_checks
from gtdlike.validation.report import Report, violation_schema
from gtdlike.validation.run import validate

__all__ = ["Check", "Report", "compile_checks", "validate", "violation_schema"]
