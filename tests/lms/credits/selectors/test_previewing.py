from decimal import Decimal

import pytest

from lms.credits.models import Claim
from lms.credits.selectors.previewing import foresee
from lms.credits.selectors.queue import chosen_claims
from tests.factories.accounts import PersonFactory
from tests.factories.claims import claimant_at
from tests.factories.judged import confirmed, confirmer_at, small_claim

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_what_is_foreseen_for_many_is_what_is_posted_with_repetition_shares_and_cap() -> None:
    place, partner = claimant_at(), PersonFactory()
    user = confirmer_at(place.cohort.organisation)
    for number in range(20):
        partners = [(partner, Decimal("33.33"))] if number % 3 == 0 else []
        small_claim(place=place, title=f"需求 {number}", firm=f"厂 {number}", partners=partners)
    found = chosen_claims(user, list(Claim.objects.values_list("uid", flat=True)))
    told = {
        (claim.pk, each.share.person_id): each.award.points
        for claim in found
        for each in foresee(found)[claim.pk]
        if each.award.points
    }
    posted = {}
    for claim in found:
        for line in confirmed(claim, user).lines:
            posted[(claim.pk, line.person_id)] = line.points
    assert posted == told
    assert sum(points for (_claim, person), points in posted.items() if person == place.person.pk) == Decimal("10.00")


def test_many_are_foreseen_in_two_queries(django_assert_num_queries) -> None:
    place = claimant_at()
    user = confirmer_at(place.cohort.organisation)
    for number in range(5):
        small_claim(place=place, title=f"需求 {number}", firm=f"厂 {number}")
    found = chosen_claims(user, list(Claim.objects.values_list("uid", flat=True)))
    foresee(found)
    with django_assert_num_queries(2):
        assert len(foresee(found)) == 5
