"""Essays on their way to people and back."""

from decimal import Decimal

import pytest

from lms.credits.models import CreditLine
from lms.exams.enums import AttemptState
from lms.exams.models import Attempt, Result
from lms.exams.services import scripts
from lms.exams.services.attempts import submit
from lms.marking.enums import RoundState
from lms.marking.models import MarkingRound, Script, Seal
from lms.marking.services.marking import ResultIsOut
from lms.marking.services.rounds import close_round
from lms.schemes.models import RequirementFact
from tests.factories.marking import (
    CRITERIA,
    FAIR,
    FULL,
    LOW,
    NOTHING,
    make_essay_exam,
    make_lead,
    make_marker,
    mark_in_turn,
    mark_script,
    write_essays,
)

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def staffed(exam, now, markers: int = 2) -> MarkingRound:
    round_ = scripts.open_exam_round(exam=exam, now=now)
    for _number in range(markers):
        make_marker(round_)
    return round_


def test_an_essay_waits_for_people_and_no_result_is_written(clock, now) -> None:
    attempt = write_essays()
    staffed(attempt.seat.exam, now)
    submit(attempt=attempt, now=now)

    script = Script.objects.get()
    assert script.source == f"exams.attempt:{attempt.uid}:1"
    assert script.round.source == f"exams.exam:{attempt.seat.exam.pk}"
    assert (script.person, script.text) == (attempt.seat.person, "第 1 题的结论：样品一台，室内测得，没有车间数据。")
    assert script.rubric_version.criteria == CRITERIA
    assert script.prompt == {
        "schema": 1,
        "stem": "写一份尽职调查结论（虚构）。",
        "stem_en": "Write the findings of a due diligence (invented).",
        "limit": 400,
        "model": "只写所见，写明没有查到什么。",
        "explanation": "结论要与证据相称。",
    }
    assert Result.objects.count() == 0
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.SUBMITTED


def test_the_last_mark_writes_the_result_in_the_points_of_the_paper_and_seals(clock, now) -> None:
    attempt = write_essays()
    staffed(attempt.seat.exam, now)
    submit(attempt=attempt, now=now)
    script = Script.objects.get()

    mark_in_turn(script, FULL, FAIR)

    result = Result.objects.get()
    # 18 of 20 points of the rubric are 9 of the 10 that the paper gives.
    assert (result.points, result.max_points, result.passed) == (Decimal("9.00"), Decimal("10.00"), True)
    assert RequirementFact.objects.filter(kind="exam").count() == CreditLine.objects.count() == 1
    assert Seal.objects.get().script == script
    with pytest.raises(ResultIsOut):
        mark_script(script, script.allocations.first().marker.user, LOW)


def test_a_paper_waits_for_all_its_essays_and_takes_the_newest_points(clock, now) -> None:
    attempt = write_essays(essays=2)
    staffed(attempt.seat.exam, now)
    submit(attempt=attempt, now=now)
    first, second = Script.objects.order_by("pk")

    mark_in_turn(first, FULL, FULL)
    assert scripts.waits_for_marks(attempt)
    for allocation in first.allocations.all():
        mark_script(first, allocation.marker.user, FAIR)
    assert scripts.given_points(attempt) == {1: Decimal("8.00")}
    mark_in_turn(second, NOTHING, NOTHING)

    assert scripts.given_points(attempt) == {1: Decimal("8.00"), 2: Decimal("0.00")}
    assert set(scripts.outcome_ids(attempt)) == {1, 2}
    assert Result.objects.get().points == Decimal("8.00")


def test_a_third_of_a_point_is_rounded_down(clock, now) -> None:
    attempt = write_essays(make_essay_exam(points="1.00"))
    staffed(attempt.seat.exam, now)
    submit(attempt=attempt, now=now)
    mark_in_turn(Script.objects.get(), {"facts": "8", "advice": "0"}, {"facts": "8", "advice": "4"})
    assert scripts.given_points(attempt) == {1: Decimal("0.50")}


def test_an_open_essay_earns_nothing_and_waits_for_nobody(clock, now) -> None:
    attempt = write_essays(essays=2, only=1)
    staffed(attempt.seat.exam, now)
    submit(attempt=attempt, now=now)
    mark_in_turn(Script.objects.get(), FULL, FULL)
    assert Result.objects.get().marks == [
        {"slot": 1, "points": "10.00", "of": "10.00"},
        {"slot": 2, "points": "0.00", "of": "10.00"},
    ]


def test_a_paper_without_an_answered_essay_has_its_result_at_once(clock, now) -> None:
    attempt = write_essays(only=0)
    submit(attempt=attempt, now=now)
    assert Result.objects.get().points == 0
    assert Script.objects.count() == MarkingRound.objects.count() == 0


def test_handing_over_again_makes_nothing_new(clock, now) -> None:
    attempt = write_essays(essays=2)
    staffed(attempt.seat.exam, now)
    submit(attempt=attempt, now=now)
    assert scripts.hand_over(attempt=attempt, now=now) is True
    assert Script.objects.count() == 2
    for script in Script.objects.all():
        mark_in_turn(script, FULL, FULL)
    assert scripts.hand_over(attempt=attempt, now=now) is False
    assert Result.objects.count() == 1


def test_a_void_attempt_gets_no_result_from_its_marks(clock, now) -> None:
    attempt = write_essays()
    staffed(attempt.seat.exam, now)
    submit(attempt=attempt, now=now)
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.VOID, void_reason="停电（虚构）")
    script = Script.objects.get()
    mark_in_turn(script, FULL, FULL)
    assert script.outcomes.get().points == Decimal(20)
    assert Result.objects.count() == Seal.objects.count() == 0


def test_after_a_closed_round_another_opens_under_the_same_rules(clock, now) -> None:
    exam = make_essay_exam()
    first = staffed(exam, now, markers=1)
    MarkingRound.objects.filter(pk=first.pk).update(markers_per_script=1, gap_percent=15)
    attempt = write_essays(exam)
    submit(attempt=attempt, now=now)
    mark_in_turn(Script.objects.get(), FULL)
    close_round(round=first, actor=make_lead(first), now=now)

    submit(attempt=write_essays(exam), now=now)

    second = MarkingRound.objects.get(state=RoundState.OPEN)
    assert second.source == f"exams.exam:{exam.pk}:2"
    assert (second.markers_per_script, second.gap_percent, second.scripts.count()) == (1, Decimal(15), 1)


def test_rounds_of_exams_with_essays_are_opened_ahead(clock, now) -> None:
    attempt = write_essays()
    assert scripts.open_rounds_ahead(now=now) == 1
    assert scripts.open_rounds_ahead(now=now) == 1
    assert MarkingRound.objects.get().source == f"exams.exam:{attempt.seat.exam.pk}"
