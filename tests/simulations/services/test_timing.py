from datetime import timedelta

import pytest

from lms.jobs.services.work import drain
from simulations.enums import AttemptState
from simulations.selectors.assignments import assignments_for, deadline_of
from simulations.services.assigning import close
from simulations.services.commands import TimeIsUp
from simulations.services.timing import close_overdue
from tests.conftest import NOON
from tests.factories.cohorts import MembershipFactory
from tests.factories.reviews import AssignmentFactory, ended, manager_of, sit
from tests.factories.simulations import play

pytestmark = [pytest.mark.room, pytest.mark.django_db]

HOUR = timedelta(hours=1)
VISIT = {"type": "act", "action": "visit"}


@pytest.mark.parametrize(("minutes", "left"), [(60, HOUR), (None, 3 * HOUR), (600, 3 * HOUR)])
def test_what_comes_first_is_the_deadline(minutes, left) -> None:
    assignment = AssignmentFactory(closes_at=NOON + 3 * HOUR, minutes_each=minutes)
    assert deadline_of(sit(assignment)) == NOON + left


def test_after_the_deadline_nothing_is_done_and_the_attempt_is_closed_as_it_stands() -> None:
    attempt = sit(AssignmentFactory(minutes_each=60))
    play(attempt, VISIT, now=NOON + timedelta(minutes=59))
    events = attempt.events.count()
    late = NOON + HOUR
    with pytest.raises(TimeIsUp):
        play(attempt, {"type": "act", "action": "nda"}, now=late)
    assert attempt.events.count() == events

    assert close_overdue(now=late) == 1
    drain(now=late)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.ended_at) == (AttemptState.ENDED, late)
    assert attempt.digest.ended_how == "time-up"
    assert attempt.scores.count() == 1
    assert close_overdue(now=late + HOUR) == 0


def test_an_attempt_within_its_time_is_left_alone() -> None:
    attempt = sit(AssignmentFactory(minutes_each=60))
    assert close_overdue(now=NOON + timedelta(minutes=59)) == 0
    assert attempt.commands.count() == 0


def test_closing_an_assignment_ends_what_is_under_way() -> None:
    assignment = AssignmentFactory()
    attempt = sit(assignment)
    close(assignment=assignment, reason="改期", closed_by=manager_of(assignment.organisation), now=NOON + HOUR)
    assert close_overdue(now=NOON + HOUR) == 1
    drain(now=NOON + HOUR)
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.ENDED


def test_a_trainee_reads_what_is_set_with_what_is_left(django_assert_num_queries) -> None:
    assignment = AssignmentFactory(attempts_allowed=3, minutes_each=60)
    person = MembershipFactory(cohort=assignment.cohort).person
    ended(assignment, person=person)
    under_way = sit(assignment, person)
    with django_assert_num_queries(1):
        (offer,) = assignments_for(person.pk, NOON)
    assert (offer.used, offer.left, offer.open_uid, offer.is_open) == (2, 1, under_way.uid, True)
    assert (offer.may_begin, offer.deadline) == (False, NOON + HOUR)
    (over,) = assignments_for(person.pk, NOON + timedelta(days=8))
    assert (over.is_open, over.may_begin) == (False, False)
