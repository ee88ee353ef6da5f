from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from lms.cohorts.enums import Role
from lms.mailing.models import Notice
from lms.schemes.enums import FactKind
from lms.schemes.models import RequirementFact
from simulations.enums import OverrideState, ScoreReason
from simulations.models import EventComment, Override, ScoreRun
from simulations.selectors.history import state_of
from simulations.selectors.replay import replay
from simulations.selectors.standing import standing_result
from simulations.services.reviewing import (
    EmptyComment,
    NoReason,
    NoSuchMoment,
    NotEndedYet,
    NothingChanged,
    NotYourComment,
    NotYoursToReview,
    OneWaits,
    OverrideDecided,
    PointsOutOfRange,
    ScoreMoved,
    SecondPersonNeeded,
    UnknownItem,
    comment,
    confirm,
    override,
    refuse,
    take_back,
)
from tests.conftest import NOON
from tests.factories.cohorts import MembershipFactory, RoleGrantFactory
from tests.factories.reviews import DEAL, AssignmentFactory, ended, manager_of, sit

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def attempt(assignment):
    return ended(assignment, *DEAL)


@pytest.fixture
def trainer(assignment):
    return manager_of(assignment.organisation, Role.TRAINER)


@pytest.fixture
def manager(assignment):
    return manager_of(assignment.organisation)


def everything(attempt) -> dict[str, Decimal]:
    """Every point that the rubric has."""
    lines = attempt.scores.last().parts["items"]
    return {line["id"]: Decimal(line["max"]) for line in lines}


def facts_of(attempt) -> list[Decimal]:
    rows = RequirementFact.objects.filter(person=attempt.person, kind=FactKind.SIMULATION).order_by("pk")
    return [row.value for row in rows]


def test_a_remark_is_told_and_may_be_taken_back_by_its_author_alone(attempt, trainer, manager) -> None:
    said = comment(attempt=attempt, event_seq=3, text=" 先签保密 ", by=trainer, now=NOON)
    assert (said.text, said.by) == ("先签保密", f"user:{trainer.pk}")
    notice = Notice.objects.get(kind="simulation-commented")
    assert (notice.user_id, notice.url) == (attempt.person.user_id, f"/sim/{attempt.uid}/debrief/#said")
    with pytest.raises(NotYourComment):
        take_back(comment=said, by=manager, now=NOON)
    take_back(comment=said, by=trainer, now=NOON)
    assert EventComment.objects.get().taken_back_at == NOON


def test_remarks_have_words_and_a_moment(attempt, trainer) -> None:
    with pytest.raises(EmptyComment):
        comment(attempt=attempt, event_seq=3, text="  ", by=trainer, now=NOON)
    with pytest.raises(NoSuchMoment):
        comment(attempt=attempt, event_seq=9999, text="?", by=trainer, now=NOON)


def test_nobody_reviews_an_own_attempt_or_one_that_is_played(assignment, attempt, trainer) -> None:
    RoleGrantFactory(user=attempt.person.user, organisation=assignment.organisation)
    with pytest.raises(NotYoursToReview):
        comment(attempt=attempt, event_seq=3, text="好", by=attempt.person.user, now=NOON)
    with pytest.raises(NotYoursToReview):
        override(attempt=attempt, points={"I-01": Decimal(1)}, reason="x", made_by=attempt.person.user, now=NOON)
    with pytest.raises(NotEndedYet):
        comment(attempt=sit(assignment), event_seq=1, text="好", by=trainer, now=NOON)


@pytest.mark.parametrize(
    ("points", "reason", "refusal"),
    [
        ({"I-01": Decimal(1)}, " ", NoReason),
        ({"I-99": Decimal(1)}, "x", UnknownItem),
        ({"I-01": Decimal("4.01")}, "x", PointsOutOfRange),
        ({"I-01": Decimal("-0.01")}, "x", PointsOutOfRange),
        ({}, "x", NothingChanged),
    ],
)
def test_a_correction_is_a_change_within_its_item_with_a_reason(attempt, trainer, points, reason, refusal) -> None:
    with pytest.raises(refusal):
        override(attempt=attempt, points=points, reason=reason, made_by=trainer, now=NOON)
    assert (Override.objects.count(), ScoreRun.objects.count()) == (0, 1)


def test_where_it_counts_a_second_person_confirms_and_the_first_score_stays(attempt, trainer, manager) -> None:
    before = attempt.scores.get()
    row = override(attempt=attempt, points=everything(attempt), reason="规则读漏了", made_by=trainer, now=NOON)
    assert row.state == OverrideState.WAITING
    assert list(attempt.scores.all()) == [before]
    assert {each.user_id for each in Notice.objects.filter(kind="simulation-review-waiting")} >= {manager.pk}
    for wrong in (trainer, attempt.person.user):
        with pytest.raises(SecondPersonNeeded):
            confirm(override=row, decided_by=wrong, now=NOON)

    run = confirm(override=row, decided_by=manager, now=NOON)
    assert (run.seq, run.reason, run.override, run.passed) == (2, ScoreReason.OVERRIDDEN, row, True)
    assert list(attempt.scores.values_list("seq", "total")) == [(1, before.total), (2, run.total)]
    assert run.total > before.total
    told = Notice.objects.get(kind="simulation-corrected")
    assert told.context["before"] == f"{before.total.normalize():f}"
    assert told.context["reason"] == "规则读漏了"
    with pytest.raises(OverrideDecided):
        confirm(override=row, decided_by=manager, now=NOON)


