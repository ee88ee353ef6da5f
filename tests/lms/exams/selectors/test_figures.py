from datetime import timedelta
from decimal import Decimal

import pytest

from lms.cohorts.models import Organisation
from lms.exams.models import Attempt, Result, Seat
from lms.exams.selectors.figures import (
    FAILED,
    PASSED,
    PASSES,
    SCORES,
    UNDER_WAY,
    next_opening,
    passes,
    scores,
    sittings_ahead,
    under_way,
)
from lms.kernel.tallies import gather
from tests.factories.cohorts import OrganisationFactory
from tests.factories.exams import ExamFactory, make_attempt, make_seat

pytestmark = [pytest.mark.room, pytest.mark.django_db]
ALL = Organisation.objects.all()


def _marked(attempt: Attempt, percent: str, now, seq: int = 1) -> Result:
    Attempt.objects.filter(pk=attempt.pk).update(state="submitted", ended_at=now)
    return Result.objects.create(
        attempt=attempt,
        seq=seq,
        points=Decimal(percent),
        max_points=100,
        percent=Decimal(percent),
        passed=Decimal(percent) >= 60,
        cut_rule="percent>=60",
        marks=[],
        computed_from="0" * 64,
        mode="invigilated-on-site",
        at=now,
    )


@pytest.fixture
def exam(now):
    return ExamFactory()


def test_scores_are_counted_in_tens_and_the_newest_marking_stands(exam, now) -> None:
    for percent in ("0", "9.99", "10", "59.99", "60", "100"):
        _marked(make_attempt(make_seat(exam)), percent, now)
    corrected = make_attempt(make_seat(exam))
    _marked(corrected, "55", now)
    _marked(corrected, "65", now, seq=2)
    told = gather(scores(ALL), passes(ALL))
    assert told.by_key(SCORES) == {0: 2, 1: 1, 5: 1, 6: 2, 9: 1}
    assert (told.total(SCORES, part=PASSED), told.total(SCORES, part=FAILED)) == (3, 4)
    assert told.by_key(PASSES, part=PASSED) == {exam.organisation_id: 3}


def test_a_void_attempt_and_another_base_do_not_count(exam, now) -> None:
    void = make_attempt(make_seat(exam))
    _marked(void, "90", now)
    Attempt.objects.filter(pk=void.pk).update(state="void")
    _marked(make_attempt(), "90", now)
    told = gather(scores(ALL.filter(pk=exam.organisation_id)))
    assert told.total(SCORES) == 0


def test_who_sits_now_is_counted(exam, now) -> None:
    make_attempt(make_seat(exam))
    _marked(make_attempt(make_seat(exam)), "90", now)
    assert gather(under_way(ALL)).total(UNDER_WAY) == 1


def test_exams_ahead_say_who_has_sat(exam, now, django_assert_num_queries) -> None:
    make_attempt(make_seat(exam))
    make_seat(exam)
    ExamFactory(organisation=exam.organisation, opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=8))
    ExamFactory(organisation=OrganisationFactory())
    with django_assert_num_queries(1):
        found = sittings_ahead(ALL.filter(pk=exam.organisation_id), now)
    assert [(each.title, each.seats, each.sat, each.waiting) for each in found] == [(exam.title, 2, 1, 1)]


def test_the_next_opening_is_that_of_an_exam_not_begun(exam, now) -> None:
    seat = make_seat(exam)
    later = ExamFactory(
        organisation=exam.organisation, opens_at=now + timedelta(days=5), closes_at=now + timedelta(days=6)
    )
    make_seat(later, person=seat.person)
    mine = next_opening(now).filter(person=seat.person)
    assert [row["exam__opens_at"] for row in mine] == [exam.opens_at, later.opens_at]
    make_attempt(Seat.objects.get(pk=seat.pk))
    assert [row["exam__opens_at"] for row in mine.all()] == [later.opens_at]
