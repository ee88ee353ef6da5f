import json
import re

import pytest
from django.test import Client

from cms.foundation.selectors.structured import as_data_block
from tests.factories import pages
from tests.factories.courses import published_course

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.mark.unit
def test_no_word_of_an_editor_can_close_the_data_block() -> None:
    block = as_data_block([{"name": "</script><script>alert(1)</script>&\u2028"}])
    assert "<" not in block
    assert "&" not in block
    assert json.loads(block)["@graph"] == [{"name": "</script><script>alert(1)</script>&\u2028"}]


def _types(client: Client, address: str) -> list[str]:
    (block,) = DATA.findall(client.get(address).text)
    return [node["@type"] for node in json.loads(block)["@graph"]]


@pytest.mark.face
@pytest.mark.django_db
def test_each_page_says_what_it_is(client: Client) -> None:
    course = published_course()
    pages.news_page()
    pages.policy_page()
    pages.help_page()
    pages.base_page()
    pages.glossary_page()
    pages.standard_page()
    said = {
        "/": ["WebSite"],
        f"/courses/{course.code}/": ["BreadcrumbList", "Course"],
        "/news/page-1/": ["BreadcrumbList", "NewsArticle"],
        "/policies/law-1/": ["BreadcrumbList", "Legislation"],
        "/help/page-1/": ["BreadcrumbList", "FAQPage"],
        "/bases/page-1/": ["BreadcrumbList", "EducationalOrganization"],
        "/glossary/": ["BreadcrumbList", "DefinedTermSet"],
        "/about/": ["BreadcrumbList"],
    }
    assert {address: _types(client, address) for address in said} == said


@pytest.mark.face
@pytest.mark.django_db
def test_the_trail_names_every_step_with_its_whole_address(client: Client) -> None:
    pages.news_page()
    (block,) = DATA.findall(client.get("/en/news/page-1/").text)
    steps = json.loads(block)["@graph"][0]["itemListElement"]
    assert [(step["name"], step["item"]) for step in steps] == [
        ("Home page", "http://localhost:8000/en/"),
        ("Index news", "http://localhost:8000/en/news/"),
        ("Page number 1", "http://localhost:8000/en/news/page-1/"),
    ]


@pytest.mark.face
@pytest.mark.django_db
def test_a_title_with_markup_stays_a_title(client: Client) -> None:
    pages.standard_page(title="</script><img src=x>")
    assert "<img src=x>" not in client.get("/about/").text
