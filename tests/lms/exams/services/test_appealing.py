from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from lms.exams.enums import AppealState, ResultReason
from lms.exams.models import Appeal, Result
from lms.exams.services.appealing import (
    AppealedBefore,
    AppealEnded,
    NoExplanation,
    NoGrounds,
    NothingChanged,
    NothingToAppeal,
    NotOfThisPaper,
    NotYourResult,
    NotYoursToDecide,
    PointsOutOfRange,
    TermIsOver,
    decide,
    file_appeal,
    may_decide,
    withdraw,
)
from lms.exams.services.reckoning import recompute
from lms.exams.services.steps import AttemptIsVoid
from lms.exams.services.voiding import void_attempt
from lms.mailing.models import Message, Notice
from lms.schemes.models import RequirementFact
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.results import carry_out, make_exam, make_manager, proposed_key, sat, standing

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def attempt():
    return sat(slots=3)


@pytest.fixture
def manager(attempt):
    return make_manager(attempt.seat.exam)


def appeal_by(attempt, now: datetime, **given) -> Appeal:
    owner = attempt.seat.person.user
    return file_appeal(
        **{"attempt": attempt, "filed_by": owner, "grounds": "第 4 题", "slots": [4], "now": now, **given}
    )


def answer(appeal: Appeal, by, now: datetime, **given) -> Appeal:
    asked = {"upheld": True, "explanation": "复核成立", "points": {4: Decimal(1)}, **given}
    return decide(appeal=appeal, decided_by=by, now=now, **asked)


def test_an_appeal_that_is_upheld_gives_a_new_result_at_once(attempt, manager, now: datetime) -> None:
    appeal = appeal_by(attempt, now)
    answer(appeal, manager, now + timedelta(days=1))
    appeal.refresh_from_db()
    result = standing(attempt)
    assert (appeal.state, appeal.explanation, appeal.decided_by) == (
        AppealState.UPHELD,
        "复核成立",
        f"user:{manager.pk}",
    )
    assert (result.seq, result.points, result.passed, result.reason) == (2, 4, True, ResultReason.APPEALED)
    assert result.appeal == appeal
    assert result.basis["adjusted"] == {"4": {"points": "1.00", "appeal": str(appeal.uid)}}
    assert (recompute(result).points, recompute(Result.objects.get(attempt=attempt, seq=1)).points) == (4, 3)
    assert RequirementFact.objects.get(kind="exam").source == f"exams.attempt:{attempt.uid}:2"


def test_an_appeal_that_is_rejected_leaves_the_result(attempt, manager, now: datetime) -> None:
    appeal = answer(appeal_by(attempt, now), manager, now, upheld=False, points=None)
    assert (appeal.state, attempt.results.count()) == (AppealState.REJECTED, 1)


def test_both_sides_are_told(attempt, manager, now: datetime) -> None:
    appeal = appeal_by(attempt, now)
    answer(appeal, manager, now)
    told = {notice.kind: notice.user_id for notice in Notice.objects.filter(kind__startswith="appeal")}
    assert told == {"appeal-waiting": manager.pk, "appeal-decided": attempt.seat.person.user_id}
    assert Message.objects.filter(kind="appeal-waiting", to=manager.email).count() == 1
    assert "复核" not in Message.objects.get(kind="appeal-decided").text


def test_the_term_begins_when_the_result_is_shown_and_ends_to_the_minute(now: datetime) -> None:
    exam = make_exam(results_at=now + timedelta(days=2), appeal_days=7)
    attempt = sat(exam, slots=3)
    with pytest.raises(NothingToAppeal):
        appeal_by(attempt, now)
    end = now + timedelta(days=9)
    with pytest.raises(TermIsOver):
        appeal_by(attempt, end + timedelta(seconds=1))
    assert appeal_by(attempt, end).decide_by == end + timedelta(days=15)


def test_a_result_is_appealed_against_once_and_taken_back_it_may_be_again(attempt, now: datetime) -> None:
    first = appeal_by(attempt, now)
    with pytest.raises(AppealedBefore):
        appeal_by(attempt, now)
    withdraw(appeal=first, withdrawn_by=attempt.seat.person.user, now=now)
    assert appeal_by(attempt, now) != first
    with pytest.raises(AppealEnded):
        withdraw(appeal=first, withdrawn_by=attempt.seat.person.user, now=now)


