from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest

from lms.exams.models import Exam, Paper, QuestionUse, Seat
from lms.exams.services.planning import NotYourExam
from lms.exams.services.seating import SEAT_COHORT, ask_to_seat, seat_cohort
from lms.exams.services.seats import NothingToAsk, SeatTooLate, withdraw_seat
from lms.jobs.models import Job
from lms.jobs.services.queue import cancel
from lms.jobs.services.work import drain, run_job
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact
from lms.schemes.services.loading import load_scheme
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory, RoleGrantFactory
from tests.factories.exams import ExamFactory, make_seat

pytestmark = [pytest.mark.room, pytest.mark.django_db]

PEOPLE = 25


@pytest.fixture
def exam(now: datetime) -> Exam:
    return ExamFactory(scheme_version=load_scheme("ttm-2026-2", now=now))


@pytest.fixture
def cohort(exam: Exam, now: datetime):
    """25 people, of whom the last two have not studied the course."""
    found = CohortFactory(organisation=exam.organisation, scheme_version=exam.scheme_version)
    for number in range(PEOPLE):
        person = MembershipFactory(cohort=found).person
        if number < PEOPLE - 2:
            record_fact(
                person_id=person.pk,
                kind=FactKind.COURSE,
                ref="jtb-foundations",
                value=Decimal(1),
                source=f"test:{number}",
                occurred_at=now,
                now=now,
            )
    return found


@pytest.fixture
def manager(exam: Exam):
    return RoleGrantFactory(organisation=exam.organisation, user=PersonFactory().user).user


@pytest.fixture
def ask(exam: Exam, cohort, manager) -> Callable[[], Job]:
    return lambda: ask_to_seat(exam=exam, cohort=cohort, asked_by=manager, now=NOON)


def silent(*, progress: int, total: int) -> None:
    """Nobody listens."""


def test_one_job_seats_everybody_whom_the_scheme_admits(ask, exam: Exam, manager) -> None:
    job = ask()
    drain(now=NOON)
    job.refresh_from_db()
    assert (job.state, job.progress, job.total, job.error) == ("done", PEOPLE - 2, PEOPLE - 2, "")
    assert exam.seats.count() == exam.papers.count() == PEOPLE - 2


def test_asked_for_twice_it_is_one_job(ask) -> None:
    assert ask() == ask()
    assert Job.objects.filter(task=SEAT_COHORT).count() == 1


def test_killed_in_the_middle_it_goes_on_without_doubles(exam: Exam, cohort) -> None:
    class Killed(BaseException):
        """What a worker feels when it is killed."""

    def dies(*, progress: int, total: int) -> None:
        if progress == 10:
            raise Killed

    given = {"exam_id": exam.pk, "cohort": cohort.code, "actor": "user:1", "now": NOON}
    with pytest.raises(Killed):
        seat_cohort(**given, report=dies)
    assert exam.seats.count() == 10
    assert seat_cohort(**given, report=silent) == PEOPLE - 12
    assert (exam.seats.count(), exam.papers.count()) == (PEOPLE - 2, PEOPLE - 2)
    assert seat_cohort(**given, report=silent) == 0


def test_cancelled_before_it_begins_it_seats_nobody(ask) -> None:
    job = ask()
    cancel(job_id=job.pk, now=NOON)
    assert not run_job(job_id=job.pk, worker="w", now=NOON)
    assert not Seat.objects.exists()


def test_cancelled_while_it_runs_it_stops_before_the_next_ten(ask, exam: Exam, monkeypatch) -> None:
    job, seated = ask(), []
    from lms.exams.services import seating

    whole = seating.assign_seat

    def and_cancel(**given):
        seat = whole(**given)
        seated.append(seat)
        if len(seated) == 3:
            cancel(job_id=job.pk, now=NOON)
        return seat

    monkeypatch.setattr(seating, "assign_seat", and_cancel)
    drain(now=NOON)
    job.refresh_from_db()
    assert (job.state, exam.seats.count()) == ("cancelled", seating.REPORT_EVERY)


def test_a_seat_that_was_withdrawn_is_not_given_back_by_the_way(ask, exam: Exam, cohort) -> None:
    drain_first = make_seat(exam, cohort.memberships.order_by("pk").first().person)
    withdraw_seat(seat=drain_first, reason="本人申请改期", actor="user:1", now=NOON)
    ask()
    drain(now=NOON)
    drain_first.refresh_from_db()
    assert drain_first.withdrawn_at == NOON
    assert exam.seats.count() == PEOPLE - 2


def test_the_bound_on_exposure_holds_over_the_whole_room(exam: Exam, ask) -> None:
    exam.blueprint = {"schema": 1, "lines": [{"kind": "single", "count": 4, "points": "1.00"}]}
    exam.exposure_percent = 75
    exam.save()
    ask()
    drain(now=NOON)
    most = max(QuestionUse.objects.filter(exam=exam).values_list("papers", flat=True))
    assert Paper.objects.filter(exam=exam).count() == PEOPLE - 2
    assert most <= 18  # 75 percent of 23 papers, rounded up


def test_only_a_manager_asks_and_only_for_an_exam_that_can_be_sat(exam: Exam, cohort, manager) -> None:
    with pytest.raises(NotYourExam):
        ask_to_seat(exam=exam, cohort=cohort, asked_by=PersonFactory().user, now=NOON)
    with pytest.raises(SeatTooLate):
        ask_to_seat(exam=exam, cohort=cohort, asked_by=manager, now=exam.closes_at)
    exam.blueprint = {"schema": 1, "lines": []}
    with pytest.raises(NothingToAsk):
        ask_to_seat(exam=exam, cohort=cohort, asked_by=manager, now=NOON)
