"""Two hands at one moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from lms.credits.enums import Book
from lms.credits.models import CreditLine, HourLine, LineText
from lms.credits.selectors.rules import rules_for
from lms.credits.selectors.totals import balance, hour_balance
from lms.credits.services.auditing import audit_ledger
from lms.credits.services.posting import SourceTaken
from lms.credits.services.sealing import seal_books
from lms.kernel.class_hours import to_class_hours
from lms.records.models import Seal
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.credits import make_award, make_hours
from tests.factories.schemes import SchemeFactory

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]

HANDS = 6
FIFTY = 50


def at_once(work, hands: int = HANDS) -> list:
    barrier = Barrier(hands)

    def hand(number: int):
        try:
            barrier.wait(30)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(hand, range(hands)))


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


@pytest.fixture
def rules(now: datetime):
    SchemeFactory()
    return rules_for(organisation_id=None, on=now.date())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_fifty_hands_at_once_lose_nothing_double_nothing_and_keep_the_cap(now: datetime, rules) -> None:
    """Twenty-five pieces of work, each posted by two hands, for one person: the cap of 10 points stands among them."""
    person, base = PersonFactory(), OrganisationFactory()

    def hand(number: int) -> int | None:
        line = make_award(
            person=person, organisation=base, rules=rules, source=f"credits.claim:{number % 25}", text="需求"
        )
        return line.pk if line else None

    answers = at_once(hand, FIFTY)
    lines = list(CreditLine.objects.of(person.pk))
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert len({line.source for line in lines}) == len(lines) == 14
    assert {line.pk for line in lines} == {pk for pk in answers if pk}
    assert sum(line.points for line in lines) == balance(person.pk).total == Decimal("10.00")
    assert LineText.objects.count() == RequirementFact.objects.count() == 14
    report = audit_ledger(book=Book.CREDITS)
    assert (report.ok, report.lines, report.words) == (True, 14, 14)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_fifty_different_sources_at_once_are_fifty_lines_of_one_chain(now: datetime) -> None:
    person, base = PersonFactory(), OrganisationFactory()
    at_once(lambda number: make_hours(person=person, organisation=base, source=f"courses.item:{number}"), FIFTY)
    assert list(HourLine.objects.of(person.pk).values_list("seq", flat=True)) == list(range(1, FIFTY + 1))
    assert hour_balance(person.pk).minutes == {"public-knowledge": 25 * FIFTY}
    assert sum(hour_balance(person.pk).hours.values()) == to_class_hours(25 * FIFTY)
    assert audit_ledger(book=Book.HOURS).ok


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_people_at_once_with_one_source_leave_it_to_one_of_them(now: datetime) -> None:
    people, base = [PersonFactory() for _ in range(HANDS)], OrganisationFactory()

    def hand(number: int) -> str:
        try:
            make_hours(person=people[number], organisation=base, source="courses.item:one")
        except SourceTaken:
            return "refused"
        return "posted"

    assert sorted(at_once(hand)) == ["posted"] + ["refused"] * (HANDS - 1)
    assert HourLine.objects.count() == RequirementFact.objects.count() == 1
    assert audit_ledger(book=Book.HOURS).ok


def test_books_sealed_at_once_are_sealed_once(now: datetime) -> None:
    make_hours()
    sealed = at_once(lambda _number: seal_books(now=now))
    assert sorted(sealed, key=len) == [{}] * (HANDS - 1) + [{"hours": 1}]
    assert audit_ledger(book=Book.HOURS).seals == Seal.objects.count() == 1
