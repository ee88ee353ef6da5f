"""The question whether somebody is still there: what waits for it, what it decides, and when it is asked anew."""

from datetime import timedelta

import pytest

from courses.enums import EnrolmentState, IntervalReason
from courses.models import ItemProgress, PresenceAnswer, StudyDay, StudyInterval, StudySettlement
from courses.services.challenges import draw
from courses.services.enrolling import move
from courses.services.leases import grant_lease, token_of
from courses.services.presence import ChallengeOver, ChallengeUnknown
from courses.services.rebuilding import check_progress
from lms.schemes.selectors.study_rules import StudyRules
from tests.courses.study import answer, claim, lease_for, lease_until_asked
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _asked_soon(monkeypatch) -> None:
    monkeypatch.setattr("courses.services.challenges.draw", lambda _enrolment, no, _rules: timedelta(seconds=80 + no))


@pytest.fixture
def enrolment():
    return enrolment_of(course=published_course(minutes=30))


@pytest.fixture
def asked(enrolment, now):
    """A lease whose question fell due 21 seconds after its issue, at the end of its 60 seconds."""
    lease, due = lease_until_asked(enrolment, now)
    assert due - lease.issued_at == 21 * SECOND
    return lease


def test_a_question_comes_between_its_bounds_and_is_not_the_same_for_all(settings) -> None:
    rules = StudyRules()
    drawn = {draw(enrolment, no, rules).seconds for enrolment in range(20) for no in range(20)}
    assert min(drawn) >= rules.presence_from_s
    assert max(drawn) <= rules.presence_to_s
    assert len(drawn) > 100
    before = draw(1, 1, rules), draw(1, 2, rules), draw(2, 1, rules)
    settings.SECRET_KEY = "another house"
    assert (draw(1, 1, rules), draw(1, 2, rules), draw(2, 1, rules)) != before


def test_time_after_the_question_waits_and_the_page_is_told_what_to_ask(asked) -> None:
    outcome = claim(asked, 0, 0, 60, asked.expires_at)
    assert (outcome.accepted_s, outcome.pending_s, outcome.reason) == (21, 39, IntervalReason.PRESENCE_DUE)
    assert (outcome.challenge.no, outcome.challenge.due_in_s) == (1, 0)
    assert outcome.challenge.answer_by == asked.challenge_at + 120 * SECOND
    assert ItemProgress.objects.get().waiting_s == 39


def test_an_answer_in_time_credits_what_waited(asked) -> None:
    claim(asked, 0, 0, 60, asked.expires_at)
    outcome = answer(asked, asked.challenge_at + 120 * SECOND)
    assert (outcome.in_time, outcome.covered_s, outcome.pending_s) == (True, 60, 0)
    assert StudySettlement.objects.get().parts == [[21, 60, "credited", ""]]
    assert StudyDay.objects.get().credited_s == 60
    assert check_progress() == []


def test_an_answer_that_comes_late_refuses_it_and_study_goes_on(asked) -> None:
    claim(asked, 0, 0, 60, asked.expires_at)
    late = asked.challenge_at + 121 * SECOND
    following = lease_for(asked.enrolment, late - SECOND, renews=token_of(asked))
    outcome = answer(following, late)
    assert (outcome.in_time, outcome.covered_s, outcome.pending_s) == (False, 21, 0)
    assert StudySettlement.objects.get().parts == [[21, 60, "refused", "presence-missed"]]
    assert claim(following, 0, 21, 60, late + 20 * SECOND).accepted_s == 20  # the same stretch, read again
    assert check_progress() == []


def test_time_before_an_answer_that_came_in_time_is_credited_however_late_it_is_sent(asked) -> None:
    answer(asked, asked.challenge_at + 30 * SECOND)
    assert claim(asked, 0, 0, 60, asked.expires_at + timedelta(hours=5)).accepted_s == 60


def test_time_before_a_late_answer_is_refused_when_it_is_sent(asked) -> None:
    following = lease_for(asked.enrolment, asked.challenge_at + 200 * SECOND, renews=token_of(asked))
    answer(following, following.issued_at + 10 * SECOND)
    outcome = claim(asked, 0, 0, 60, following.issued_at + 20 * SECOND)
    assert (outcome.accepted_s, outcome.reason) == (21, IntervalReason.PRESENCE_MISSED)


