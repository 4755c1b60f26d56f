"""Whatever valid incidents come in, valid incidents go out."""

from __future__ import annotations

import datetime as dt

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.incident import Incident
from gtdlike.linking import link
from gtdlike.linking.linked import Member
from gtdlike.linking.merge import merge
from gtdlike.testing import incidents
from gtdlike.validation import validate


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(incidents(), min_size=1, max_size=4))
def test_the_merger_of_valid_incidents_is_valid(told: list[Incident]) -> None:
    members = []
    for n, incident in enumerate(told):
        article = Article(f"a{n}", "text", published=dt.date(2020, 1, 1 + n % 2))
        members.append(Member(article, CodedIncident(article.id, incident)))
    (merged,) = merge([members])
    assert evolve(merged.incident, eventid=None) == merged.incident
    # Which others belong to an incident is only known, and written into `related`, when a release gives eventids.
    report = validate([merged.incident], ignore=["multiple-related"])
    assert report.ok, str(report)
    assert len(link([(m.article, m.coded) for m in members])) <= len(members)
