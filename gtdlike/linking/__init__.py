"""Linking: which coded incidents, of one article or of many, are the same incident, and what it then says."""

from __future__ import annotations

from gtdlike.linking.decided import Decided, Ruling
from gtdlike.linking.link import link, link_members
from gtdlike.linking.linked import Linked, Member, SourceReport

__all__ = ["Decided", "Linked", "Member", "Ruling", "SourceReport", "link", "link_members"]
