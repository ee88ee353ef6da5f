import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import pages

pytestmark = [pytest.mark.face, pytest.mark.django_db]

PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
TWIN = "{http://www.w3.org/1999/xhtml}link"


def _map(client: Client) -> dict[str, list[str]]:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {url.find(PLACE).text: [twin.get("hreflang") for twin in url.findall(TWIN)] for url in tree}


def test_the_map_has_each_public_page_in_each_language_that_it_speaks(client: Client) -> None:
    pages.standard_page()
    pages.standard_page(slug="half", body_en=[])
    pages.standard_page(slug="draft", live=False)
    pages.standard_page(slug="closed").view_restrictions.create(restriction_type="login")
    both = ["zh-Hans", "en"]
    assert _map(client) == {
        "http://localhost:8000/": both,
        "http://localhost:8000/en/": both,
        "http://localhost:8000/about/": both,
        "http://localhost:8000/en/about/": both,
        "http://localhost:8000/half/": ["zh-Hans"],
        "http://localhost:8000/verify/": both,
        "http://localhost:8000/en/verify/": both,
    }


def test_the_map_says_when_a_page_was_last_published(client: Client) -> None:
    pages.standard_page().save_revision().publish()
    text = client.get("/sitemap.xml").text
    assert len(re.findall(r"<lastmod>\d{4}-\d\d-\d\dT[^<]+\+00:00</lastmod>", text)) == 2


def test_the_map_asks_as_little_for_many_pages(client: Client, django_assert_num_queries) -> None:
    for n in range(3):
        pages.standard_page(slug=f"page-{n}")
    with django_assert_num_queries(3):
        client.get("/sitemap.xml")


def test_machines_are_told_where_the_map_is_and_what_is_closed(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /cms-admin/\n" in response.text
    assert "Disallow: /en/desk/\n" in response.text
    assert "Disallow: /verify/" not in response.text
    assert response.text.endswith("Sitemap: http://localhost:8000/sitemap.xml\n")
