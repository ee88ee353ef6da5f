from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail

from lms.credits.models import CreditLine
from lms.exams.models import Exam, Result
from lms.exams.services.attempts import submit
from lms.exams.services.reporting import take_back
from lms.exams.services.results import settle
from lms.exams.signals import result_released
from lms.jobs.services.work import drain
from lms.mailing.models import Message
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.exams import ExamFactory, answer_rightly, make_attempt, make_seat

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def heard():
    told = []

    def listen(sender, result, person_id, level, now, **kwargs) -> None:
        told.append((result, person_id, level))

    result_released.connect(listen)
    yield told
    result_released.disconnect(listen)


def test_a_pass_is_reported_below_and_announced_above(now: datetime, heard: list) -> None:
    attempt = make_attempt()
    answer_rightly(attempt)
    submit(attempt=attempt, now=now)
    result, person = Result.objects.get(), attempt.seat.person
    assert (result.points, result.max_points, result.percent, result.passed) == (14, 14, 100, True)
    assert (result.mode, result.cut_rule) == (
        "invigilated-on-site",
        "percent>=60; multiple=all-or-nothing; fill-in=by-blank; matching=by-pair; ordering=all-or-nothing",
    )
    assert list(RequirementFact.objects.order_by("kind").values_list("person", "kind", "ref", "value")) == [
        (person.pk, "contribution", "exam", Decimal("2.00")),
        (person.pk, "exam", "junior", Decimal("100.00")),
    ]
    line = CreditLine.objects.get()
    assert (line.rule, line.points, line.source) == ("exam-passed", 2, f"exams.seat:{attempt.seat.ticket_code}")
    assert heard == [(result, person.pk, "junior")]


def test_a_fail_is_announced_and_earns_nothing(now: datetime, heard: list) -> None:
    attempt = make_attempt()
    answer_rightly(attempt, slots=3)
    submit(attempt=attempt, now=now)
    result = Result.objects.get()
    assert (result.points, result.percent, result.passed) == (3, Decimal("21.42"), False)
    assert RequirementFact.objects.count() == CreditLine.objects.count() == 0
    assert heard == [(result, attempt.seat.person.pk, "junior")]


def test_the_percent_never_promises_more_than_was_earned(now: datetime) -> None:
    lines = [{"kind": "single", "count": 6, "points": "1.00"}]
    attempt = make_attempt(make_seat(ExamFactory(pass_percent=67, blueprint={"schema": 1, "lines": lines})))
    answer_rightly(attempt, slots=4)
    submit(attempt=attempt, now=now)
    assert (Result.objects.get().percent, Result.objects.get().passed) == (Decimal("66.66"), False)


@pytest.mark.parametrize(("language", "words"), [("en", "14 / 14"), ("zh-hans", "初级机考")])
def test_the_person_gets_one_mail_in_their_language(language: str, words: str, now: datetime) -> None:
    attempt = make_attempt(make_seat(person=PersonFactory(user__language=language)))
    answer_rightly(attempt)
    submit(attempt=attempt, now=now)
    submit(attempt=attempt, now=now)
    drain(now=now)
    message = Message.objects.get(kind="exam-result")
    results = [sent.to for sent in mail.outbox if sent.subject == message.subject]
    assert results == [[attempt.seat.person.user.email]]
    assert words in message.text
    prefix = "/en" if language == "en" else ""
    assert f"{prefix}/exam/{attempt.uid}/result/" in message.text


def test_a_person_without_a_sign_in_gets_a_result_and_no_mail(now: datetime) -> None:
    attempt = make_attempt(make_seat(person=PersonFactory(user=None)))
    submit(attempt=attempt, now=now)
    assert (Result.objects.count(), Message.objects.count()) == (1, 0)


def test_what_the_result_was_computed_from_changes_with_every_answer(now: datetime) -> None:
    hashes = set()
    for slots in (None, 11, 10):
        attempt = make_attempt()
        answer_rightly(attempt, slots=slots)
        submit(attempt=attempt, now=now)
        hashes.add(Result.objects.get(attempt=attempt).computed_from)
    assert len(hashes) == 3


def test_before_its_moment_nothing_is_reported_announced_or_told(now: datetime, heard: list) -> None:
    shown = now + timedelta(days=2)
    attempt = make_attempt(make_seat(ExamFactory(results_at=shown)))
    answer_rightly(attempt)
    submit(attempt=attempt, now=now)
    drain(now=shown - timedelta(seconds=1))
    assert Result.objects.get().passed
    assert heard == []
    assert RequirementFact.objects.count() == CreditLine.objects.count() == 0
    assert not Message.objects.filter(kind="exam-result").exists()
    drain(now=shown)
    drain(now=shown)
    assert heard == [(Result.objects.get(), attempt.seat.person.pk, "junior")]
    assert (RequirementFact.objects.filter(kind="exam").count(), CreditLine.objects.count()) == (1, 1)
    assert Message.objects.filter(kind="exam-result").count() == 1


def test_a_moment_that_is_put_off_is_waited_for(now: datetime, heard: list) -> None:
    attempt = make_attempt(make_seat(ExamFactory(results_at=now + timedelta(days=2))))
    submit(attempt=attempt, now=now)
    Exam.objects.update(results_at=now + timedelta(days=4))
    drain(now=now + timedelta(days=3))
    assert heard == []
    drain(now=now + timedelta(days=4))
    assert len(heard) == 1


def test_settling_twice_is_one_result(now: datetime, heard: list) -> None:
    attempt = make_attempt()
    submit(attempt=attempt, now=now)
    assert settle(attempt=attempt, now=now + timedelta(hours=1)) == Result.objects.get()
    assert len(heard) == 1


def test_what_a_void_attempt_brought_about_is_taken_back_once(now: datetime) -> None:
    attempt = make_attempt()
    answer_rightly(attempt)
    submit(attempt=attempt, now=now)
    for _ in range(2):
        take_back(attempt=attempt, reason="作废", now=now)
    values = RequirementFact.objects.filter(kind="exam").order_by("pk").values_list("value", flat=True)
    assert list(values) == [100, -100]
    assert [line.points for line in CreditLine.objects.order_by("seq")] == [2, -2]
