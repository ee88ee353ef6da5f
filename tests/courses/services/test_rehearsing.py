"""Study that is rehearsed leaves the rows that study leaves."""

from datetime import timedelta
from typing import Any

import pytest

from courses.enums import EnrolmentState
from courses.models import (
    Enrolment,
    EnrolmentProgress,
    ItemProgress,
    PresenceAnswer,
    StudyDay,
    StudyInterval,
    StudyLease,
)
from courses.selectors.progress import next_item
from courses.services.intervals import credit_interval
from courses.services.leases import grant_lease, token_of
from courses.services.rebuilding import check_progress
from courses.services.rehearsing import NOTICED, NobodyStudiesForOthers, study_on
from lms.credits.models import HourLine
from tests.courses.study import answer
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _asked_alike(monkeypatch) -> None:
    """Questions are drawn for each person; here all are asked at the same distance."""
    monkeypatch.setattr("courses.services.challenges.draw", lambda _enrolment, no, _rules: timedelta(seconds=600 + no))


@pytest.fixture
def two_enrolments() -> tuple[Enrolment, Enrolment]:
    """Two people in one course of two lessons of four minutes."""
    course = published_course(minutes=4)
    return enrolment_of(course=course), enrolment_of(course=course)


def study_by_hand(enrolment: Enrolment, minutes: int, now: Any) -> Any:
    """What a page does that renews its lease each minute."""
    for _number in range(minutes):
        enrolment = Enrolment.objects.with_outline().get(pk=enrolment.pk)
        item = next_item(enrolment)
        grant = grant_lease(enrolment=enrolment, item_uid=item.uid, now=now)
        lease, start_s = grant.lease, grant.covered_s
        now += MINUTE
        if lease.challenge_at <= now:
            answer(lease, min(lease.challenge_at + NOTICED, now))
        credit_interval(lease_token=token_of(lease), client_seq=1, start_s=start_s, end_s=start_s + 60, now=now)
    return now


def traces(enrolment: Enrolment) -> dict[str, list[dict[str, Any]]]:
    """Every row that study leaves, without the numbers that tell two people apart."""
    apart = {"id", "uid", "enrolment_id", "person_id", "lease_id", "hash", "previous_hash", "source", "commitment"}
    tables = {
        "leases": StudyLease.objects.filter(enrolment=enrolment).order_by("issued_at"),
        "intervals": StudyInterval.objects.filter(lease__enrolment=enrolment).order_by("received_at"),
        "answers": PresenceAnswer.objects.filter(person=enrolment.person_id).order_by("challenge_no"),
        "days": StudyDay.objects.filter(person=enrolment.person_id).order_by("day"),
        "items": ItemProgress.objects.filter(enrolment=enrolment).order_by("item_uid"),
        "counters": EnrolmentProgress.objects.filter(enrolment=enrolment),
        "hours": HourLine.objects.filter(person=enrolment.person_id).order_by("seq"),
    }
    return {
        name: [{field: value for field, value in row.items() if field not in apart} for row in rows.values()]
        for name, rows in tables.items()
    }


@pytest.mark.parametrize("sittings", [[1], [2], [3], [4], [7], [8], [1, 4, 3], [3, 1, 2], [6, 2]])
def test_rehearsed_study_leaves_the_rows_of_study(two_enrolments, sittings, now) -> None:
    rehearsed, by_hand = two_enrolments
    begun = now
    for minutes in sittings:
        ended = study_on(enrolment=rehearsed, minutes=minutes, now=begun)
        assert ended == study_by_hand(by_hand, minutes, begun)
        begun = ended + timedelta(days=1)
    assert traces(rehearsed) == traces(by_hand)
    assert len(traces(rehearsed)["intervals"]) == sum(sittings)
    assert check_progress() == []


def test_rehearsed_readers_answer_when_they_are_asked_as_readers_do(now) -> None:
    course = published_course(minutes=20, lessons=3)
    rehearsed, by_hand = enrolment_of(course=course), enrolment_of(course=course)
    for sitting in range(2):
        begun = now + timedelta(days=sitting)
        assert study_on(enrolment=rehearsed, minutes=27, now=begun) == study_by_hand(by_hand, 27, begun)
    assert traces(rehearsed) == traces(by_hand)
    assert PresenceAnswer.objects.filter(person=rehearsed.person, in_time=True).count() == 5
    assert check_progress() == []


def test_a_day_that_is_full_is_followed_by_the_next(now) -> None:
    enrolment = enrolment_of(course=published_course(minutes=200, lessons=2))
    study_on(enrolment=enrolment, minutes=400, now=now)
    assert list(StudyDay.objects.order_by("day").values_list("credited_s", flat=True)) == [21600, 2400]


def test_nobody_studies_longer_than_there_is_to_read(two_enrolments, now) -> None:
    enrolment, _other = two_enrolments
    assert study_on(enrolment=enrolment, minutes=60, now=now) == now + 8 * MINUTE
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.COMPLETED


def test_study_is_not_rehearsed_among_real_people(two_enrolments, now, settings) -> None:
    settings.JIQIAO_DEMO = False
    with pytest.raises(NobodyStudiesForOthers):
        study_on(enrolment=two_enrolments[0], minutes=1, now=now)
    assert StudyLease.objects.count() == 0
