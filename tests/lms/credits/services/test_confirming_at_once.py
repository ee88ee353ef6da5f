"""Claims that several people decide about at one moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from lms.credits.enums import Book, ClaimState
from lms.credits.models import Claim, Confirmation, CreditLine
from lms.credits.services.auditing import audit_ledger
from lms.credits.services.confirming import confirm_claim
from lms.kernel.refusals import Refusal
from tests.factories.accounts import BEGINNING
from tests.factories.claims import claimant_at, handed_in_claim
from tests.factories.judged import confirmer_at, small_claim

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
HANDS = 4


def at_once(work: Callable[[int], str]) -> list[str]:
    barrier = Barrier(HANDS)

    def hand(number: int) -> str:
        try:
            barrier.wait(30)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return sorted(pool.map(hand, range(HANDS)))


def confirm(claim: Claim, user) -> str:
    try:
        done = confirm_claim(
            claim=claim, user=user, verification="document-checked", revision=claim.revision, now=BEGINNING
        )
    except Refusal as refusal:
        return refusal.code
    return "half" if done.waits_for_second else "whole"


def test_of_several_people_one_confirms_and_it_is_posted_once() -> None:
    claim = small_claim()
    users = [confirmer_at(claim.organisation) for _hand in range(HANDS)]
    assert at_once(lambda number: confirm(claim, users[number])) == ["claim-not-waiting"] * 3 + ["whole"]
    assert (CreditLine.objects.count(), Confirmation.objects.count()) == (1, 1)


def test_many_clicks_of_one_person_confirm_once() -> None:
    claim = handed_in_claim(amount="90000000.00")
    user = confirmer_at(claim.organisation)
    assert at_once(lambda _number: confirm(claim, user)) == ["half"] * HANDS
    assert (CreditLine.objects.count(), Confirmation.objects.count()) == (0, 1)


def test_claims_with_the_same_partners_never_wait_for_each_other() -> None:
    one = claimant_at()
    other = claimant_at(one.cohort.organisation)
    user = confirmer_at(one.cohort.organisation)
    claims = [
        small_claim(
            place=(one, other)[number % 2],
            partners=[((other, one)[number % 2].person, Decimal(40))],
            title=f"需求 {number}",
            firm=f"厂 {number}",
        )
        for number in range(HANDS)
    ]
    assert at_once(lambda number: confirm(claims[number], user)) == ["whole"] * HANDS
    assert Claim.objects.filter(state=ClaimState.CONFIRMED).count() == HANDS
    assert sum(line.points for line in CreditLine.objects.all()) == Decimal("4.00")
    assert audit_ledger(book=Book.CREDITS).ok
