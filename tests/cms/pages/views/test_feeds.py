from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import pages

pytestmark = [pytest.mark.face, pytest.mark.django_db]

ATOM = "{http://www.w3.org/2005/Atom}"


def _entries(client: Client, address: str) -> list[tuple[str, str]]:
    tree = ElementTree.fromstring(client.get(address).content)
    return [
        (entry.find(f"{ATOM}title").text, entry.find(f"{ATOM}link").get("href"))
        for entry in tree.findall(f"{ATOM}entry")
    ]


def test_each_feed_speaks_its_language_and_keeps_to_it(client: Client) -> None:
    pages.news_page(1)
    pages.news_page(2, body_en=[])
    assert _entries(client, "/news/feed/") == [
        ("第 2 页", "http://localhost:8000/news/page-2/"),
        ("第 1 页", "http://localhost:8000/news/page-1/"),
    ]
    assert _entries(client, "/en/news/feed/") == [("Page number 1", "http://localhost:8000/en/news/page-1/")]
