from datetime import date, datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from lms.credits.enums import CreditKind
from lms.credits.models import CreditLine
from lms.credits.selectors.rules import rules_for
from lms.credits.selectors.totals import balance, counting, hour_balance
from lms.credits.services.reversal import reverse
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.credits import make_award, make_hours, make_points
from tests.factories.schemes import SchemeFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

MANY = 10_000


def fill(lines: int) -> int:
    """A person with many lines, written past the chain for speed: the totals are the database's own."""
    like = make_points()
    pattern = {field.attname: getattr(like, field.attname) for field in CreditLine._meta.concrete_fields}
    rows = [
        CreditLine(
            **{**pattern, "id": None, "seq": n, "source": f"many:{n}", "hash": f"{n:064d}", "year": 2020 + n % 7}
        )
        for n in range(2, lines + 1)
    ]
    CreditLine.objects.bulk_create(rows, batch_size=200)
    return like.person_id


@pytest.mark.db
def test_the_balance_of_ten_thousand_lines_is_one_query_and_what_counts_two(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = fill(MANY)
    with django_assert_num_queries(1):
        held = balance(person)
    assert (held.total, held.lines) == (Decimal("2.00") * MANY, MANY)
    assert sum(held.by_year.values()) == sum(held.by_kind.values()) == held.total
    with django_assert_num_queries(1):
        counted = counting(person, date(2026, 11, 22))
    assert counted.total == held.total


def test_a_balance_is_told_by_kind_and_year(now: datetime) -> None:
    SchemeFactory()
    rules = rules_for(organisation_id=None, on=now.date())
    person = PersonFactory()
    make_award(person=person, rules=rules)
    line = make_points(person=person, kind="simulation", rule="simulation-passed")
    make_points(person=person)
    reverse(line=line, reason="错", actor="user:7", now=now)
    held = balance(person.pk)
    assert held.by_kind == {CreditKind.DEMAND: 1, CreditKind.EXAM: 2, CreditKind.SIMULATION: 0}
    assert (held.by_year, held.total, held.lines) == ({2026: Decimal("3.00")}, Decimal("3.00"), 4)
    assert balance(PersonFactory().pk).total == 0


def test_credits_count_within_their_window_only(now: datetime) -> None:
    SchemeFactory()
    rules = rules_for(organisation_id=None, on=now.date())
    person = PersonFactory()
    early = make_award(person=person, rules=rules, occurred_on=date(2026, 3, 1))
    make_award(person=person, rules=rules, occurred_on=date(2026, 9, 1))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2029, 2, 28), date(2029, 3, 1), date(2029, 9, 1)]
    assert [counting(person.pk, day).total for day in days] == [0, 1, 2, 1, 0]
    reverse(line=early, reason="错", actor="user:7", now=now)
    assert [counting(person.pk, day).total for day in days] == [0, 0, 1, 1, 0]


def test_hours_are_told_by_module(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person, base = PersonFactory(), OrganisationFactory()
    for minutes in (25, 25, 45):
        make_hours(person=person, organisation=base, minutes=minutes)
    make_hours(person=person, organisation=base, minutes=90, module="practical-skills")
    with django_assert_num_queries(1):
        held = hour_balance(person.pk)
    assert held.hours == {"public-knowledge": Decimal("2.11"), "practical-skills": Decimal("2.00")}
    assert (held.minutes, held.lines) == ({"public-knowledge": 95, "practical-skills": 90}, 4)
