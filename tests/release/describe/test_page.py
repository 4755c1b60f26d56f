"""The codebook as a page: all of the codebook, the frequencies of the data, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from attrs import evolve

from gtdlike.codebook import load_codebook
from gtdlike.codebook.checks import GENERAL
from gtdlike.formats import export
from gtdlike.formats.html import bars, html
from gtdlike.formats.markdown import check_text

from .conftest import Described

BOOK = load_codebook()
VOID = {"meta", "input", "rect", "br"}


class Page(HTMLParser):
    """The ids, links and addresses of a page. Fails where a tag is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        self.addresses += [found[key] for key in ("src", "action") if key in found]
        if tag == "link":
            self.addresses.append(found["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def text_of(folder: Path) -> str:
    return (folder / "codebook.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(release: Described) -> str:
    return text_of(release.folder)


def test_all_of_the_codebook_is_there(text: str) -> None:
    page = Page(text)
    assert len(set(page.ids)) == len(page.ids)
    expected = [
        *(f"variable-{name}" for name in BOOK.variables),
        *(f"list-{name}" for name in BOOK.code_lists),
        *(f"rule-{name}" for name in (*BOOK.rules, *BOOK.dataset_rules, *GENERAL)),
        *(f"section-{name}" for name in BOOK.sections),
    ]
    assert set(expected) <= set(page.ids)
    plain = unescape(re.sub(r"</?[a-z][^>]*>", "", text))
    assert all(code.label in plain for codes in BOOK.code_lists.values() for code in codes)
    assert all(check_text(rule.check) in plain for rule in BOOK.rules.values())


def test_links_lead_into_the_page_and_nothing_comes_from_elsewhere(text: str) -> None:
    page = Page(text)
    assert page.addresses == []
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)


def test_the_browser_is_told_to_run_this_script_alone(text: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in text


def test_frequencies_stand_beside_the_codes(text: str, release: Described) -> None:
    incidents = pl.read_parquet(release.folder / "incidents.parquet")
    for name in ("country", "attacktype1", "suicide", "weapsubtype1", "targtype1"):
        (item,) = re.findall(rf'<article class="item" id="variable-{name}">.*?</article>', text, re.S)
        found = re.findall(r'<td class="n">(-?\d+)</td><th[^>]*>[^<]*</th><td class="n">(\d+)</td>', item)
        counts = incidents.filter(pl.col(name).is_not_null())[name].value_counts()
        expected = {code: number for code, number in counts.iter_rows() if code != BOOK.variable(name).unknown}
        assert {int(code): int(number) for code, number in found} == expected
        numbers = [int(number) for _, number in found]
        assert numbers == sorted(numbers, reverse=True)
        assert f"{sum(numbers)} told" in item
    assert 'aria-label="Incidents by country"' in text


def test_a_codebook_without_data_is_a_page_as_well(release: Described) -> None:
    page = export(BOOK, "html")
    Page(page)
    assert page == html(BOOK)
    assert "Frequencies" not in page
    assert "<svg" not in page


def test_what_people_say_cannot_become_html() -> None:
    page = html(evolve(BOOK, title="<script>alert(1)</script>"), lead=["<b>&"], overview=bars("<i>", [("<u>", 1)]))
    Page(page)
    assert page.count("<script>") == 1
    assert "&lt;b&gt;&amp;" in page
    assert "<u>" not in page
    assert "<i>" not in page
