"""Linking: which coded incidents, of one article or of many, are the same incident, and what it then says."""

from __future__ import annotations

from gtdlike.linking.link import link, link_members
from gtdlike.linking.linked import Linked, Member, SourceReport

__all__ = ["Linked", "Member", "SourceReport", "link", "link_members"]
