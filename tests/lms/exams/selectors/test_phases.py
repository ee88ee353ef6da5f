from datetime import datetime, timedelta

import pytest

from lms.exams.enums import ReviewPhase
from lms.exams.selectors.phases import phase_of, steps_of
from tests.factories.exams import make_attempt, make_seat
from tests.factories.results import make_exam, sat

pytestmark = [pytest.mark.room, pytest.mark.django_db]

HOUR = timedelta(hours=1)


def exam_in_phases(now: datetime):
    """Closes at 3 h; results from 4 h, own answers from 5 h, keys from 6 h."""
    return make_exam(results_at=now + 4 * HOUR, review_from=now + 5 * HOUR, keys_from=now + 6 * HOUR)


@pytest.mark.parametrize(
    ("hours", "phase"),
    [
        (0, ReviewPhase.RECEIPT),
        (4, ReviewPhase.RESULT),
        (5, ReviewPhase.ANSWERS),
        (6, ReviewPhase.KEYS),
    ],
)
def test_a_paper_opens_phase_by_phase_to_the_second(now: datetime, hours: int, phase: ReviewPhase) -> None:
    attempt = sat(exam_in_phases(now))
    attempt.refresh_from_db()
    moment = now + hours * HOUR
    assert phase_of(attempt, moment) == phase
    if hours:
        assert phase_of(attempt, moment - timedelta(seconds=1)) != phase


def test_without_moments_the_result_is_shown_at_once_and_keys_never(now: datetime) -> None:
    attempt = sat(make_exam())
    attempt.refresh_from_db()
    assert phase_of(attempt, now) == ReviewPhase.RESULT
    assert phase_of(attempt, now + timedelta(days=999)) == ReviewPhase.RESULT


def test_keys_stay_closed_while_somebody_with_extra_time_still_sits(now: datetime) -> None:
    exam = make_exam(keys_from=now + 3 * HOUR, review_from=now + 3 * HOUR)
    attempt = sat(exam)
    attempt.refresh_from_db()
    make_attempt(make_seat(exam, extra_minutes=90), now=now + 2 * HOUR)
    assert phase_of(attempt, now + 3 * HOUR) == ReviewPhase.RESULT


def test_an_attempt_under_way_has_no_phase_but_the_first(now: datetime) -> None:
    assert phase_of(make_attempt(), now) == ReviewPhase.RECEIPT


def test_every_phase_says_from_when_it_is_open(now: datetime) -> None:
    attempt = sat(exam_in_phases(now))
    attempt.refresh_from_db()
    steps = steps_of(attempt, ReviewPhase.RESULT)
    assert [(step.opens_at, step.is_open, step.is_now) for step in steps] == [
        (now, True, False),
        (now + 4 * HOUR, True, True),
        (now + 5 * HOUR, False, False),
        (now + 6 * HOUR, False, False),
    ]
