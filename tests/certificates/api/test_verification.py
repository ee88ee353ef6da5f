import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.certificates import Bench

pytestmark = [pytest.mark.face, pytest.mark.django_db]
LOOKUP, VERIFY = "/api/v1/certificates/lookup", "/api/v1/certificates/verify"


@pytest.fixture
def certificate(now):
    return Bench().issue(now)


def _ask(client: Client, **question: str):
    return client.post(LOOKUP, question, content_type="application/json")


def test_a_lookup_answers_with_the_printed_fields(client: Client, certificate, clock) -> None:
    body = _ask(client, serial=certificate.serial, code=certificate.check_code).json()
    assert body["result"] == "valid"
    assert body["certificate"] == {
        "serial": certificate.serial,
        "name": "段*博",
        "level": {"code": "junior", "name": "初级技术经纪人", "name_en": "Junior technology broker"},
        "organisation": certificate.payload["organisation"],
        "scheme": certificate.payload["scheme"],
        "title": "技术经理人培训考核证书",
        "title_en": "Certificate of Training and Assessment",
        "class_hours": "1.11",
        "issued_on": "2026-11-22",
        "valid_until": "2029-11-21",
        "specimen": "样本 SPECIMEN",
    }
    assert [event["kind"] for event in body["history"]] == ["issued"]


def test_the_name_is_whole_for_who_knew_it(client: Client, certificate, clock) -> None:
    assert _ask(client, serial=certificate.serial, name="段文博").json()["certificate"]["name"] == "段文博"


def test_unknown_and_mismatch_are_one_answer(client: Client, certificate, clock) -> None:
    answers = [
        _ask(client, serial=certificate.serial, name="林小舟"),
        _ask(client, serial="TTM-ZZZZ-1-2026-000001-0", name="林小舟"),
    ]
    bodies = [{k: v for k, v in answer.json().items() if k != "reference"} for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert bodies[0] == bodies[1]
    assert (bodies[0]["result"], bodies[0]["certificate"]) == ("unknown", {})


def test_a_question_needs_a_number_and_a_name_or_code(client: Client, clock) -> None:
    for question in ({}, {"serial": "TTM"}, {"name": "段文博"}, {"serial": "x" * 500, "name": "y"}):
        answer = _ask(client, **question)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
        assert answer["Content-Type"] == "application/problem+json"


def test_a_file_is_answered_as_the_command_answers(client: Client, certificate, clock) -> None:
    file = SimpleUploadedFile("credential.json", certificate.credential.encode())
    body = client.post(VERIFY, {"file": file}).json()
    assert body["result"] == "valid"
    assert [check["name"] for check in body["checks"]] == ["issuer", "signature", "status", "dates", "record"]
    assert body["credential"]["serial"] == certificate.serial


def test_a_file_that_is_none_is_a_problem_in_clear_words(client: Client, clock) -> None:
    answer = client.post(VERIFY, {"file": SimpleUploadedFile("x.json", b"hello")})
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")
    large = client.post(VERIFY, {"file": SimpleUploadedFile("x.json", b"{" + b" " * 2_100_000)})
    assert (large.status_code, large.json()["code"]) == (413, "too-large")
    assert client.post(VERIFY, {}).status_code == 400


def test_a_flood_is_told_when_to_come_back(client: Client, certificate, clock) -> None:
    answers = [_ask(client, serial=certificate.serial, code=f"{n:010}") for n in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert answers[-1].json()["code"] == "throttled"
    assert int(answers[-1]["Retry-After"]) > 0


def test_another_number_from_elsewhere_is_still_answered(client: Client, certificate, clock) -> None:
    for n in range(21):
        _ask(client, serial=certificate.serial, code=f"{n:010}")
    question = {"serial": "TTM-ZZZZ-1-2026-000001-0", "name": "x"}
    answer = client.post(LOOKUP, question, content_type="application/json", REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 200