def test_only_its_person_appeals_and_takes_back(attempt, manager, now: datetime) -> None:
    with pytest.raises(NotYourResult):
        appeal_by(attempt, now, filed_by=manager)
    appeal = appeal_by(attempt, now)
    with pytest.raises(NotYourResult):
        withdraw(appeal=appeal, withdrawn_by=manager, now=now)


@pytest.mark.parametrize(("given", "refusal"), [({"grounds": " "}, NoGrounds), ({"slots": [4, 99]}, NotOfThisPaper)])
def test_an_appeal_says_what_it_is_about(attempt, now: datetime, given: dict, refusal: type) -> None:
    with pytest.raises(refusal):
        appeal_by(attempt, now, **given)
    assert Appeal.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"explanation": " "}, NoExplanation),
        ({"points": {}}, NothingChanged),
        ({"points": {4: Decimal(0)}}, NothingChanged),
        ({"points": {4: Decimal("1.01")}}, PointsOutOfRange),
        ({"points": {1: Decimal("0.50")}}, PointsOutOfRange),
        ({"points": {99: Decimal(1)}}, NotOfThisPaper),
    ],
)
def test_a_decision_without_reasons_or_with_points_that_cannot_be_is_refused(
    attempt, manager, now: datetime, given: dict, refusal: type
) -> None:
    appeal = appeal_by(attempt, now)
    with pytest.raises(refusal):
        answer(appeal, manager, now, **given)
    appeal.refresh_from_db()
    assert (appeal.state, attempt.results.count()) == (AppealState.FILED, 1)


def test_it_is_decided_once(attempt, manager, now: datetime) -> None:
    appeal = appeal_by(attempt, now)
    answer(appeal, manager, now)
    with pytest.raises(AppealEnded):
        answer(appeal, make_manager(attempt.seat.exam), now, upheld=False)
    assert attempt.results.count() == 2


def test_neither_the_candidate_nor_an_outsider_nor_a_trainer_decides(attempt, now: datetime) -> None:
    appeal = appeal_by(attempt, now)
    owner = attempt.seat.person.user
    RoleGrantFactory(user=owner, organisation=attempt.seat.organisation, role="base-manager")
    owner.is_superuser = True
    trainer = RoleGrantFactory(organisation=attempt.seat.organisation, role="trainer").user
    for user in (owner, trainer, make_manager(make_exam())):
        with pytest.raises(NotYoursToDecide):
            answer(appeal, user, now)


def test_who_marked_the_paper_does_not_decide_about_it(attempt, manager, now: datetime, monkeypatch) -> None:
    appeal = appeal_by(attempt, now)
    assert may_decide(manager, appeal)
    asked = []

    def hands(sources) -> set[str]:
        asked.extend(sources)
        return {f"user:{manager.pk}"}

    monkeypatch.setattr("lms.exams.services.appealing.hands_on", hands)
    monkeypatch.setattr("lms.exams.services.appealing.written_slots", lambda paper: {4: {}})
    assert not may_decide(manager, appeal)
    assert asked == [f"exams.attempt:{attempt.uid}:4"]


def test_a_void_attempt_has_nothing_to_appeal_against_and_no_appeal_revives_it(attempt, manager, now) -> None:
    appeal = appeal_by(attempt, now)
    void_attempt(attempt=attempt, reason="冒名（虚构）", voided_by=manager, now=now)
    with pytest.raises(AttemptIsVoid):
        answer(appeal, manager, now)
    withdraw(appeal=appeal, withdrawn_by=attempt.seat.person.user, now=now)
    with pytest.raises(NothingToAppeal):
        appeal_by(attempt, now)
    assert attempt.results.count() == 1


def test_an_appeal_against_a_result_that_was_corrected_meanwhile_builds_on_the_newer_one(now: datetime) -> None:
    exam = make_exam()
    attempt = sat(exam, slots=4)
    appeal = appeal_by(attempt, now, slots=[])
    preparing, approving = make_manager(exam), make_manager(exam)
    carry_out(proposed_key(attempt, 1, preparing), approving)
    assert standing(attempt).points == 3
    answer(appeal, approving, now + timedelta(days=1), points={5: Decimal(1)})
    assert (standing(attempt).points, standing(attempt).seq) == (4, 3)
