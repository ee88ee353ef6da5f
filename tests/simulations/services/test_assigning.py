from datetime import timedelta

import pytest

from lms.cohorts.enums import Role
from lms.mailing.models import Notice
from lms.records.models import AuditEvent
from simulations.models import Assignment, AssignmentEvent
from simulations.services.assigning import (
    AssignedAlready,
    ChangeWithoutReason,
    ClosedBefore,
    FewerThanUsed,
    HasBegun,
    MayNotCountYet,
    NothingChanges,
    NotYoursToAssign,
    WindowBackwards,
    WindowOver,
    assign,
    change,
    close,
)
from simulations.services.attempts import AttemptsUsedUp, WindowNotOpen, open_attempt
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory, OrganisationFactory
from tests.factories.reviews import AssignmentFactory, corrected_edition, ended, manager_of, sit
from tests.factories.simulations import ScenarioVersionFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

WEEK = timedelta(days=7)


@pytest.fixture
def assignment() -> Assignment:
    return AssignmentFactory()


@pytest.fixture
def manager(assignment):
    return manager_of(assignment.organisation)


def test_everybody_who_studies_in_the_class_is_told() -> None:
    cohort = CohortFactory()
    student = MembershipFactory(cohort=cohort).person
    MembershipFactory(cohort=cohort, state="withdrawn")
    AssignmentFactory(cohort=cohort)

    notice = Notice.objects.get(kind="simulation-assigned")
    assert notice.user_id == student.user_id
    assert notice.context["attempts"] == 2
    assert notice.context["scenario"] == {"zh": "小案", "en": "Small case"}


def test_a_trainer_may_set_it_and_somebody_of_another_base_may_not() -> None:
    cohort, version = CohortFactory(), ScenarioVersionFactory()
    terms = {"counted": False, "opens_at": NOON, "closes_at": NOON + WEEK, "attempts_allowed": 1, "now": NOON}
    trainer = manager_of(cohort.organisation, Role.TRAINER)
    assert assign(cohort=cohort, version=version, set_by=trainer, **terms).set_by == f"user:{trainer.pk}"
    with pytest.raises(NotYoursToAssign):
        assign(cohort=cohort, version=version, set_by=manager_of(OrganisationFactory()), **terms)
    with pytest.raises(NotYoursToAssign):
        assign(cohort=cohort, version=version, set_by=manager_of(cohort.organisation, Role.CERTIFIER), **terms)


@pytest.mark.parametrize(
    ("window", "refusal"),
    [
        ((NOON + WEEK, NOON), WindowBackwards),
        ((NOON - WEEK, NOON - timedelta(hours=1)), WindowOver),
        ((NOON + timedelta(days=6), NOON + 2 * WEEK), AssignedAlready),
    ],
)
def test_a_window_lies_ahead_and_beside_others(assignment, window, refusal) -> None:
    with pytest.raises(refusal):
        AssignmentFactory(
            cohort=assignment.cohort, version=assignment.scenario_version, opens_at=window[0], closes_at=window[1]
        )
    assert Assignment.objects.get() == assignment


def test_what_is_only_tested_cannot_be_counted() -> None:
    ScenarioVersionFactory()
    with pytest.raises(MayNotCountYet):
        AssignmentFactory(version=corrected_edition())
    assert AssignmentFactory(version=corrected_edition(), counted=False).counted is False


def test_an_attempt_keeps_its_assignment_with_difficulty_and_base() -> None:
    assignment = AssignmentFactory(difficulty="hard")
    attempt = sit(assignment)
    assert (attempt.assignment, attempt.difficulty, attempt.organisation) == (
        assignment,
        "hard",
        assignment.organisation,
    )
    assert attempt.events.get(seq=1).data["level"] == "hard"


def test_counted_attempts_are_used_up_and_practice_goes_on(assignment) -> None:
    person = MembershipFactory(cohort=assignment.cohort).person
    first = ended(assignment, person=person)
    second = ended(assignment, person=person)
    assert first != second
    with pytest.raises(AttemptsUsedUp):
        sit(assignment, person)
    practice = open_attempt(
        person=person, organisation=assignment.organisation, scenario_code="small-case", counted=False, now=NOON
    )
    assert practice.assignment is None


@pytest.mark.parametrize("late", [timedelta(seconds=-1), WEEK])
def test_outside_the_window_no_counted_attempt_begins(assignment, late) -> None:
    with pytest.raises(WindowNotOpen):
        sit(assignment, now=NOON + late)
    assert sit(assignment, now=NOON + WEEK - timedelta(seconds=1)).assignment == assignment


def test_an_attempt_under_way_is_gone_on_with_whatever_the_number() -> None:
    assignment = AssignmentFactory(attempts_allowed=1)
    person = MembershipFactory(cohort=assignment.cohort).person
    assert sit(assignment, person) == sit(assignment, person)


def test_whoever_has_nothing_set_may_count_as_before(assignment) -> None:
    stranger = PersonFactory()
    attempt = open_attempt(
        person=stranger, organisation=assignment.organisation, scenario_code="small-case", counted=True, now=NOON
    )
    assert attempt.assignment is None


def test_a_change_leaves_what_was_there_and_why(assignment, manager) -> None:
    later = NOON + 2 * WEEK
    change(
        assignment=assignment,
        wanted={"closes_at": later, "attempts_allowed": 2},
        reason="停电半天",
        changed_by=manager,
        now=NOON + timedelta(days=1),
    )
    event = AssignmentEvent.objects.filter(assignment=assignment).last()
    assert event.changes == {"closes_at": [(NOON + WEEK).isoformat(), later.isoformat()]}
    assert (event.reason, event.by) == ("停电半天", f"user:{manager.pk}")
    assert AuditEvent.objects.filter(action="simulations.assignment-changed").count() == 1
    assert sit(assignment, now=NOON + WEEK).assignment == assignment


@pytest.mark.parametrize(
    ("wanted", "reason", "refusal"),
    [
        ({"note": "带计算器"}, " ", ChangeWithoutReason),
        ({"attempts_allowed": 0}, "x", FewerThanUsed),
        ({"difficulty": "easy"}, "x", HasBegun),
        ({"attempts_allowed": 2}, "x", NothingChanges),
    ],
)
def test_some_changes_are_refused_and_change_nothing(assignment, manager, wanted, reason, refusal) -> None:
    sit(assignment)
    with pytest.raises(refusal):
        change(assignment=assignment, wanted=wanted, reason=reason, changed_by=manager, now=NOON)
    assert AssignmentEvent.objects.filter(assignment=assignment).count() == 1


def test_closed_early_nobody_begins_and_nothing_changes_any_more(assignment, manager) -> None:
    close(assignment=assignment, reason="改期", closed_by=manager, now=NOON + timedelta(hours=1))
    with pytest.raises(WindowNotOpen):
        sit(assignment, now=NOON + timedelta(hours=2))
    with pytest.raises(ClosedBefore):
        close(assignment=assignment, reason="再关", closed_by=manager, now=NOON + timedelta(hours=2))
