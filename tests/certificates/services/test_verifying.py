import json

import pytest

from certificates.enums import Result, Way
from certificates.models import VerificationLog
from certificates.services.revoking import revoke
from certificates.services.verifying import answer_file, answer_lookup
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def certificate(bench: Bench, now):
    return bench.issue(now)


def test_serial_and_code_or_name_open_the_record(certificate, now) -> None:
    by_code = answer_lookup(serial=certificate.serial.lower(), code=certificate.check_code.lower(), now=now)
    by_name = answer_lookup(serial=certificate.serial.replace("-", "—"), name="段 文博", now=now)
    assert (by_code.result, by_code.knows_code, by_code.knows_name) == (Result.VALID, True, False)
    assert (by_name.result, by_name.knows_code, by_name.knows_name) == (Result.VALID, False, True)
    assert [check.ok for check in by_code.checks] == [True] * 5


def test_unknown_and_mismatching_questions_get_the_same_answer(certificate, bench: Bench, now) -> None:
    other = bench.issue(now, person=bench.trainee("林小舟"))
    questions = [
        {"serial": "TTM-ZZZZ-1-2026-000001-0", "name": "段文博"},
        {"serial": "anything at all", "name": "段文博"},
        {"serial": certificate.serial, "name": "林小舟"},
        {"serial": certificate.serial, "code": other.check_code},
        {"serial": certificate.serial, "name": "", "code": ""},
    ]
    answers = [answer_lookup(now=now, **question) for question in questions]
    assert {(answer.result, answer.certificate, tuple(answer.checks)) for answer in answers} == {
        (Result.UNKNOWN, None, tuple(answers[0].checks))
    }


def test_the_log_keeps_neither_what_was_typed_nor_who_typed_it(certificate, now) -> None:
    answer_lookup(serial=certificate.serial, name="王小明", now=now)
    answer = answer_lookup(serial=certificate.serial, code=certificate.check_code, now=now)
    lines = VerificationLog.objects.order_by("pk")
    assert [(line.way, line.result, line.certificate) for line in lines] == [
        (Way.NAME, Result.UNKNOWN, None),
        (Way.CODE, Result.VALID, certificate),
    ]
    assert len({line.query_hash for line in lines}) == 1
    assert lines[1].reference == answer.reference
    stored = json.dumps(list(lines.values()), default=str, ensure_ascii=False)
    assert "王小明" not in stored
    assert certificate.serial not in stored


def test_a_genuine_credential_is_valid(certificate, now) -> None:
    answer = answer_file(content=certificate.credential.encode(), now=now)
    assert (answer.result, answer.certificate) == (Result.VALID, certificate)
    assert answer.fields["name"] == "段文博"


def test_nothing_is_shown_past_a_bad_signature(certificate, now) -> None:
    forged = certificate.credential.replace("段文博", "段文搏")
    answer = answer_file(content=forged.encode(), now=now)
    assert (answer.result, answer.certificate, answer.fields) == (Result.INVALID, None, {})
    assert [(check.name, check.ok) for check in answer.checks] == [("issuer", True), ("signature", False)]


def test_a_credential_of_nobody_we_know_is_unknown(certificate, now) -> None:
    foreign = json.loads(certificate.credential)
    foreign["issuer"]["id"] = "did:web:elsewhere.example:issuers:ABCD"
    answer = answer_file(content=json.dumps(foreign).encode(), now=now)
    assert (answer.result, answer.certificate) == (Result.UNKNOWN, None)


def test_a_wrong_name_beside_a_genuine_file_is_not_confirmed(certificate, now) -> None:
    assert answer_file(content=certificate.credential.encode(), name="段 文博", now=now).result == Result.VALID
    assert answer_file(content=certificate.credential.encode(), name="林小舟", now=now).result == Result.INVALID


def test_a_revoked_certificate_answers_every_way(certificate, bench: Bench, now) -> None:
    revoke(certificate=certificate, reason="替考查实", public_reason="成绩无效", revoked_by=bench.certifier, now=now)
    assert answer_lookup(serial=certificate.serial, code=certificate.check_code, now=now).result == Result.REVOKED
    assert answer_file(content=certificate.credential.encode(), now=now).result == Result.REVOKED


def test_its_dates_count_in_beijing(certificate) -> None:
    from datetime import datetime

    question = {"serial": certificate.serial, "code": certificate.check_code}
    results = [
        answer_lookup(now=datetime.fromisoformat(moment), **question).result
        for moment in (
            "2026-11-21T15:59:00+00:00",
            "2026-11-21T16:00:00+00:00",
            "2029-11-21T15:59:00+00:00",
            "2029-11-21T16:00:00+00:00",
        )
    ]
    assert results == [Result.NOT_YET_VALID, Result.VALID, Result.VALID, Result.EXPIRED]


@pytest.mark.parametrize(
    "content",
    [b"{", b"{}", b'{"a":1,"a":2}', b"{" * 50, b'{"a":' * 40 + b"1" + b"}" * 40, b"%PDF-1.7 nothing", b"{\xff\xfe}"],
)
def test_a_broken_file_is_answered_and_changes_nothing(content: bytes, now) -> None:
    answer = answer_file(content=content, now=now)
    assert answer.result in (Result.INVALID, Result.UNKNOWN)
    assert answer.certificate is None
