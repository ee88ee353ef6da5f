"""Claims of several hands at one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from lms.credits.enums import ClaimState
from lms.credits.models import Claim, ClaimEvent, ContractNumber
from lms.credits.services.claiming import begin_claim, hand_in_claim
from lms.credits.services.contract_numbers import ContractNumberTaken
from tests.factories.accounts import BEGINNING
from tests.factories.claims import DAY, claimant_at, draft_claim

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
HANDS = 4


def at_once(work) -> list:
    barrier = Barrier(HANDS)

    def hand(number: int):
        try:
            barrier.wait(30)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(hand, range(HANDS)))


def hand_in(claim) -> str:
    try:
        done = hand_in_claim(claim=claim, actor="user:1", revision=claim.revision, now=BEGINNING)
    except ContractNumberTaken:
        return "taken"
    return str(done.state)


def test_one_contract_handed_in_at_once_at_several_organisations_is_claimed_once() -> None:
    drafts = [draft_claim(claimant_at(), registration_number="2026-LC-888001") for _ in range(HANDS)]
    answers = at_once(lambda number: hand_in(drafts[number]))
    assert sorted(answers) == ["submitted", "taken", "taken", "taken"]
    assert ContractNumber.objects.count() == 1
    # Whoever was refused has a draft still, with nothing of the attempt on it.
    assert Claim.objects.filter(state=ClaimState.DRAFT, round=0).count() == HANDS - 1
    assert ClaimEvent.objects.count() == 1


def test_many_clicks_on_one_claim_hand_it_in_once() -> None:
    draft = draft_claim(claimant_at())
    answers = at_once(lambda _number: hand_in(draft))
    assert answers == ["submitted"] * HANDS
    claim = Claim.objects.get()
    assert (claim.round, claim.events.count()) == (1, 1)


def test_one_record_claimed_for_at_once_is_one_draft() -> None:
    place = claimant_at()
    # The rules are there before several hands ask for them.
    draft_claim(place)

    def begin(_number: int) -> int:
        claim = begin_claim(
            person=place.person,
            organisation=place.cohort.organisation,
            rule="demand-filed",
            title="气孔",
            occurred_on=DAY,
            origin="courses.practice:1",
            now=BEGINNING,
        )
        return claim.pk

    assert len(set(at_once(begin))) == 1
    assert Claim.objects.exclude(origin="").count() == 1
