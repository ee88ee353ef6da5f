from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from lms.exams.enums import CutMethod
from lms.exams.models import CutScore
from lms.exams.selectors.cuts import cut_of
from lms.exams.services.attempts import submit
from lms.exams.services.cuts import CutNotRight, DecidedTomorrow, ResultsAreOut, set_cut_score
from tests.conftest import NOON
from tests.factories.exams import ExamFactory, make_attempt, make_seat
from tests.factories.records import events

pytestmark = [pytest.mark.room, pytest.mark.django_db]

ANGOFF = {
    "percent": Decimal("63.50"),
    "method": "angoff",
    "decided_on": NOON.date(),
    "decided_by": "命题与阅卷小组（虚构）",
    "note": "七人评定，两轮",
    "actor": "user:1",
    "now": NOON,
}


def test_without_a_decision_the_scheme_s_mark_holds() -> None:
    cut = cut_of(ExamFactory(pass_percent=60))
    assert (cut.percent, cut.method, cut.no) == (Decimal(60), CutMethod.SCHEME, 0)
    assert cut.decided_on == date(2026, 9, 1)


def test_the_newest_decision_holds_and_the_others_stay() -> None:
    exam = ExamFactory()
    set_cut_score(exam=exam, **ANGOFF)
    set_cut_score(exam=exam, **{**ANGOFF, "percent": Decimal("62.00"), "method": "borderline"})
    cut = cut_of(exam)
    assert (cut.percent, cut.method, cut.no) == (Decimal(62), CutMethod.BORDERLINE, 2)
    assert [each.percent for each in exam.cut_scores.order_by("no")] == [Decimal("63.50"), Decimal(62)]
    assert [event.detail["percent"] for event in events("exams.cut-score-set")] == ["63.50", "62.00"]


@pytest.mark.parametrize("percent", ["-1", "100.01"])
def test_a_mark_outside_of_a_hundred_is_refused(percent: str) -> None:
    with pytest.raises(CutNotRight):
        set_cut_score(exam=ExamFactory(), **{**ANGOFF, "percent": Decimal(percent)})
    assert not CutScore.objects.exists()


def test_a_decision_says_who_made_it() -> None:
    with pytest.raises(CutNotRight):
        set_cut_score(exam=ExamFactory(), **{**ANGOFF, "decided_by": "  "})


def test_a_decision_is_not_dated_ahead(now: datetime) -> None:
    with pytest.raises(DecidedTomorrow):
        set_cut_score(exam=ExamFactory(), **{**ANGOFF, "decided_on": NOON.date() + timedelta(days=1)})


def test_once_results_are_out_only_a_regrade_moves_the_mark() -> None:
    seat = make_seat()
    submit(attempt=make_attempt(seat), now=NOON)
    with pytest.raises(ResultsAreOut):
        set_cut_score(exam=seat.exam, **ANGOFF)
    assert set_cut_score(exam=seat.exam, **ANGOFF, by_regrade=True).no == 1
