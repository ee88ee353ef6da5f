from tests.factories.exams import ExamFactory, make_attempt, make_seat
from tests.lms.exams.papers import make_whole_exam, show_a_picture

from .rows import Row, cells
from .world import Base


def build(base: Base) -> None:
    exam = ExamFactory(organisation=base.organisation, scheme_version=base.cohort.scheme_version)
    base.things["exams.seat"] = make_seat(exam, base.trainee)
    base.things["exams.attempt"] = make_attempt(base.things["exams.seat"])
    _picture(base)


def _picture(base: Base) -> None:
    """An attempt whose paper shows a picture."""
    exam = make_whole_exam(organisation=base.organisation, scheme_version=base.cohort.scheme_version)
    figure = show_a_picture(exam)
    base.things["exams.picture"] = (make_attempt(make_seat(exam, base.trainee)), figure)


def _figure(base: Base) -> str:
    attempt, figure = base.things["exams.picture"]
    return f"/exam/{attempt.uid}/figure/{figure.uid}/"


def _exam(base: Base, end: str = "") -> str:
    return f"/exam/{base.things['exams.attempt'].uid}/{end}"


def _api(base: Base, end: str) -> str:
    return f"/api/v1/exam/attempts/{base.things['exams.attempt'].uid}/{end}"


def _step(base: Base) -> dict[str, object]:
    return {"client_seq": 1, "kind": "flag", "slot": 1, "answer": True}


# A seat belongs to one person; whoever else asks is told that there is nothing, whatever their rank.
OWN = cells("login 200 404 404 404 404 404 404 404")
NOBODY = cells("login 404 404 404 404 404 404 404 404")

ROWS = [
    Row("exams:list", lambda base: "/exams/", cells("login 200 200 200 200 200 200 200 200")),
    Row("exams:start", lambda base: f"/exams/{base.things['exams.seat'].pk}/start/", OWN, NOBODY),
    Row("exams:room", _exam, OWN, NOBODY),
    Row("exams:figure", _figure, OWN, NOBODY),
    Row("exams:submit", lambda base: _exam(base, "submit/"), OWN, NOBODY),
    Row(
        "exams:result",
        lambda base: _exam(base, "result/"),
        # The trainee is under way and is led back to the room; staff of the base see that there is no result yet.
        cells("login 302 404 200 200 200 404 200 200"),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "exams:desk-statistics",
        lambda base: f"/desk/exams/{base.things['exams.seat'].exam.code}/statistics/",
        # Those who write its questions and those who run it; nobody else of the base.
        cells("login 404 404 200 200 404 404 404 200"),
        cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "api:exam-steps",
        lambda base: _api(base, "steps"),
        cells("403 200 404 404 404 404 404 404 404"),
        cells("403 404 404 404 404 404 404 404 404"),
        method="post",
        data=_step,
        as_json=True,
    ),
    Row(
        "api:exam-submit",
        lambda base: _api(base, "submit"),
        cells("403 200 404 404 404 404 404 404 404"),
        cells("403 404 404 404 404 404 404 404 404"),
        method="post",
        as_json=True,
    ),
]