def test_whoever_comes_back_later_is_asked_anew_and_the_old_question_holds_nothing_up(asked) -> None:
    claim(asked, 0, 0, 60, asked.expires_at)
    back = asked.challenge_at + timedelta(days=1)
    lease = lease_for(asked.enrolment, back)
    assert (lease.challenge_no, lease.challenge_at) == (2, back)
    outcome = claim(lease, 0, 21, 41, back + 20 * SECOND)
    assert (outcome.pending_s, outcome.reason) == (20, IntervalReason.PRESENCE_DUE)
    assert StudySettlement.objects.get().parts == [[21, 60, "refused", "presence-missed"]]
    assert answer(lease, back + 25 * SECOND).covered_s == 41
    with pytest.raises(ChallengeOver):
        answer(asked, back + 26 * SECOND)


def test_a_page_that_renews_does_not_get_rid_of_its_question(asked) -> None:
    following = lease_for(asked.enrolment, asked.challenge_at + timedelta(hours=1), renews=token_of(asked))
    assert (following.challenge_no, following.challenge_at) == (asked.challenge_no, asked.challenge_at)


def test_the_next_question_is_counted_from_the_answer(asked) -> None:
    answer(asked, asked.issued_at + 30 * SECOND)
    following = lease_for(asked.enrolment, asked.issued_at + 50 * SECOND, renews=token_of(asked))
    assert following.challenge_no == 2
    assert following.challenge_at - following.issued_at == (82 - 20) * SECOND


def test_a_pause_brings_the_question_no_nearer(enrolment, now) -> None:
    first = lease_for(enrolment, now)
    later = now + timedelta(hours=3)
    assert lease_for(enrolment, later).challenge_at - later == first.challenge_at - first.expires_at


def test_a_question_beyond_the_lease_is_not_told_and_not_answered(enrolment, now) -> None:
    lease = grant_lease(enrolment=enrolment, item_uid="item-1", now=now).lease
    assert claim(lease, 0, 0, 10, now + 10 * SECOND).challenge is None
    for no in (1, 2):
        with pytest.raises(ChallengeUnknown):
            answer(lease, now + 60 * SECOND, no)


def test_the_same_answer_again_changes_nothing(asked) -> None:
    claim(asked, 0, 0, 60, asked.expires_at)
    first = answer(asked, asked.expires_at)
    assert answer(asked, asked.expires_at + timedelta(hours=1)) == first
    assert (PresenceAnswer.objects.count(), StudySettlement.objects.count()) == (1, 1)


def test_a_stretch_that_waits_is_not_counted_twice(asked) -> None:
    claim(asked, 0, 0, 60, asked.expires_at)
    assert claim(asked, 1, 30, 60, asked.expires_at).reason == IntervalReason.ALREADY_COUNTED


def test_what_waited_when_somebody_left_the_course_is_refused(asked) -> None:
    claim(asked, 0, 0, 60, asked.expires_at)
    move(enrolment=asked.enrolment, to=EnrolmentState.WITHDRAWN, actor="test", reason="moved", now=asked.expires_at)
    answer(asked, asked.expires_at)
    assert StudySettlement.objects.get().parts == [[21, 60, "refused", "withdrawn"]]


def test_what_waited_is_credited_up_to_the_ceiling_of_its_day(asked, now) -> None:
    claim(asked, 0, 0, 60, asked.expires_at)
    StudyDay.objects.update(credited_s=360 * 60 - 9)
    answer(asked, asked.expires_at)
    assert StudySettlement.objects.get().parts == [[21, 30, "credited", ""], [30, 60, "refused", "daily-ceiling"]]


def test_the_answer_that_fills_a_lesson_completes_it(now) -> None:
    enrolment = enrolment_of()
    begun = now
    for minute in range(2):
        lease = lease_for(enrolment, begun)
        begun += timedelta(minutes=1)
        claim(lease, 0, minute * 60, minute * 60 + 60, begun)
    assert StudyInterval.objects.order_by("pk").last().pending_s == 39
    assert answer(lease, begun + 5 * SECOND).complete
    assert enrolment.person.facts.filter(kind="class-hours").count() == 1
