"""Every page type answers visitors in both languages, asks few questions and remembers nothing of them."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.schemes.services.loading import load_scheme
from tests.factories import pages
from tests.factories.courses import published_course
from tests.factories.simulations import ScenarioVersionFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]

INLINE = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)|\son[a-z]+=", re.IGNORECASE)


@pytest.fixture
def site(now: Any) -> None:
    """One page of every kind, with what rooms below have to show on it."""
    load_scheme("ttm-2026-1", now=now)
    course = published_course()
    ScenarioVersionFactory()
    pages.home().save_revision().publish()
    pages.level_page()
    pages.simulations_page()
    pages.news_page()
    pages.policy_page()
    pages.base_page(organisation=course.organisation)
    pages.help_page()
    pages.glossary_page()
    pages.GlossaryTermFactory()
    pages.standard_page()
    pages.LegalVersionFactory()


# Address, what it says in Chinese, in English, and how many questions it asks with every cache empty.
PAGES: dict[str, tuple[str, str, int]] = {
    "": ("架桥的人，要有真本事", "Bridges need able builders", 10),
    "levels/": ("初级技术经纪人", "Junior technology broker", 10),
    "levels/junior/": ("1 学时以上", "1 or more class hours", 12),
    "courses/": ("课程 course-", "Course course-", 11),
    "simulations-explained/": ("现有场景", "Cases on offer", 8),
    "news/": ("第 1 页", "Page number 1", 9),
    "news/page-1/": ("先问清楚，再报价。", "Ask first, then offer.", 8),
    "policies/": ("第 1 号办法", "Measures No. 1", 11),
    "policies/law-1/": ("一句话说清。", "Said in a sentence.", 10),
    "bases/": ("湖滨市", "Hubin", 11),
    "bases/page-1/": ("湖滨路 1 号", "1 Hubin Road", 10),
    "help/": ("第 1 页", "Page number 1", 9),
    "help/page-1/": ("先问清楚，再报价。", "Ask first, then offer.", 8),
    "glossary/": ("一个词。", "A word.", 10),
    "about/": ("先问清楚，再报价。", "Ask first, then offer.", 7),
    "legal/": ("第 privacy 页", "Page number privacy", 8),
    "legal/privacy/": ("先问清楚，再报价。", "Ask first, then offer.", 9),
}


def test_every_page_answers_in_both_languages(client: Client, site: None) -> None:
    for address, (said, said_en, _asked) in PAGES.items():
        for place, words in ((f"/{address}", said), (f"/en/{address}", said_en)):
            response = client.get(place)
            assert response.status_code == 200, place
            assert words in response.text, place


def test_no_page_remembers_its_visitor(client: Client, site: None) -> None:
    for address in PAGES:
        response = client.get(f"/en/{address}")
        assert "csrfmiddlewaretoken" not in response.text, address
        assert not response.cookies, address
        assert INLINE.findall(response.text) == [], address


def test_a_page_asks_few_questions(client: Client, site: None) -> None:
    asked = {}
    for address in PAGES:
        for each in ("default", "visitors"):
            caches[each].clear()
        with CaptureQueriesContext(connection) as questions:
            client.get(f"/{address}")
        asked[address] = len(questions)
    assert asked == {address: expected for address, (_zh, _en, expected) in PAGES.items()}
    assert max(asked.values()) <= 12
