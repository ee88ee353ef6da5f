"""Whatever a client does, and whatever the network makes of it: the books hold."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import ItemProgress, StudyDay, StudyInterval, StudyLease
from courses.services.leases import ItemAlreadyComplete, token_of
from courses.services.presence import ChallengeOver, ChallengeUnknown
from courses.services.rebuilding import check_progress
from lms.schemes.selectors.study_rules import StudyRules
from tests.courses.study import answer, claim, lease_for
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]

RULES = StudyRules(presence_from_s=60, presence_to_s=90, presence_answer_s=60, daily_minutes=15, late_hours=1)
ITEMS = st.sampled_from(["item-1", "item-2"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.sampled_from([1, 7, 30, 61, 130, 4000])),
        st.tuples(st.just("step back"), st.integers(1, 90)),
        st.tuples(st.just("lease"), ITEMS, st.booleans()),
        st.tuples(st.just("claim"), st.integers(0, 3), st.integers(0, 600), st.integers(1, 90)),
        st.tuples(st.just("again"), st.integers(0, 5)),
        st.tuples(st.just("answer"), st.integers(0, 1)),
        st.tuples(st.just("minute"), ITEMS, st.integers(1, 4)),
    ),
    min_size=4,
    max_size=18,
)


class Client:
    """A page, or several, that send whatever they like."""

    def __init__(self, enrolment, now) -> None:
        self.enrolment, self.now, self.latest = enrolment, now, now
        self.leases: list[StudyLease] = []
        self.sent: list[tuple[StudyLease, int, int, int]] = []

    def do(self, act: str, *how) -> None:
        getattr(self, act.replace(" ", "_"))(*how)
        self.latest = max(self.latest, self.now)

    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def step_back(self, seconds: int) -> None:
        self.now -= timedelta(seconds=seconds)

    def lease(self, item: str, renew: bool) -> None:
        token = token_of(self.leases[-1]) if renew and self.leases else ""
        try:
            self.leases.append(lease_for(self.enrolment, self.now, item, token))
        except ItemAlreadyComplete:
            assert ItemProgress.objects.get(enrolment=self.enrolment, item_uid=item).covered_s == 600

    def claim(self, back: int, start: int, seconds: int) -> None:
        if self.leases:
            self._send(self.leases[-1 - back % len(self.leases)], len(self.sent), start, start + seconds)

    def again(self, back: int) -> None:
        if self.sent:
            lease, seq, start, end = self.sent[-1 - back % len(self.sent)]
            before = ItemProgress.objects.filter(enrolment=self.enrolment).values_list("covered_s", "waiting_s")
            stood = list(before)
            claim(lease, seq, start, end, self.now)
            assert list(before.all()) == stood

    def answer(self, more: int) -> None:
        if self.leases:
            with suppress(ChallengeUnknown, ChallengeOver):
                answer(self.leases[-1], self.now, self.leases[-1].challenge_no + more)

    def minute(self, item: str, times: int) -> None:
        """Honest study, minute after minute, from where the item stands."""
        for _number in range(times):
            stands = ItemProgress.objects.filter(enrolment=self.enrolment, item_uid=item).first()
            begun = len(self.leases)
            self.lease(item, True)
            if len(self.leases) > begun:
                self.wait(60)
                start = stands.covered_s if stands else 0
                self._send(self.leases[-1], len(self.sent), start, start + 60)

    def _send(self, lease: StudyLease, seq: int, start: int, end: int) -> None:
        claim(lease, seq, start, end, self.now)
        self.sent.append((lease, seq, start, end))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_credit_stays_within_clock_lesson_and_day_and_every_second_is_accounted_for(monkeypatch, now, steps) -> None:
    for room in ("leases", "holding", "settling"):
        monkeypatch.setattr(f"courses.services.{room}.study_rules_of", lambda _version: RULES)
    enrolment = enrolment_of(course=published_course(minutes=10))
    client = Client(enrolment, now)
    for step in steps:
        client.do(*step)
    items = list(ItemProgress.objects.filter(enrolment=enrolment))
    lived = (client.latest - min([client.latest, *(lease.issued_at for lease in client.leases)])).total_seconds()
    assert sum(item.covered_s + item.waiting_s for item in items) <= lived
    assert all(item.covered_s + item.waiting_s <= 600 for item in items)
    assert all(day.credited_s <= 900 for day in StudyDay.objects.filter(person=enrolment.person))
    for interval in StudyInterval.objects.filter(lease__enrolment=enrolment).select_related("settlement", "lease"):
        accounted_for(interval, {row.item_uid: row.waiting for row in items})
    assert check_progress() == []


def accounted_for(interval: StudyInterval, waiting: dict[str, list]) -> None:
    """The parts cover the claim without a hole, each with its verdict; what was pending waits or is settled."""
    bounds = [interval.start_s, *(part[1] for part in interval.parts)]
    assert [part[:2] for part in interval.parts] == [list(pair) for pair in pairwise(bounds)]
    assert bounds[-1] == interval.end_s
    assert all((verdict == "credited") == (reason == "") for _one, _two, verdict, reason in interval.parts)
    pending = [part[:2] for part in interval.parts if part[2] == "pending"]
    settled = getattr(interval, "settlement", None)
    if settled is None:
        assert [entry[:2] for entry in waiting.get(interval.lease.item_uid, []) if entry[2] == interval.pk] == pending
    else:
        assert seconds(settled.parts) == seconds(pending)
        assert all(verdict != "pending" for _one, _two, verdict, _reason in settled.parts)


def seconds(parts) -> set[int]:
    return {second for part in parts for second in range(part[0], part[1])}
