from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.enums import EnrolmentState, IntervalReason, ItemState
from courses.models import EnrolmentEvent, ItemProgress, StudyInterval
from courses.services.enrolling import move
from courses.services.intervals import IntervalBackwards, credit_interval
from courses.services.leases import EnrolmentOver, LeaseUnknown, token_of
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
    assert (outcome.accepted_s, outcome.pending_s, outcome.reason) == (20, 40, IntervalReason.AHEAD_OF_CLOCK)
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
    assert claim(lease, 7, 0, 15, after(now, 40)) == once
    assert ItemProgress.objects.get().covered_s == 30
    assert StudyInterval.objects.count() == 2


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


def test_who_has_left_the_course_is_credited_nothing_more(now) -> None:
    enrolment = enrolment_of()
    lease = lease_for(enrolment, now)
    move(enrolment=enrolment, to=EnrolmentState.WITHDRAWN, actor="test", reason="moved away", now=now)
    with pytest.raises(EnrolmentOver):
        claim(lease, 0, 0, 10, after(now, 10))


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
    with django_assert_num_queries(11):
        claim(lease, 1, 10, 20, after(now, 20))


steps = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 130), st.integers(1, 60), st.booleans()), min_size=1, max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_a_client_sends_credit_stays_within_wall_time_and_declared_time(now, steps) -> None:
    enrolment = enrolment_of()
    at, lease, wall = now, None, 0
    for seq, (wait, start, span, renew) in enumerate(steps):
        at = after(at, wait)
        wall += wait
        if ItemProgress.objects.filter(enrolment=enrolment, state=ItemState.COMPLETE).exists():
            break
        if lease is None or renew:
            lease = lease_for(enrolment, at)
        claim(lease, seq, start, start + span, at)
        claim(lease, seq, start, start + span, at)
        covered = ItemProgress.objects.filter(enrolment=enrolment).values_list("covered_s", flat=True).first() or 0
        assert covered <= min(wall, 120)
