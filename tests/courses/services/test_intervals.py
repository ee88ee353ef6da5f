from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from courses.enums import EnrolmentState, IntervalReason, ItemState
from courses.models import CourseVersion, Enrolment, EnrolmentEvent, ItemProgress, StudyDay, StudyInterval
from courses.services.enrolling import move
from courses.services.intervals import IntervalBackwards, credit_interval
from courses.services.leases import LeaseUnknown, token_of
from lms.credits.selectors.statement import statement
from lms.schemes.enums import FactKind
from tests.courses.study import claim, lease_for, study_item
from tests.factories.accounts import PersonFactory
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def after(now, seconds: float):
    return now + timedelta(seconds=seconds)


def test_what_was_lived_through_is_credited(now) -> None:
    outcome = claim(lease_for(enrolment_of(), now), 0, 0, 15, after(now, 15))
    assert (outcome.accepted_s, outcome.pending_s, outcome.reason, outcome.covered_s) == (15, 0, "", 15)
    assert outcome.sentence == ""


def test_more_than_the_wall_clock_waits_and_says_why(now) -> None:
    outcome = claim(lease_for(enrolment_of(), now), 0, 0, 60, after(now, 20))
    assert (outcome.accepted_s, outcome.early_s, outcome.reason) == (20, 40, IntervalReason.AHEAD_OF_CLOCK)
    assert outcome.sentence == str(IntervalReason.AHEAD_OF_CLOCK.label)


def test_what_waited_is_credited_when_the_time_has_gone_by(now) -> None:
    lease = lease_for(enrolment_of(), now)
    claim(lease, 0, 0, 30, after(now, 20))
    assert claim(lease, 1, 20, 30, after(now, 30)).accepted_s == 10


def test_a_queue_kept_offline_is_credited_up_to_the_end_of_its_lease(now) -> None:
    lease = lease_for(enrolment_of(), now)
    answers = [claim(lease, n, n * 20, n * 20 + 20, after(now, 3600)) for n in range(4)]
    assert [answer.accepted_s for answer in answers] == [20, 20, 20, 0]
    assert answers[-1].reason == IntervalReason.LEASE_OVER


def test_the_first_page_is_told_of_the_second_and_keeps_what_it_lived_through(now) -> None:
    enrolment = enrolment_of()
    first = lease_for(enrolment, now)
    lease_for(enrolment, after(now, 10))
    outcome = claim(first, 0, 0, 30, after(now, 30))
    assert (outcome.accepted_s, outcome.reason) == (10, IntervalReason.TAKEN_OVER)


def test_the_same_claim_again_answers_the_same_and_credits_nothing(now) -> None:
    lease = lease_for(enrolment_of(), now)
    once = claim(lease, 7, 0, 15, after(now, 15))
    claim(lease, 8, 15, 30, after(now, 30))
    again = claim(lease, 7, 0, 15, after(now, 40))
    assert again == replace(once, following=[30, 120])  # where to go on is said as it stands now
    assert ItemProgress.objects.get().covered_s == 30
    assert StudyInterval.objects.count() == 2


def test_what_a_renewed_lease_no_longer_holds_counts_under_the_next_one(now) -> None:
    enrolment = enrolment_of()
    first = lease_for(enrolment, now)
    second = lease_for(enrolment, after(now, 20), renews=token_of(first))
    outcome = claim(first, 0, 0, 23, after(now, 23))  # read until the new lease had come over a slow line
    assert (outcome.accepted_s, outcome.early_s, outcome.reason) == (20, 3, IntervalReason.AHEAD_OF_CLOCK)
    assert claim(second, 0, 20, 30, after(now, 30)).accepted_s == 10


def test_nothing_is_credited_beyond_the_declared_minutes(now) -> None:
    enrolment = enrolment_of()
    done = study_item(enrolment, "item-1", 110, now)
    outcome = claim(lease_for(enrolment, done), 0, 110, 140, after(done, 30))
    assert (outcome.accepted_s, outcome.reason, outcome.complete) == (10, IntervalReason.DECLARED_REACHED, True)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4)])
def test_an_interval_that_is_none_is_refused(now, start, end) -> None:
    with pytest.raises(IntervalBackwards):
        claim(lease_for(enrolment_of(), now), 0, start, end, after(now, 10))


@pytest.mark.parametrize("token", ["", "forged", "0123:abc"])
def test_a_lease_that_was_not_signed_here_is_unknown(now, token) -> None:
    with pytest.raises(LeaseUnknown):
        credit_interval(lease_token=token, client_seq=0, start_s=0, end_s=1, now=now)


def test_somebody_elses_lease_is_unknown(now) -> None:
    lease = lease_for(enrolment_of(), now)
    with pytest.raises(LeaseUnknown):
        credit_interval(
            lease_token=token_of(lease),
            client_seq=0,
            start_s=0,
            end_s=5,
            person_id=PersonFactory().pk,
            now=after(now, 5),
        )


