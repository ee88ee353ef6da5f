"""Two hands on one appeal or one correction."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from lms.exams.models import Appeal, Result
from lms.exams.services.appealing import AppealedBefore, AppealEnded, decide, file_appeal
from lms.exams.services.regrading import RegradeDecided, approve, refuse
from tests.factories.results import make_exam, make_manager, proposed_key, sat

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]

HANDS = 4


def at_once(work) -> list[str]:
    """What became of each hand: `done`, or the code of its refusal."""
    barrier = Barrier(HANDS)

    def hand(number: int) -> str:
        try:
            barrier.wait(10)
            work(number)
        except (AppealedBefore, AppealEnded, RegradeDecided) as no:
            return no.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(HANDS) as pool:
        return sorted(pool.map(hand, range(HANDS)))


def test_a_double_click_files_one_appeal(now: datetime) -> None:
    attempt = sat(slots=3)
    asked = {"attempt": attempt, "filed_by": attempt.seat.person.user, "grounds": "第 4 题", "slots": [4], "now": now}
    assert at_once(lambda _number: file_appeal(**asked)) == ["appealed-before"] * (HANDS - 1) + ["done"]
    assert Appeal.objects.count() == 1


def test_of_several_deciders_one_decides(now: datetime) -> None:
    attempt = sat(slots=3)
    appeal = file_appeal(attempt=attempt, filed_by=attempt.seat.person.user, grounds="第 4 题", slots=[4], now=now)
    deciders = [make_manager(attempt.seat.exam) for _ in range(HANDS)]

    def work(number: int) -> None:
        upheld = number % 2 == 0
        points = {4: Decimal(1)} if upheld else None
        decide(appeal=appeal, decided_by=deciders[number], upheld=upheld, explanation="复核", points=points, now=now)

    assert at_once(work) == ["appeal-ended"] * (HANDS - 1) + ["done"]
    appeal.refresh_from_db()
    assert Result.objects.count() == (2 if appeal.state == "upheld" else 1)


def test_of_approving_and_turning_down_at_once_one_holds(now: datetime) -> None:
    exam = make_exam()
    regrade = proposed_key(sat(exam, slots=4), 1, make_manager(exam))
    deciders = [make_manager(exam) for _ in range(HANDS)]

    def work(number: int) -> None:
        if number % 2:
            approve(regrade=regrade, decided_by=deciders[number], now=now)
        else:
            refuse(regrade=regrade, reason="不对", decided_by=deciders[number], now=now)

    assert at_once(work) == ["done"] + ["regrade-decided"] * (HANDS - 1)
