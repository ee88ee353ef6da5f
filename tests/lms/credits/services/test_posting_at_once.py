"""Two hands at one moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from lms.credits.enums import Book
from lms.credits.models import HourLine
from lms.credits.services.auditing import audit_ledger
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.credits import make_hours

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]

HANDS = 6


def at_once(work) -> list:
    barrier = Barrier(HANDS)

    def hand(number: int):
        try:
            barrier.wait(10)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(hand, range(HANDS)))


def test_one_source_posted_at_once_by_many_hands_is_one_line(now: datetime) -> None:
    person, base = PersonFactory(), OrganisationFactory()
    lines = at_once(lambda _number: make_hours(person=person, organisation=base, source="courses.item:1:a").pk)
    assert len(set(lines)) == HourLine.objects.count() == RequirementFact.objects.count() == 1
    assert audit_ledger(book=Book.HOURS).ok


def test_different_sources_at_once_make_one_unbroken_chain(now: datetime) -> None:
    person, base = PersonFactory(), OrganisationFactory()
    at_once(lambda number: make_hours(person=person, organisation=base, source=f"courses.item:{number}"))
    assert list(HourLine.objects.of(person.pk).values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert sum(line.class_hours for line in HourLine.objects.all()) == Decimal("3.33")
    assert audit_ledger(book=Book.HOURS).ok