def test_who_has_left_the_course_is_credited_nothing_more_and_told_why(now) -> None:
    enrolment = enrolment_of()
    lease = lease_for(enrolment, now)
    move(enrolment=enrolment, to=EnrolmentState.WITHDRAWN, actor="test", reason="moved away", now=now)
    outcome = claim(lease, 0, 0, 10, after(now, 10))
    assert (outcome.accepted_s, outcome.reason) == (0, IntervalReason.WITHDRAWN)


def test_a_closed_laptop_sends_what_it_kept_days_later_but_not_for_ever(now) -> None:
    lease = lease_for(enrolment_of(), now)
    assert claim(lease, 0, 0, 30, after(now, 60 + 72 * 3600)).accepted_s == 30
    late = claim(lease, 1, 30, 60, after(now, 61 + 72 * 3600))
    assert (late.accepted_s, late.reason) == (0, IntervalReason.TOO_LATE)
    assert StudyInterval.objects.get(client_seq=1).parts == [[30, 60, "refused", "too-late"]]


def test_a_server_clock_that_is_set_back_credits_nothing(now) -> None:
    lease = lease_for(enrolment_of(), now)
    assert claim(lease, 0, 0, 30, after(now, -30)).accepted_s == 0


def test_claims_that_overlap_or_come_in_another_order_count_each_second_once(now) -> None:
    lease = lease_for(enrolment_of(), now)
    answers = [
        claim(lease, n, start, end, after(now, 60)) for n, (start, end) in enumerate([(30, 50), (0, 40), (20, 55)])
    ]
    assert [answer.accepted_s for answer in answers] == [20, 30, 5]
    assert StudyInterval.objects.get(client_seq=1).parts == [
        [0, 30, "credited", ""],
        [30, 40, "refused", "already-counted"],
    ]


def test_the_day_in_beijing_holds_no_more_than_its_ceiling(now) -> None:
    enrolment = enrolment_of()
    StudyDay.objects.create(person=enrolment.person, day=now.date(), credited_s=360 * 60 - 20)
    outcome = claim(lease_for(enrolment, now), 0, 0, 60, after(now, 60))
    assert (outcome.accepted_s, outcome.reason) == (20, IntervalReason.DAILY_CEILING)
    assert StudyDay.objects.get().credited_s == 360 * 60
    tomorrow = after(now, 24 * 3600)
    assert claim(lease_for(enrolment, tomorrow), 0, 20, 60, after(tomorrow, 60)).accepted_s == 40


def test_seconds_belong_to_the_day_in_which_they_were_lived(now) -> None:
    enrolment = enrolment_of()
    lease = lease_for(enrolment, now)
    claim(lease, 0, 0, 30, after(now, 24 * 3600))
    assert list(StudyDay.objects.values_list("day", "credited_s")) == [(now.date(), 30)]


@pytest.mark.parametrize(("kind", "covered"), [("reading", 40), ("video", 60), ("audio", 60)])
def test_a_recording_may_be_played_faster_than_the_clock_and_a_text_not(now, kind, covered) -> None:
    enrolment = enrolment_of()
    outline = enrolment.course_version.outline
    outline["items"][0]["kind"] = kind
    version = CourseVersion.objects.create(
        course=enrolment.course, no=2, outline=outline, body=enrolment.course_version.body,
        content_hash=kind.ljust(64, "0"), title="课", frozen_at=now,
    )  # fmt: skip
    Enrolment.objects.filter(pk=enrolment.pk).update(course_version=version)
    assert claim(lease_for(enrolment, now), 0, 0, 120, after(now, 40)).accepted_s == covered


def test_a_complete_item_posts_its_class_hours_once(now) -> None:
    enrolment = enrolment_of()
    done = study_item(enrolment, "item-1", 120, now)
    row = ItemProgress.objects.get()
    assert (row.state, row.completed_at, row.covered) == (ItemState.COMPLETE, done, [[0, 120]])
    facts = list(enrolment.person.facts.filter(kind=FactKind.CLASS_HOURS).values_list("ref", "value", "source"))
    assert [fact[:2] for fact in facts] == [("public-knowledge", Decimal("0.04"))]
    assert statement(enrolment.person_id).minutes_total == 2


def test_the_last_item_completes_the_enrolment(now) -> None:
    enrolment = enrolment_of()
    study_item(enrolment, "item-2", 120, study_item(enrolment, "item-1", 120, now))
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.progress.done, enrolment.progress.percent) == (
        EnrolmentState.COMPLETED,
        2,
        100,
    )
    assert list(EnrolmentEvent.objects.values_list("from_state", "to_state", "actor")) == [
        ("", "active", "test"),
        ("active", "completed", "system"),
    ]


def test_an_interval_takes_a_fixed_number_of_queries(now, django_assert_num_queries) -> None:
    lease = lease_for(enrolment_of(), now)
    claim(lease, 0, 0, 10, after(now, 10))
    with django_assert_num_queries(13):
        claim(lease, 1, 10, 20, after(now, 20))
