"""A handed-in paper before its person and before staff, phase by phase."""

from datetime import timedelta

import pytest
from django.test import Client

from lms.exams.models import FocusNote, QuestionVersion
from lms.exams.selectors.phases import phase_of
from lms.exams.services.keys import key_in_force
from lms.kernel.clock import HeldClock
from lms.kernel.clock import now as moment
from tests.conftest import NOON
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import TWELVE, answer_rightly, make_attempt, make_seat
from tests.factories.results import carry_out, make_exam, make_manager, proposed_key, sat

pytestmark = [pytest.mark.face, pytest.mark.django_db]

HOUR = timedelta(hours=1)


def exam_in_phases(**given):
    moments = {"results_at": NOON + 4 * HOUR, "review_from": NOON + 5 * HOUR, "keys_from": NOON + 6 * HOUR}
    return make_exam(**{"blueprint": {"schema": 1, "lines": TWELVE}, **moments, **given})


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, attempt, end: str, prefix: str = "") -> str:
    response = client.get(f"{prefix}/exam/{attempt.uid}/{end}/")
    assert response.status_code == 200
    return response.content.decode()


def explanations(attempt) -> list[str]:
    versions = QuestionVersion.objects.in_bulk([item["version"] for item in attempt.seat.paper.items])
    return [key_in_force(version).explanation for version in versions.values()]


def test_keys_and_explanations_are_on_one_page_from_their_moment_on_and_nowhere_before(clock: HeldClock) -> None:
    attempt = sat(exam_in_phases(), slots=12)
    client = client_of(attempt.seat.person.user)
    secrets = explanations(attempt)
    for hours in (0, 4, 5):
        clock.advance(NOON + hours * HOUR - moment())
        received = client.get(f"/exam/{attempt.uid}/review/", follow=True).content.decode()
        received += page(client, attempt, "result") + page(client, attempt, "appeal")
        assert not [secret for secret in secrets if secret in received], hours
    clock.advance(HOUR)
    shown = page(client, attempt, "review")
    assert [secret for secret in secrets if secret not in shown] == []
    assert not [secret for secret in secrets if secret in page(client, attempt, "result")]


def test_the_receipt_phase_says_when_and_shows_no_figure(clock: HeldClock) -> None:
    attempt = sat(exam_in_phases(), slots=12)
    client = client_of(attempt.seat.person.user)
    attempt.refresh_from_db()
    shown = page(client, attempt, "result")
    assert attempt.receipt in shown
    assert attempt.answers_hash in shown
    assert "2026 年 11 月 22 日 16:00，北京时间" in shown
    assert "100.00" not in shown
    assert client.get(f"/exam/{attempt.uid}/review/").url == f"/exam/{attempt.uid}/result/"
    clock.advance(4 * HOUR)
    assert "100.00 %" in page(client, attempt, "result")


def test_own_answers_stand_with_their_points_before_the_keys_do(clock: HeldClock) -> None:
    attempt = make_attempt(make_seat(exam_in_phases()))
    answer_rightly(attempt, slots=1)
    client = client_of(attempt.seat.person.user)
    client.post(f"/exam/{attempt.uid}/submit/")
    clock.advance(5 * HOUR)
    shown = page(client, attempt, "review", "/en")
    assert shown.count('class="marked-item"') == 12
    assert shown.count("Full points") == 1
    assert shown.count("No points") == 11
    assert "marked-key" not in shown
    clock.advance(HOUR)
    assert page(client, attempt, "review", "/en").count("marked-key") == 12


def test_staff_read_a_result_before_its_person_and_never_its_keys_before(clock: HeldClock) -> None:
    attempt = sat(exam_in_phases(), slots=12)
    trainer = RoleGrantFactory(organisation=attempt.seat.organisation, role="trainer").user
    client = client_of(trainer)
    assert "100.00 %" in page(client, attempt, "result")
    assert client.get(f"/exam/{attempt.uid}/review/").status_code == 302


def test_absences_are_shown_to_their_person(clock: HeldClock) -> None:
    attempt = sat()
    for number, (kind, seconds) in enumerate([("focus-lost", 60), ("resume", 102)]):
        FocusNote.objects.create(
            attempt=attempt, client_seq=number, kind=kind, at=attempt.started_at + timedelta(seconds=seconds)
        )
    shown = page(client_of(attempt.seat.person.user), attempt, "result", "/en")
    assert "12:01:00 – 12:01:42" in shown
    assert "42 seconds" in shown
    assert "decides nothing by itself" in shown


def test_a_corrected_result_stands_beside_what_it_was_and_why(clock: HeldClock) -> None:
    exam = make_exam()
    attempt = sat(exam, slots=4)
    preparing, approving = make_manager(exam), make_manager(exam)
    carry_out(proposed_key(attempt, 1, preparing), approving)
    clock.advance(HOUR)
    shown = page(client_of(attempt.seat.person.user), attempt, "result", "/en")
    for words in ("50.00 %", "66.66 %", "新条文已施行", "First marking", "Regraded after a correction"):
        assert words in shown


@pytest.mark.parametrize(("end", "queries"), [("result", 9), ("review", 10)])
def test_the_pages_ask_as_often_for_a_long_paper_as_for_a_short_one(
    clock: HeldClock, django_assert_num_queries, end: str, queries: int
) -> None:
    short = sat(exam_in_phases(blueprint={"schema": 1, "lines": [{"kind": "single", "count": 1, "points": "1.00"}]}))
    long = sat(exam_in_phases(), slots=12)
    clock.advance(6 * HOUR)
    for attempt in (short, long):
        attempt.refresh_from_db()
        assert phase_of(attempt, moment()) == "keys"
        client = client_of(attempt.seat.person.user)
        page(client, attempt, "result")
        with django_assert_num_queries(queries):
            page(client, attempt, end)
