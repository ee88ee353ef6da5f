"""Who may take the people of a confirmed contract into a calculation, and what comes with them."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from lms.cohorts.enums import Role
from lms.credits.engine.pools.plans import Sharer
from lms.credits.selectors.pool_claims import claims_to_take, taken_from
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at, handed_in_claim
from tests.factories.judged import confirmed, confirmer_at, settled_claim

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def contract():
    """A contract of 90,000.50 that gave five points, 60 and 40 per cent, confirmed by one person."""
    place = claimant_at(person=PersonFactory(real_name="韩晓"))
    partner = claimant_at(place.cohort.organisation, person=PersonFactory(real_name="冯予安"))
    claim = handed_in_claim(place, amount="90000.50", partners=[(partner.person, 40)])
    confirmed(claim, confirmer_at(claim.organisation))
    claim.refresh_from_db()
    return claim


def test_a_contract_brings_its_amount_and_each_weighs_what_they_were_credited(
    contract, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = contract.person.user
    with django_assert_num_queries(3):
        taken = taken_from(user, str(contract.uid))
    assert taken is not None
    assert (taken.title, taken.value) == (contract.title, Decimal("90000.50"))
    assert taken.staff == (Sharer("韩晓", Decimal("3.00")), Sharer("冯予安", Decimal("2.00")))


def test_who_has_a_share_or_reads_claims_there_may_take_it_and_nobody_else(contract) -> None:
    partner = contract.shares.exclude(person=contract.person).get().person.user
    manager = confirmer_at(contract.organisation)
    strangers = [PersonFactory().user, confirmer_at(claimant_at().cohort.organisation, Role.CERTIFIER)]
    for user in (contract.person.user, partner, manager):
        assert list(claims_to_take(user)) == [contract]
    for user in strangers:
        assert list(claims_to_take(user)) == []
        assert taken_from(user, str(contract.uid)) is None


def test_only_contracts_that_were_confirmed_are_offered(contract) -> None:
    place = contract.person.memberships.get()
    waiting, demand = handed_in_claim(place), settled_claim(place=place)
    assert list(claims_to_take(contract.person.user)) == [contract]
    assert [taken_from(contract.person.user, str(each.uid)) for each in (waiting, demand)] == [None, None]


@pytest.mark.parametrize("address", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_odd_address_gives_nothing(address: str) -> None:
    assert taken_from(PersonFactory().user, address) is None
