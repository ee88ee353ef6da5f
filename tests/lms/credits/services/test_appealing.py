from datetime import timedelta

import pytest

from lms.cohorts.enums import Role
from lms.credits.enums import ClaimState
from lms.credits.models import CreditLine
from lms.credits.services.appealing import AppealEnded, NoAnswer, NotYoursToAnswer, decide_appeal
from lms.credits.services.claiming import appeal
from lms.credits.services.judging import NotYoursToConfirm, pass_on, reject_claim
from lms.mailing.models import Notice
from tests.factories.accounts import BEGINNING
from tests.factories.judged import confirmed, confirmer_at, small_claim

pytestmark = [pytest.mark.room, pytest.mark.django_db]
LATER = BEGINNING + timedelta(days=1)


@pytest.fixture
def rejected():
    claim = small_claim()
    manager = confirmer_at(claim.organisation)
    reject_claim(claim=claim, user=manager, reason="不是你做的", revision=claim.revision, now=BEGINNING)
    filed = appeal(claim=claim, user=claim.person.user, reason="有走访记录", now=LATER)
    return filed, manager


def decide(filed, user, **given):
    return decide_appeal(**{"appeal": filed, "user": user, "uphold": True, "answer": "记录属实", "now": LATER, **given})


def test_an_upheld_appeal_puts_the_claim_before_others_than_who_rejected_it(rejected) -> None:
    filed, manager = rejected
    judge = confirmer_at(filed.claim.organisation, Role.CERTIFIER)
    assert decide(filed, judge).state == "upheld"
    claim = filed.claim
    claim.refresh_from_db()
    assert (claim.state, claim.round) == (ClaimState.SUBMITTED, 2)
    for user in (manager, judge):
        with pytest.raises(NotYoursToConfirm):
            confirmed(claim, user)
    assert confirmed(claim, confirmer_at(claim.organisation)).claim.state == ClaimState.CONFIRMED
    notice = Notice.objects.get(kind="credit-appeal-decided")
    assert (notice.user_id, notice.context["upheld"]) == (claim.person.user_id, True)


def test_a_dismissed_appeal_ends_it(rejected) -> None:
    filed, _manager = rejected
    judge = confirmer_at(filed.claim.organisation, Role.CERTIFIER)
    done = decide(filed, judge, uphold=False)
    claim = filed.claim
    claim.refresh_from_db()
    assert (done.state, done.answer, claim.state) == ("dismissed", "记录属实", ClaimState.REJECTED)
    assert CreditLine.objects.count() == 0


def test_the_same_decision_again_answers_the_same_and_another_is_refused(rejected) -> None:
    filed, _manager = rejected
    judge = confirmer_at(filed.claim.organisation, Role.CERTIFIER)
    first = decide(filed, judge)
    assert decide(filed, judge).decided_at == first.decided_at
    with pytest.raises(AppealEnded):
        decide(filed, judge, uphold=False)
    assert filed.claim.events.filter(from_state="appealed").count() == 1


def test_who_had_a_hand_in_the_claim_does_not_decide(rejected) -> None:
    filed, manager = rejected
    base = filed.claim.organisation
    from tests.factories.cohorts import RoleGrantFactory

    for user in (manager, filed.claim.person.user):
        RoleGrantFactory(user=user, organisation=base, role=Role.CERTIFIER)
        with pytest.raises(NotYoursToAnswer):
            decide(filed, user)
    biased = confirmer_at(base, Role.CERTIFIER)
    pass_on(claim=filed.claim, user=biased, reason="亲属", now=LATER)
    with pytest.raises(NotYoursToAnswer):
        decide(filed, biased)
    with pytest.raises(NotYoursToAnswer):
        decide(filed, confirmer_at(base, Role.BASE_MANAGER))


def test_a_decision_wants_reasons(rejected) -> None:
    filed, _manager = rejected
    with pytest.raises(NoAnswer):
        decide(filed, confirmer_at(filed.claim.organisation, Role.CERTIFIER), answer="  ")
    filed.refresh_from_db()
    assert filed.state == "filed"
