from datetime import timedelta
from decimal import Decimal

import pytest

from lms.mailing.models import Notice
from simulations.enums import AppealState, ScoreReason
from simulations.models import Appeal
from simulations.services.appealing import (
    AppealedBefore,
    AppealEnded,
    NoExplanation,
    NoGrounds,
    NotOfThisRubric,
    NotYourScore,
    NotYoursToDecide,
    TakesAway,
    TermIsOver,
    decide,
    file_appeal,
    withdraw,
)
from simulations.services.reviewing import confirm, override, refuse
from tests.conftest import NOON
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.reviews import AssignmentFactory, ended, manager_of

pytestmark = [pytest.mark.room, pytest.mark.django_db]

FULL = {"I-01": Decimal(4)}


@pytest.fixture
def attempt():
    return ended(AssignmentFactory())


@pytest.fixture
def manager(attempt):
    return manager_of(attempt.organisation)


def _filed(attempt, now=NOON, **rest) -> Appeal:
    words = {"grounds": "我问过价格", "items": ["I-01"], **rest}
    return file_appeal(attempt=attempt, filed_by=attempt.person.user, now=now, **words)


def test_an_appeal_has_a_term_and_those_who_decide_are_told(attempt, manager) -> None:
    appeal = _filed(attempt)
    assert (appeal.items, appeal.decide_by) == (["I-01"], NOON + timedelta(days=15))
    told = Notice.objects.filter(kind="simulation-appeal-waiting")
    assert manager.pk in {notice.user_id for notice in told}
    assert attempt.person.user_id not in {notice.user_id for notice in told}


@pytest.mark.parametrize(
    ("words", "late", "refusal"),
    [
        ({"grounds": " "}, timedelta(0), NoGrounds),
        ({"items": ["I-77"]}, timedelta(0), NotOfThisRubric),
        ({}, timedelta(days=7, seconds=1), TermIsOver),
    ],
)
def test_an_appeal_without_ground_or_out_of_time_is_refused(attempt, words, late, refusal) -> None:
    with pytest.raises(refusal):
        _filed(attempt, NOON + late, **words)
    assert not Appeal.objects.exists()


def test_only_whoever_played_appeals_and_once(attempt, manager) -> None:
    with pytest.raises(NotYourScore):
        file_appeal(attempt=attempt, filed_by=manager, grounds="x", items=[], now=NOON)
    first = _filed(attempt)
    with pytest.raises(AppealedBefore):
        _filed(attempt)
    withdraw(appeal=first, withdrawn_by=attempt.person.user, now=NOON)
    assert _filed(attempt).pk != first.pk


def test_granted_where_it_counts_a_second_person_makes_it_true(attempt, manager) -> None:
    appeal = decide(appeal=_filed(attempt), decided_by=manager, points=FULL, explanation="确实问过", now=NOON)
    assert appeal.state == AppealState.CONFIRMING
    assert attempt.scores.count() == 1
    assert not Notice.objects.filter(kind="simulation-appeal-decided").exists()

    run = confirm(override=appeal.overrides.get(), decided_by=manager_of(attempt.organisation), now=NOON)
    appeal.refresh_from_db()
    assert (appeal.state, run.reason) == (AppealState.UPHELD, ScoreReason.APPEALED)
    notice = Notice.objects.get(kind="simulation-appeal-decided")
    assert (notice.user_id, notice.context["upheld"]) == (attempt.person.user_id, True)


def test_where_the_second_person_disagrees_somebody_else_decides(attempt, manager) -> None:
    second = manager_of(attempt.organisation)
    appeal = decide(appeal=_filed(attempt), decided_by=manager, points=FULL, explanation="确实问过", now=NOON)
    refuse(override=appeal.overrides.get(), reason="没有这个事件", decided_by=second, now=NOON)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decided_by, appeal.explanation) == (AppealState.FILED, "", "")
    for hand in (manager, second):
        with pytest.raises(NotYoursToDecide):
            decide(appeal=appeal, decided_by=hand, points={}, explanation="x", now=NOON)


def test_rejected_with_reasons_and_for_ever(attempt, manager) -> None:
    appeal = _filed(attempt)
    with pytest.raises(NoExplanation):
        decide(appeal=appeal, decided_by=manager, points={}, explanation=" ", now=NOON)
    decided = decide(appeal=appeal, decided_by=manager, points={}, explanation="没有问过", now=NOON)
    assert decided.state == AppealState.REJECTED
    assert Notice.objects.get(kind="simulation-appeal-decided").context["upheld"] is False
    with pytest.raises(AppealEnded):
        decide(appeal=appeal, decided_by=manager, points=FULL, explanation="x", now=NOON)


def test_neither_the_player_nor_who_corrected_decides_and_nothing_is_taken_away(attempt, manager) -> None:
    row = override(attempt=attempt, points=FULL, reason="x", made_by=manager, now=NOON)
    second = manager_of(attempt.organisation)
    confirm(override=row, decided_by=second, now=NOON)
    appeal = _filed(attempt)
    RoleGrantFactory(user=attempt.person.user, organisation=attempt.organisation)
    for hand in (manager, second, attempt.person.user):
        with pytest.raises(NotYoursToDecide):
            decide(appeal=appeal, decided_by=hand, points={}, explanation="x", now=NOON)
    third = manager_of(attempt.organisation)
    with pytest.raises(TakesAway):
        decide(appeal=appeal, decided_by=third, points={"I-01": Decimal(1)}, explanation="x", now=NOON)
