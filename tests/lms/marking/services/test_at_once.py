"""Two markers, or one with a nervous finger, at one moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from lms.exams.models import Result
from lms.exams.services.attempts import submit
from lms.exams.services.scripts import open_exam_round
from lms.marking.models import Allocation, Mark, Outcome, Script, Seal
from lms.marking.services import marking
from lms.marking.services.scripts import receive_script
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.marking import (
    FAIR,
    FULL,
    NOTHING,
    PROMPT,
    allocation_of,
    make_lead,
    make_marker,
    make_round,
    make_rubric,
    make_script,
    mark_in_turn,
    mark_script,
    write_essays,
)

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]

HANDS = 4


def at_once(work: Any, hands: int = HANDS) -> list:
    barrier = Barrier(hands)

    def hand(number: int) -> Any:
        try:
            barrier.wait(10)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(hand, range(hands)))


def holders(script: Script) -> list:
    return [each.marker.user for each in script.allocations.order_by("place")]


def test_two_markers_who_save_at_once_settle_the_script_once(now: datetime) -> None:
    attempt = write_essays()
    round_ = open_exam_round(exam=attempt.seat.exam, now=now)
    make_marker(round_), make_marker(round_)
    submit(attempt=attempt, now=now)
    script = Script.objects.get()
    users = holders(script)

    at_once(lambda number: mark_script(script, users[number], (FULL, FAIR)[number]).pk, hands=2)

    assert Outcome.objects.get().points == Decimal(18)
    assert Result.objects.count() == Seal.objects.count() == 1
    assert RequirementFact.objects.filter(kind="exam").count() == 1


def test_two_markers_far_apart_call_one_third_marker(now: datetime) -> None:
    round_ = make_round()
    for _number in range(5):
        make_marker(round_)
    script = make_script(round_)
    users = holders(script)

    at_once(lambda number: mark_script(script, users[number], (FULL, NOTHING)[number]).pk, hands=2)

    assert sorted(script.allocations.values_list("place", flat=True)) == [1, 2, 3]
    assert Outcome.objects.count() == 0


def test_a_button_pressed_many_times_is_one_mark(now: datetime) -> None:
    round_ = make_round()
    user = make_marker(round_)
    script = make_script(round_)
    marks = at_once(lambda _number: mark_script(script, user, FULL).pk)
    assert len(set(marks)) == Mark.objects.count() == 1


def test_of_two_windows_at_once_one_is_saved_and_the_other_told(now: datetime) -> None:
    round_ = make_round()
    user = make_marker(round_)
    script = make_script(round_)
    allocation = allocation_of(script, user)

    def window(number: int) -> str:
        try:
            marking.put_mark(allocation=allocation, criteria=(FULL, FAIR)[number], comment="", seen=0, now=now)
        except marking.MarkedElsewhere:
            return "told"
        return "saved"

    assert sorted(at_once(window, hands=2)) == ["saved", "told"]
    assert Mark.objects.count() == 1


def test_a_mark_and_a_conflict_at_once_leave_one_holder_of_the_place(now: datetime) -> None:
    round_ = make_round(markers_per_script=1)
    user = make_marker(round_)
    script = make_script(round_)
    make_marker(round_)
    allocation = allocation_of(script, user)

    def act(number: int) -> str:
        try:
            if number:
                marking.decline(allocation=allocation, reason="认识", now=now)
            else:
                mark_script(script, user, FULL)
        except (marking.NotYourScript, marking.NothingToGiveBack) as refusal:
            return refusal.code
        return "done"

    told = at_once(act, hands=2)
    live = script.allocations.filter(state__in=("open", "marked"))
    assert told.count("done") == 1
    assert live.count() == 1
    assert Outcome.objects.count() == (1 if live.get().marker.user == user else 0)


def test_one_piece_of_work_handed_in_at_once_is_one_script(now: datetime) -> None:
    round_, person = make_round(), PersonFactory()
    make_marker(round_), make_marker(round_)
    rubric = make_rubric(round_.organisation)

    def hand_in(_number: int) -> int:
        return receive_script(
            round=round_,
            source="tests.attempt:once:1",
            person_id=person.pk,
            rubric_version=rubric,
            prompt=PROMPT,
            text="一份",
            now=now,
        ).pk

    assert len(set(at_once(hand_in))) == Script.objects.count() == 1
    assert Allocation.objects.count() == 2


def test_two_leads_who_decide_at_once_give_one_outcome_after_the_other(now: datetime) -> None:
    round_ = make_round()
    leads = [make_lead(round_), make_lead(round_)]
    for _number in range(3):
        make_marker(round_)
    script = make_script(round_)
    mark_in_turn(script, FULL, NOTHING, {"facts": "8", "advice": "0"})

    def decide(number: int) -> int:
        points = Decimal(9 + number)
        return marking.decide(script=script, points=points, reason="取中", decided_by=leads[number], now=now).seq

    assert sorted(at_once(decide, hands=2)) == [1, 2]
    assert list(Outcome.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]
