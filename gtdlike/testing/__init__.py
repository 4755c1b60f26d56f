"""Hypothesis strategies made from a codebook: valid rows and incidents, and rows with exactly one violation.

    from hypothesis import given
    from gtdlike.testing import incidents, rows_violating

    @given(incidents())
    def test_my_export(incident): ...

    @given(rows_violating("killed-perpetrators"))
    def test_my_importer_refuses(row): ...

Hypothesis is not installed with gtdlike: `pip install "gtdlike[test]"`.
"""

from gtdlike.testing.strategies import incidents, rows
from gtdlike.testing.violating import rows_violating

__all__ = ["incidents", "rows", "rows_violating"]
