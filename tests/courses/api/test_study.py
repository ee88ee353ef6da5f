from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache

from courses.models import StudyInterval, StudyLease
from lms.cohorts.enums import Role
from tests.courses.study import study_item
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.face, pytest.mark.django_db]

LEASES, INTERVALS, PRESENCE = (f"/api/v1/study/{name}" for name in ("leases", "intervals", "presence"))


@pytest.fixture
def enrolment(client):
    enrolment = enrolment_of()
    client.force_login(enrolment.person.user)
    return enrolment


def post(client, url, body, language="zh-hans"):
    return client.post(url, body, content_type="application/json", headers={"accept-language": language})


def lease(client, enrolment, item_uid="item-1", **more):
    return post(client, LEASES, {"enrolment": str(enrolment.uid), "item_uid": item_uid, **more})


def claim(client, token, seq, start, end, language="zh-hans"):
    return post(client, INTERVALS, {"lease": token, "client_seq": seq, "start_s": start, "end_s": end}, language)


def test_a_lease_is_granted_with_what_stands(client, enrolment, clock) -> None:
    response = lease(client, enrolment)
    token = response.json().pop("lease")
    assert response.status_code == 201
    assert {**response.json(), "lease": token} == {
        "lease": token,
        "issued_at": "2026-11-22T00:30:00-03:30",
        "expires_at": "2026-11-22T00:31:00-03:30",
        "seconds": 60.0,
        "covered_s": 0,
        "pending_s": 0,
        "declared_s": 120,
        "following": [0, 120],
        "challenge": None,
    }


def test_an_interval_is_answered_with_numbers_and_a_reason(client, enrolment, clock) -> None:
    token = lease(client, enrolment).json()["lease"]
    clock.advance(timedelta(seconds=15))
    answer = claim(client, token, 0, 0, 20).json()
    assert {key: answer[key] for key in ("accepted_s", "early_s", "reason", "following", "complete")} == {
        "accepted_s": 15,
        "early_s": 5,
        "reason": "ahead-of-clock",
        "following": [15, 120],
        "complete": False,
    }
    assert answer["detail"] == "上报的时间比实际过去的长，多出的部分等时间到了再记。"


def test_the_same_claim_again_answers_the_same_body(client, enrolment, clock) -> None:
    token = lease(client, enrolment).json()["lease"]
    clock.advance(timedelta(seconds=15))
    first = claim(client, token, 3, 0, 15)
    clock.advance(timedelta(seconds=15))
    assert claim(client, token, 3, 0, 15).json() == first.json()
    assert StudyInterval.objects.count() == 1


def test_a_lesson_can_be_completed_by_leases_and_intervals_alone(client, enrolment, clock) -> None:
    for minute in range(2):
        token = lease(client, enrolment).json()["lease"]
        clock.advance(timedelta(seconds=60))
        answer = claim(client, token, 0, minute * 60, minute * 60 + 60).json()
    assert (answer["complete"], answer["covered_s"]) == (True, 120)
    refused = lease(client, enrolment)
    assert (refused.status_code, refused.json()["code"]) == (409, "item-complete")


def test_the_second_tab_takes_over_and_the_first_is_told(client, enrolment, clock) -> None:
    first = lease(client, enrolment).json()["lease"]
    clock.advance(timedelta(seconds=5))
    lease(client, enrolment)
    clock.advance(timedelta(seconds=10))
    answer = claim(client, first, 0, 0, 15).json()
    assert (answer["accepted_s"], answer["reason"]) == (5, "taken-over")


def test_a_renewed_lease_is_followed_quietly(client, enrolment, clock) -> None:
    first = lease(client, enrolment).json()["lease"]
    clock.advance(timedelta(seconds=55))
    lease(client, enrolment, renews=first)
    assert claim(client, first, 0, 0, 55).json()["reason"] == ""


