"""Addresses of what follows an exam: the marked paper, appeals, corrections."""

from datetime import timedelta

from lms.exams.services.appealing import file_appeal
from tests.conftest import NOON
from tests.factories.results import make_exam, make_manager, proposed_key, sat

from .rows import Row, cells
from .world import Base

HOUR = timedelta(hours=1)


def build(base: Base) -> None:
    closed = NOON - HOUR
    exam = make_exam(
        organisation=base.organisation,
        scheme_version=base.cohort.scheme_version,
        opens_at=closed - 4 * HOUR,
        closes_at=closed,
        review_from=closed,
        keys_from=closed,
    )
    attempt = sat(exam, slots=3, person=base.trainee, now=closed - HOUR)
    base.things["results.attempt"] = attempt
    base.things["results.appeal"] = file_appeal(
        attempt=attempt, filed_by=base.trainee.user, grounds="第 4 题", slots=[4], now=NOON
    )
    base.things["results.regrade"] = proposed_key(attempt, 1, make_manager(exam), now=NOON)


def _exam(base: Base, end: str) -> str:
    return f"/exam/{base.things['results.attempt'].uid}/{end}"


def _regrades(base: Base, end: str = "") -> str:
    return f"/desk/exams/{base.things['results.attempt'].seat.exam.code}/regrades/{end}"


# An appeal is filed and taken back by its person alone.
OWN = cells("login 200 404 404 404 404 404 404 404")
NOBODY = cells("login 404 404 404 404 404 404 404 404")
# Who runs the exams of the base; a superuser runs all.
DESK = cells("login 404 404 404 200 404 404 404 200")
ELSEWHERE = cells("login 404 404 404 404 404 404 404 200")

ROWS = [
    Row(
        "exams:review",
        lambda base: _exam(base, "review/"),
        # Staff of the base read the paper as its person does.
        cells("login 200 404 200 200 200 404 200 200"),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row("exams:appeal", lambda base: _exam(base, "appeal/"), OWN, NOBODY),
    Row(
        "exams:appeal-withdraw",
        lambda base: _exam(base, "appeal/withdraw/"),
        cells("login 302 404 404 404 404 404 404 404"),
        NOBODY,
        method="post",
    ),
    Row("exams:desk-appeals", lambda base: "/desk/appeals/", cells("login 403 403 403 200 403 403 403 200")),
    Row("exams:desk-appeal", lambda base: f"/desk/appeals/{base.things['results.appeal'].uid}/", DESK, ELSEWHERE),
    Row("exams:desk-regrades", _regrades, DESK, ELSEWHERE),
    Row("exams:desk-regrade-new", lambda base: _regrades(base, "new/"), DESK, ELSEWHERE),
    Row(
        "exams:desk-regrade",
        lambda base: _regrades(base, f"{base.things['results.regrade'].uid}/"),
        DESK,
        ELSEWHERE,
    ),
]
