"""Long lists ask as little for many rows as for ten, page by page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import pages

pytestmark = [pytest.mark.face, pytest.mark.django_db]

TEN, MANY = 10, 70


def _term(n: int) -> Any:
    return pages.GlossaryTermFactory()


LISTS: dict[str, tuple[Callable[[int], Any], int]] = {
    "/news/": (pages.news_page, 9),
    "/policies/": (pages.policy_page, 11),
    "/help/": (pages.help_page, 9),
    "/glossary/": (_term, 10),
    "/bases/": (pages.base_page, 11),
}


def _asked(client: Client, address: str) -> int:
    for each in ("default", "visitors"):
        caches[each].clear()
    with CaptureQueriesContext(connection) as questions:
        assert client.get(address).status_code == 200
    return len(questions)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_as_little_for_many_rows(client: Client, address: str) -> None:
    make, expected = LISTS[address]
    pages.glossary_page()
    for n in range(TEN):
        make(n)
    few = _asked(client, address)
    for n in range(TEN, MANY):
        make(n)
    assert (few, _asked(client, address)) == (expected, expected)
    assert "?page=2" in client.get(address).text
