"""Seating a whole cohort: one job, row by row, that may die and go on where it was."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from lms.cohorts.selectors.organisations import cohort_of_base
from lms.exams.models import Exam
from lms.exams.policies import can_run_exams
from lms.exams.selectors.seating import seating_plan
from lms.exams.services.planning import NotYourExam
from lms.exams.services.seats import NothingToAsk, SeatTooLate, assign_seat
from lms.jobs.services.queue import enqueue

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Cohort
    from lms.jobs.models import Job

SEAT_COHORT = "exams.seat-cohort"
# Progress is told, and the lease renewed, after so many people.
REPORT_EVERY = 10


class Reporter(Protocol):
    """How the work says how far it is; it raises when the job was taken away or cancelled."""

    def __call__(self, *, progress: int, total: int) -> None: ...


def ask_to_seat(*, exam: Exam, cohort: "Cohort", asked_by: "User", now: datetime) -> "Job":
    """Have everybody of the cohort seated whom the scheme admits; asked twice, it is one job."""
    if not can_run_exams(asked_by, exam.organisation_id):
        raise NotYourExam
    if now >= exam.closes_at:
        raise SeatTooLate
    if not exam.blueprint["lines"]:
        raise NothingToAsk
    return enqueue(
        task=SEAT_COHORT,
        key=f"exam:{exam.pk}:cohort:{cohort.pk}",
        payload={"exam_id": exam.pk, "cohort": cohort.code},
        owner=f"user:{asked_by.pk}",
        now=now,
    )


def seat_cohort(*, exam_id: int, cohort: str, actor: str, now: datetime, report: Reporter) -> int:
    """Seat them one after the other, each in a transaction of its own; gives how many were seated.

    Whoever has a seat is passed over, so that a second run goes on where the first one died. Papers are
    drawn for as many as will sit in all, so that the bound on exposure holds from the first paper on.
    """
    exam = Exam.objects.select_related("organisation", "scheme_version").get(pk=exam_id)
    chosen = cohort_of_base(exam.organisation, cohort)
    waiting = seating_plan(exam, chosen).to_seat if chosen else []
    expected = exam.papers.count() + len(waiting)
    report(progress=0, total=len(waiting))
    for number, candidate in enumerate(waiting, start=1):
        assign_seat(
            exam=exam,
            person=candidate.person,
            organisation=exam.organisation,
            now=now,
            expected=expected,
            actor=actor,
        )
        if number % REPORT_EVERY == 0 or number == len(waiting):
            report(progress=number, total=len(waiting))
    return len(waiting)
