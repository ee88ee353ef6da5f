from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lms.records.selectors.seals import newest_leaf, newest_seal, newest_seals, seal_numbered, told_of
from lms.records.services.chain import append_link
from lms.records.services.sealing import seal_book

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def seal(book: str, now: datetime, times: int) -> None:
    for number in range(times):
        append_link(book=book, owner="a", payload={"n": number}, now=now)
        seal_book(book=book, now=now + timedelta(hours=number))


def test_the_newest_seals_of_all_books_are_one_query(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seal("hours", now, 3)
    seal("credits", now, 1)
    with django_assert_num_queries(1):
        found = newest_seals(["hours", "credits", "audit"])
    assert {book: each.number for book, each in found.items()} == {"hours": 3, "credits": 1}
    assert newest_seal("hours") == found["hours"] == seal_numbered("hours", 3)
    assert newest_seal("audit") is None
    assert (newest_leaf("hours", "a").seq, newest_leaf("hours", "a").seal.number) == (3, 3)


def test_what_is_told_of_a_seal_names_nobody(now: datetime) -> None:
    seal("hours", now, 1)
    told = told_of(newest_seal("hours"))
    assert sorted(told) == ["at", "chains", "hash", "lines", "number", "previous", "root"]
    assert (told["number"], told["chains"], told["lines"], told["at"]) == (1, 1, 1, now.isoformat())
