from datetime import datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from lms.credits.selectors.returns import level_held, work_of
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at, handed_in_claim
from tests.factories.standing import confirmed_claim, confirmers

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_year_is_told_by_what_was_confirmed_and_by_nothing_else() -> None:
    place = claimant_at()
    by = confirmers(place.cohort.organisation)
    confirmed_claim(place, by=by, technology_amount="100000")
    confirmed_claim(place, "demand-filed", by=by)
    confirmed_claim(place, "mentoring", by=by)
    handed_in_claim(place)
    found = work_of(place.person.pk, 2026)
    assert found.figures == {
        "registered_amount": "120000.50",
        "registered_count": 1,
        "transaction_amount": "100000.00",
        "benefit": "0.00",
        "achievements_count": 0,
        "achievements_amount": "0.00",
        "events": 0,
        "demands": 1,
    }
    assert len(found.claims) == 3
    assert work_of(place.person.pk, 2025).claims == []


def test_the_parts_of_partners_come_to_the_contract_once_to_the_fen() -> None:
    place = claimant_at()
    partners = [(PersonFactory(), Decimal("33.33")), (PersonFactory(), Decimal("33.33"))]
    confirmed_claim(place, partners=partners, amount="1000.01")
    people = [place.person, *(person for person, _percent in partners)]
    parts = [Decimal(work_of(person.pk, 2026).figures["registered_amount"]) for person in people]
    assert sum(parts) == Decimal("1000.01")
    assert max(parts) - min(parts) <= Decimal("0.21")


@pytest.mark.parametrize("claims", [1, 8])
def test_two_queries_whatever_the_number_of_claims(
    claims: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = claimant_at()
    by = confirmers(place.cohort.organisation)
    for number in range(claims):
        confirmed_claim(place, "demand-filed", by=by, title=f"需求 {number}")
    with django_assert_num_queries(2):
        assert len(work_of(place.person.pk, 2026).claims) == claims


def test_the_level_held_is_the_highest_that_was_not_taken_back(now: datetime) -> None:
    person = PersonFactory()
    assert level_held(person.pk) == ""
    for ref, value in (("junior", 1), ("senior", 1), ("senior", -1)):
        record_fact(
            person_id=person.pk,
            kind=FactKind.CERTIFICATE,
            ref=ref,
            value=Decimal(value),
            source=f"certificates.test:{ref}:{value}",
            occurred_at=now,
            now=now,
        )
    assert level_held(person.pk) == "junior"
