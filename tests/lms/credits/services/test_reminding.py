from datetime import timedelta
from decimal import Decimal

import pytest

from lms.credits.models import CreditLine
from lms.credits.services.judging import return_claim
from lms.credits.services.reminding import remind
from lms.mailing.models import Notice
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import claimant_at
from tests.factories.judged import confirmer_at, settled_claim, small_claim

pytestmark = [pytest.mark.room, pytest.mark.django_db]
MORNING = BEGINNING.replace(hour=2)  # ten in Beijing


def told(kind: str) -> list[tuple[int, object]]:
    return [(notice.user_id, notice.context) for notice in Notice.objects.filter(kind=kind).order_by("pk")]


def test_claims_that_wait_too_long_are_told_of_once_a_day() -> None:
    place = claimant_at()
    user = confirmer_at(place.cohort.organisation)
    for title in "甲乙":
        small_claim(place=place, title=title)
    small_claim(place=place, title="丙", partners=[(PersonFactory(), Decimal(40))], agreed=False)
    assert remind(now=MORNING + timedelta(days=15)) == 0
    late = MORNING + timedelta(days=16)
    assert [remind(now=late), remind(now=late + timedelta(hours=1))] == [1, 0]
    assert [(who, context["claims"]) for who, context in told("claim-overdue")] == [(user.pk, 2)]
    assert remind(now=late + timedelta(days=1)) == 1


def test_by_night_nobody_is_told() -> None:
    place = claimant_at()
    confirmer_at(place.cohort.organisation)
    small_claim(place=place)
    assert remind(now=(MORNING + timedelta(days=16)).replace(hour=18)) == 0


def test_a_returned_claim_is_told_of_again_a_week_before_its_day() -> None:
    claim = small_claim()
    user = confirmer_at(claim.organisation)
    return_claim(claim=claim, user=user, reason="缺预算依据", revision=claim.revision, now=MORNING)
    assert remind(now=MORNING + timedelta(days=20)) == 0
    soon = MORNING + timedelta(days=24)
    assert [remind(now=soon), remind(now=soon + timedelta(days=2))] == [1, 0]
    assert [context["reason"] for _who, context in told("claim-returned")] == ["缺预算依据", "缺预算依据"]


def test_credits_that_stop_counting_are_told_of_two_months_before() -> None:
    claim = settled_claim()
    last = CreditLine.objects.get().valid_to
    begin = MORNING + timedelta(days=(last - MORNING.date()).days - 60)
    assert remind(now=begin - timedelta(days=1)) == 0
    assert [remind(now=begin), remind(now=begin + timedelta(days=30))] == [1, 0]
    assert told("credits-expiring") == [(claim.person.user_id, {"points": "1.00", "day": {"on": last.isoformat()}})]
