"""Coding: from articles to incidents."""

from gtdlike.coding.base import CodedIncident, Coder
from gtdlike.coding.rules.coder import RuleCoder

__all__ = ["CodedIncident", "Coder", "RuleCoder"]
