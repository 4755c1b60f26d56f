"""What the exit code of a command says."""

FINE = 0
FINDINGS = 1
"""`validate` found violations, `verify` problems, `diff` differences."""
COULD_NOT_RUN = 2
INTERRUPTED = 130
"""Stopped by Ctrl-C."""
