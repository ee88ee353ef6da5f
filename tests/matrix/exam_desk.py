from lms.exams.services.papers import build_paper
from lms.exams.services.seating import SEAT_COHORT
from lms.jobs.services.queue import enqueue
from tests.conftest import NOON
from tests.factories.accounts import BEGINNING
from tests.factories.cohorts import MembershipFactory
from tests.factories.exams import ExamFactory, make_attempt, make_seat

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    """An exam that runs: one seat waits, one is being sat, and the seating of the cohort is asked for."""
    exam = ExamFactory(organisation=base.organisation, scheme_version=base.cohort.scheme_version)
    base.things["exam_desk.exam"] = exam
    base.things["exam_desk.seat"] = make_seat(exam, MembershipFactory(cohort=base.cohort).person)
    base.things["exam_desk.attempt"] = make_attempt(make_seat(exam, MembershipFactory(cohort=base.cohort).person))
    base.things["exam_desk.paper"] = build_paper(exam=exam, seed="7", now=BEGINNING)
    base.things["exam_desk.job"] = enqueue(
        task=SEAT_COHORT,
        key=f"exam:{exam.pk}",
        payload={"exam_id": exam.pk, "cohort": base.cohort.code},
        now=NOON,
        owner="user:0",
    )


def _desk(base: Base, end: str = "") -> str:
    return f"/desk/exams/{base.things['exam_desk.exam'].code}/{end}"


# Planning an exam and deciding about it is for the managers of its own base; for others it does not exist.
OWN = cells("login 404 404 404 200 404 404 404 200")
FOREIGN = cells("login 404 404 404 404 404 404 404 200")
MANAGERS = cells("login 403 403 403 200 403 403 403 200")


def _row(name: str, end: str) -> Row:
    return Row(f"exams:{name}", lambda base: _desk(base, end), OWN, FOREIGN)


ROWS = [
    Row("exams:desk", lambda base: "/desk/exams/", MANAGERS),
    Row("exams:desk-new", lambda base: "/desk/exams/new/", MANAGERS),
    _row("desk-exam", ""),
    _row("desk-plan", "plan/"),
    _row("desk-trial", "trial/"),
    _row("desk-seats", "seats/"),
    _row("desk-tickets", "tickets/"),
    _row("desk-sign-in", "sign-in/"),
    _row("desk-live", "live/"),
    _row("desk-results", "results/"),
    _row("desk-results-file", "results/file/csv/"),
    _row("desk-cut", "cut/"),
    Row("exams:desk-cohort", lambda base: _desk(base, f"seats/cohort/{base.cohort.pk}/"), OWN, FOREIGN),
    Row("exams:desk-seat", lambda base: _desk(base, f"seats/{base.things['exam_desk.seat'].pk}/"), OWN, FOREIGN),
    Row(
        "exams:desk-seating",
        lambda base: _desk(base, f"seats/job/{base.things['exam_desk.job'].pk}/"),
        # Work is followed by whoever asked for it, and by those who run the platform.
        cells("login 404 404 404 404 404 404 404 200"),
        FOREIGN,
    ),
    Row(
        "exams:desk-paper",
        lambda base: _desk(base, f"papers/{base.things['exam_desk.paper'].hash[:12]}/print/"),
        OWN,
        FOREIGN,
    ),
    Row(
        "exams:desk-void",
        lambda base: _desk(base, f"attempts/{base.things['exam_desk.attempt'].uid}/void/"),
        OWN,
        FOREIGN,
    ),
]
