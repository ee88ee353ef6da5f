from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import blake2b
from uuid import UUID

import pytest

from lms.cohorts.enums import Role
from lms.credits.models import AuditSample, Claim, ContractNumber, CreditLine
from lms.credits.services.sampling import (
    LookedAtBefore,
    NoFinding,
    NotYoursToLookAt,
    draw_samples,
    drawn,
    look_again,
    rank,
)
from lms.credits.services.sealing import seal_books
from lms.mailing.models import Notice
from tests.factories.accounts import BEGINNING
from tests.factories.claims import claimant_at, handed_in_claim
from tests.factories.judged import confirmed, confirmer_at, small_claim

pytestmark = [pytest.mark.room, pytest.mark.django_db]
SEED = "7" * 64
SEPTEMBER = datetime(2026, 9, 10, 4, tzinfo=UTC)
OCTOBER = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)  # midnight in Beijing


def settled(number: int, at: datetime = SEPTEMBER) -> list[Claim]:
    place = claimant_at()
    user = confirmer_at(place.cohort.organisation)
    given = [small_claim(place=place, title=f"需求 {each}", firm=f"厂 {each}") for each in range(number)]
    return [confirmed(claim, user, now=at).claim for claim in given]


def test_the_draw_can_be_repeated_by_anybody() -> None:
    uids = [UUID(int=number) for number in range(20)]
    hashes = {uid: blake2b(uid.bytes, key=bytes.fromhex(SEED), digest_size=32).hexdigest() for uid in uids}
    assert drawn(uids, seed=SEED, percent=Decimal(10)) == sorted(uids, key=hashes.__getitem__)[:2]
    assert drawn(list(reversed(uids)), seed=SEED, percent=Decimal(10)) == drawn(uids, seed=SEED, percent=Decimal(10))
    assert [len(drawn(uids[:number], seed=SEED, percent=Decimal(10))) for number in (0, 1, 10, 11)] == [0, 1, 1, 2]
    assert drawn(uids, seed="8" * 64, percent=Decimal(10)) != drawn(uids, seed=SEED, percent=Decimal(10))


def test_nothing_is_drawn_before_the_book_was_sealed_after_the_month() -> None:
    claims = settled(3)
    seal_books(now=SEPTEMBER + timedelta(hours=1))
    assert draw_samples(now=OCTOBER + timedelta(hours=1)) == 0
    settled(1, at=OCTOBER + timedelta(hours=2))
    seal_books(now=OCTOBER + timedelta(hours=3))
    assert draw_samples(now=OCTOBER + timedelta(hours=4)) == 1
    sample = AuditSample.objects.get()
    assert sample.claim in claims
    assert sample.draw == rank(sample.claim.uid, sample.seed) == min(rank(claim.uid, sample.seed) for claim in claims)


def test_a_month_is_drawn_from_once_whatever_seals_follow() -> None:
    settled(2)
    settled(1, at=OCTOBER + timedelta(hours=2))
    seal_books(now=OCTOBER + timedelta(hours=3))
    first = draw_samples(now=OCTOBER + timedelta(hours=4))
    settled(1, at=OCTOBER + timedelta(hours=5))
    seal_books(now=OCTOBER + timedelta(hours=6))
    assert (first, draw_samples(now=OCTOBER + timedelta(days=3)), AuditSample.objects.count()) == (1, 0, 1)
    told = Notice.objects.filter(kind="sample-waiting")
    assert [notice.context["claims"] for notice in told] == [1] * told.count() != []


def a_sample(claim: Claim) -> AuditSample:
    return AuditSample.objects.create(claim=claim, draw="a" * 64, seed=SEED, drawn_at=BEGINNING)


def look(sample: AuditSample, user, **given):
    options = {"passed": False, "finding": "登记系统里没有", "now": SEPTEMBER, **given}
    return look_again(sample=sample, user=user, **options)


def test_a_claim_found_wrong_loses_its_lines_and_its_contract() -> None:
    claim = handed_in_claim()
    confirmed(claim, confirmer_at(claim.organisation))
    confirmed(Claim.objects.get(pk=claim.pk), confirmer_at(claim.organisation, Role.CERTIFIER))
    assert ContractNumber.objects.count() == 1
    sample, other = a_sample(claim), confirmer_at(claim.organisation)
    assert look(sample, other).state == "failed"
    lines = list(CreditLine.objects.order_by("seq"))
    assert sum(line.points for line in lines) == 0
    assert [line.reversal_of_id for line in lines] == [None, lines[0].pk]
    assert ContractNumber.objects.count() == 0
    notice = Notice.objects.get(kind="credits-taken-back")
    assert (notice.user_id, notice.context["reason"]) == (claim.person.user_id, "登记系统里没有")
    look(sample, other)
    assert CreditLine.objects.count() == 2


def test_a_claim_found_in_order_keeps_its_lines() -> None:
    (claim,) = settled(1)
    done = look(a_sample(claim), confirmer_at(claim.organisation), passed=True, finding="与登记一致")
    assert (done.state, CreditLine.objects.count()) == ("passed", 1)


def test_who_confirmed_does_not_look_again() -> None:
    claim = small_claim()
    user = confirmer_at(claim.organisation)
    confirmed(claim, user)
    sample = a_sample(claim)
    for other in (user, confirmer_at(claimant_at().cohort.organisation)):
        with pytest.raises(NotYoursToLookAt):
            look(sample, other)
    with pytest.raises(NoFinding):
        look(sample, confirmer_at(claim.organisation), finding=" ")
    look(sample, confirmer_at(claim.organisation), passed=True)
    with pytest.raises(LookedAtBefore):
        look(sample, confirmer_at(claim.organisation))