def test_requirements_follow_a_pass_that_comes_and_one_that_falls(attempt, trainer, manager) -> None:
    assert facts_of(attempt) == []
    up = override(attempt=attempt, points=everything(attempt), reason="全对", made_by=trainer, now=NOON)
    passed = confirm(override=up, decided_by=manager, now=NOON)
    assert facts_of(attempt) == [passed.total]
    earned = RequirementFact.objects.filter(person=attempt.person, kind=FactKind.CONTRIBUTION)
    assert [fact.value for fact in earned] == [Decimal("3.00")]

    none = dict.fromkeys(everything(attempt), Decimal(0))
    down = override(attempt=attempt, points=none, reason="看错了人", made_by=trainer, now=NOON)
    fallen = confirm(override=down, decided_by=manager, now=NOON)
    assert not fallen.passed
    assert facts_of(attempt) == [passed.total, -passed.total]
    assert [fact.value for fact in earned.order_by("pk")] == [Decimal("3.00"), Decimal("-3.00")]


def test_turned_down_the_score_stays_with_the_reason_on_record(attempt, trainer, manager) -> None:
    row = override(attempt=attempt, points={"I-01": Decimal(0)}, reason="x", made_by=trainer, now=NOON)
    with pytest.raises(NoReason):
        refuse(override=row, reason="", decided_by=manager, now=NOON)
    refused = refuse(override=row, reason="没有依据", decided_by=manager, now=NOON)
    assert (refused.state, refused.refusal) == (OverrideState.REFUSED, "没有依据")
    assert attempt.scores.count() == 1


def test_one_correction_waits_at_a_time(attempt, trainer) -> None:
    override(attempt=attempt, points={"I-01": Decimal(0)}, reason="x", made_by=trainer, now=NOON)
    with pytest.raises(OneWaits):
        override(attempt=attempt, points={"I-02": Decimal(1)}, reason="y", made_by=trainer, now=NOON)


def test_practice_is_corrected_at_once(trainer) -> None:
    assignment = AssignmentFactory(counted=False)
    person = MembershipFactory(cohort=assignment.cohort).person
    attempt = ended(assignment, person=person)
    by = manager_of(assignment.organisation, Role.TRAINER)
    row = override(attempt=attempt, points=everything(attempt), reason="x", made_by=by, now=NOON)
    assert (row.state, row.decided_by) == (OverrideState.IN_FORCE, f"user:{by.pk}")
    assert attempt.scores.count() == 2
    assert facts_of(attempt) == []


def test_the_last_word_on_an_item_stands_and_the_audit_agrees(attempt, trainer, manager) -> None:
    for points in (Decimal(4), Decimal(1)):
        row = override(attempt=attempt, points={"I-01": points}, reason="x", made_by=trainer, now=NOON)
        run = confirm(override=row, decided_by=manager, now=NOON)
    line = next(each for each in run.parts["items"] if each["id"] == "I-01")
    assert line["points"] == "1.00"
    assert standing_result(attempt, state_of(attempt)).total == run.total
    assert replay(attempt).ok


def test_a_correction_of_a_score_that_moved_is_stale(attempt, trainer, manager) -> None:
    row = override(attempt=attempt, points={"I-01": Decimal(0)}, reason="x", made_by=trainer, now=NOON)
    standing = attempt.scores.get()
    cause = Override.objects.create(
        attempt=attempt,
        score=standing,
        changes=[],
        reason="y",
        two_people=False,
        state=OverrideState.IN_FORCE,
        made_by="user:0",
        made_at=NOON,
        decided_by="user:0",
        decided_at=NOON,
    )
    ScoreRun.objects.create(
        attempt=attempt,
        seq=2,
        reason=ScoreReason.OVERRIDDEN,
        override=cause,
        rubric_sha=standing.rubric_sha,
        total=standing.total,
        passed=standing.passed,
        parts=standing.parts,
        gates=standing.gates,
        at=NOON,
    )
    with pytest.raises(ScoreMoved):
        confirm(override=row, decided_by=manager, now=NOON)


@pytest.mark.db
def test_the_database_keeps_what_was_said_and_decided(attempt, trainer, manager) -> None:
    said = comment(attempt=attempt, event_seq=3, text="好", by=trainer, now=NOON)
    row = override(attempt=attempt, points={"I-01": Decimal(0)}, reason="x", made_by=trainer, now=NOON)
    confirm(override=row, decided_by=manager, now=NOON)
    attempts = (
        lambda: EventComment.objects.filter(pk=said.pk).update(text="坏"),
        lambda: Override.objects.filter(pk=row.pk).update(reason="y"),
        lambda: Override.objects.filter(pk=row.pk).delete(),
        lambda: ScoreRun.objects.filter(attempt=attempt).update(total=100),
        lambda: type(attempt).objects.filter(pk=attempt.pk).update(difficulty="easy"),
    )
    for change in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