def test_staff_may_look_but_not_study_for_a_trainee(client, enrolment) -> None:
    client.force_login(RoleGrantFactory(organisation=enrolment.organisation, role=Role.BASE_MANAGER).user)
    refused = lease(client, enrolment)
    assert (refused.status_code, refused.json()["code"]) == (403, "study-for-somebody-else")
    assert refused["Content-Type"].startswith("application/problem+json")
    assert StudyLease.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "invalid"),
        ({"enrolment": "12", "item_uid": "item-1"}, 400, "invalid"),
        ({"enrolment": str(uuid4()), "item_uid": "item-1"}, 404, "not-found"),
    ],
)
def test_a_lease_asked_for_wrongly_is_a_problem_with_a_code(client, enrolment, body, status, code) -> None:
    response = post(client, LEASES, body)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_an_item_that_is_not_there_is_a_problem_with_a_code(client, enrolment) -> None:
    response = lease(client, enrolment, "item-9")
    assert (response.status_code, response.json()["code"]) == (404, "item-unknown")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"lease": "forged"}, 404, "lease-unknown"),
        ({"start_s": 9, "end_s": 3}, 400, "interval-backwards"),
        ({"start_s": -1}, 400, "invalid"),
        ({"end_s": 10**9}, 400, "invalid"),
        ({"client_seq": "x"}, 400, "invalid"),
    ],
)
def test_a_claim_made_wrongly_is_a_problem_and_leaves_nothing(client, enrolment, change, status, code) -> None:
    token = lease(client, enrolment).json()["lease"]
    response = post(client, INTERVALS, {"lease": token, "client_seq": 0, "start_s": 0, "end_s": 5, **change})
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert StudyInterval.objects.count() == 0


def test_somebody_elses_lease_is_unknown(client, enrolment, clock) -> None:
    token = lease(client, enrolment).json()["lease"]
    client.force_login(enrolment_of().person.user)
    clock.advance(timedelta(seconds=15))
    assert claim(client, token, 0, 0, 15).json()["code"] == "lease-unknown"


def test_a_visitor_studies_nothing(client) -> None:
    assert lease(client, enrolment_of()).status_code == 403


def test_presence_is_asked_answered_and_answers_the_same_again(client, enrolment, clock, monkeypatch) -> None:
    monkeypatch.setattr("courses.services.challenges.draw", lambda *_of: timedelta(seconds=40))
    asked = lease(client, enrolment).json()
    assert asked["challenge"] == {"no": 1, "due_in_s": 40, "answer_by": "2026-11-22T00:32:40-03:30", "left_s": 160}
    clock.advance(timedelta(seconds=60))
    assert claim(client, asked["lease"], 0, 0, 60).json()["pending_s"] == 20
    given = {"lease": asked["lease"], "challenge_no": 1}
    first = post(client, PRESENCE, given)
    assert (first.status_code, first.json()["in_time"], first.json()["covered_s"]) == (200, True, 60)
    assert post(client, PRESENCE, given).json() == first.json()


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"lease": "forged"}, 404, "lease-unknown"),
        ({"challenge_no": 1}, 409, "challenge-not-due"),
        ({"challenge_no": 9}, 409, "challenge-not-due"),
        ({"challenge_no": 0}, 400, "invalid"),
    ],
)
def test_a_presence_answer_given_wrongly_is_a_problem_with_a_code(client, enrolment, change, status, code) -> None:
    token = lease(client, enrolment).json()["lease"]
    response = post(client, PRESENCE, {"lease": token, "challenge_no": 1, **change})
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_lease_takes_four_queries_and_an_interval_few(client, enrolment, clock, django_assert_num_queries) -> None:
    token = lease(client, enrolment).json()["lease"]
    clock.advance(timedelta(seconds=10))
    claim(client, token, 0, 0, 10)
    clock.advance(timedelta(seconds=10))
    cache.clear()
    with django_assert_num_queries(16):
        claim(client, token, 1, 10, 20)
    cache.clear()
    with django_assert_num_queries(4):  # session, user, one read, one write
        lease(client, enrolment, renews=token)


def test_hours_of_a_complete_lesson_are_on_the_statement(client, enrolment, now) -> None:
    study_item(enrolment, "item-1", 120, now)
    assert enrolment.person.facts.count() == 1
