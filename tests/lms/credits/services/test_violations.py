from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from lms.cohorts.enums import Role
from lms.credits.enums import ClaimState
from lms.credits.models import Claim, CreditLine, CreditTotal
from lms.credits.services.appealing import decide_appeal
from lms.credits.services.claim_endings import AppealedBefore, AppealTooLate
from lms.credits.services.confirming import confirm_claim
from lms.credits.services.judging import NotYoursToConfirm, reject_claim
from lms.credits.services.putting import NotByTheDesk, NotYoursToWrite
from lms.credits.services.violations import (
    NothingConfirmed,
    NotOfThisOrganisation,
    NotYourViolation,
    appeal_violation,
    propose_violation,
)
from lms.mailing.models import Message, Notice
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import claimant_at
from tests.factories.judged import confirmer_at, entry_for, proposed_violation

pytestmark = [pytest.mark.room, pytest.mark.django_db]
LATER = BEGINNING + timedelta(days=1)
LEVEL = "organisation-confirmed"


def confirm(claim: Claim, user, **given):
    options = {"verification": LEVEL, "revision": claim.revision, "now": LATER, **given}
    return confirm_claim(claim=claim, user=user, **options)


@pytest.fixture
def place():
    return claimant_at()


def points_of(person) -> Decimal:
    return sum((line.points for line in CreditLine.objects.filter(person=person)), Decimal(0))


def test_nothing_is_lost_before_a_second_person_confirms(place) -> None:
    proposer, second = confirmer_at(place.cohort.organisation), confirmer_at(place.cohort.organisation)
    claim = proposed_violation(place, proposer)
    assert (claim.state, points_of(place.person)) == (ClaimState.SUBMITTED, 0)
    assert list(Notice.objects.filter(kind="violation-waiting").values_list("user_id", flat=True)) == [second.pk]
    assert not Notice.objects.filter(user_id=place.person.user_id).exists()
    confirm(claim, proposer)
    claim.refresh_from_db()
    assert (claim.state, points_of(place.person)) == (ClaimState.SUBMITTED, 0)
    confirm(claim, second)
    claim.refresh_from_db()
    assert (claim.state, claim.rated, points_of(place.person)) == (ClaimState.CONFIRMED, 5, Decimal("-5.00"))
    assert CreditTotal.objects.get(person=place.person, kind="violation").points == Decimal("-5.00")
    assert Notice.objects.get(kind="violation-confirmed").context["points"] == "5.00"
    assert Message.objects.filter(kind="violation-confirmed", to=place.person.user.email).count() == 1


def test_nobody_proposes_or_confirms_about_themselves(place) -> None:
    from tests.factories.cohorts import RoleGrantFactory

    own = place.person.user
    RoleGrantFactory(user=own, organisation=place.cohort.organisation, role=Role.BASE_MANAGER)
    with pytest.raises(NotYoursToWrite):
        proposed_violation(place, own)
    claim = proposed_violation(place)
    with pytest.raises(NotYoursToConfirm):
        confirm(claim, own)
    assert points_of(place.person) == 0


def test_a_stranger_loses_nothing_here(place) -> None:
    entry = entry_for(place, "violation-minor")
    stranger = type(entry)(
        PersonFactory(), entry.organisation, entry.rule, entry.title, entry.occurred_on, entry.fields
    )
    user = confirmer_at(place.cohort.organisation)
    with pytest.raises(NotOfThisOrganisation):
        propose_violation(entry=stranger, user=user, request_id=uuid4(), now=LATER)


def test_a_grant_is_no_violation(place) -> None:
    user = confirmer_at(place.cohort.organisation)
    with pytest.raises(NotByTheDesk):
        propose_violation(entry=entry_for(place, "teaching"), user=user, request_id=uuid4(), now=LATER)


def test_sent_twice_it_is_proposed_once(place) -> None:
    user, number = confirmer_at(place.cohort.organisation), uuid4()
    entry = entry_for(place, "violation-minor")
    found = [propose_violation(entry=entry, user=user, request_id=number, now=LATER).pk for _click in range(2)]
    assert (len(set(found)), Claim.objects.filter(kind="violation").count()) == (1, 1)


def test_dropped_nobody_hears_of_it(place) -> None:
    claim = proposed_violation(place)
    other = confirmer_at(place.cohort.organisation)
    reject_claim(claim=claim, user=other, reason="证据不足", revision=claim.revision, now=LATER)
    assert not Notice.objects.filter(user_id=place.person.user_id).exists()
    with pytest.raises(NothingConfirmed):
        appeal_violation(claim=claim, user=place.person.user, reason="不对", now=LATER)


def confirmed_violation(place) -> Claim:
    claim = proposed_violation(place)
    confirm(claim, confirmer_at(place.cohort.organisation))
    claim.refresh_from_db()
    return claim


def test_an_upheld_appeal_gives_the_points_back(place) -> None:
    claim = confirmed_violation(place)
    filed = appeal_violation(claim=claim, user=place.person.user, reason="金额是登记处改的", now=LATER)
    with pytest.raises(AppealedBefore):
        appeal_violation(claim=claim, user=place.person.user, reason="再说一次", now=LATER)
    judge = confirmer_at(place.cohort.organisation, Role.CERTIFIER)
    decide_appeal(appeal=filed, user=judge, uphold=True, answer="登记处已更正", now=LATER)
    lines = CreditLine.objects.filter(person=place.person).order_by("seq")
    assert [line.points for line in lines] == [Decimal("-5.00"), Decimal("5.00")]
    claim.refresh_from_db()
    assert claim.state == ClaimState.CONFIRMED


def test_a_dismissed_appeal_leaves_it(place) -> None:
    claim = confirmed_violation(place)
    filed = appeal_violation(claim=claim, user=place.person.user, reason="不同意", now=LATER)
    judge = confirmer_at(place.cohort.organisation, Role.CERTIFIER)
    decide_appeal(appeal=filed, user=judge, uphold=False, answer="事实清楚", now=LATER)
    assert points_of(place.person) == Decimal("-5.00")


def test_the_time_for_an_appeal_ends(place) -> None:
    claim = confirmed_violation(place)
    with pytest.raises(NotYourViolation):
        appeal_violation(claim=claim, user=confirmer_at(claim.organisation), reason="代", now=LATER)
    with pytest.raises(AppealTooLate):
        appeal_violation(claim=claim, user=place.person.user, reason="晚了", now=LATER + timedelta(days=16))
    assert claim.appeals.count() == 0
