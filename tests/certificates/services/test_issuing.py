import json
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core import mail

from certificates.documents.checking import check_credential
from certificates.enums import CertificateState, EventKind, Result
from certificates.models import Certificate, Decision, WordingAllowance
from certificates.services.issuing import EvidenceChanged, NotApproved, WordingReserved, issue
from certificates.services.verifying import our_trust
from certificates.validators.serials import read_serial
from lms.jobs.models import Job
from lms.jobs.services.work import drain
from lms.mailing.models import Message
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench(code="FCBA")


def test_an_approved_decision_becomes_a_certificate(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    assert certificate.serial.startswith("TTM-FCBA-1-2026-000001-")
    assert read_serial(certificate.serial) is not None
    assert (certificate.issued_on, certificate.valid_until) == (date(2026, 11, 22), date(2029, 11, 21))
    assert certificate.state == CertificateState.ISSUED
    assert [event.kind for event in certificate.events.all()] == [EventKind.ISSUED]
    assert certificate.events.get().actor == bench.certifier


def test_every_printed_field_is_frozen(bench: Bench, now) -> None:
    payload = bench.issue(now).payload
    assert payload["name"] == "段文博"
    assert payload["statement"] == ("于 2026 年 9 月修满 1.11 学时，通过考试和一场交易实训，成绩合格，核定能力等级为")
    assert payload["statement_en"] == (
        "has completed 1.11 class hours in September 2026 and passed the examination and one scored deal simulation "
        "required for the level stated above."
    )
    assert payload["signed_by"] == "郭建平"
    assert payload["specimen"] == "样本 SPECIMEN"
    assert payload["verify_url"] == (f"{settings.JIQIAO_BASE_URL}/verify/{payload['serial']}?c={payload['check_code']}")


def test_the_legal_day_is_the_one_in_beijing(bench: Bench) -> None:
    late_in_london = datetime.fromisoformat("2026-12-31T17:00:00+00:00")
    certificate = bench.issue(late_in_london)
    assert certificate.payload["issued_on"] == "2027-01-01"
    assert certificate.serial.startswith("TTM-FCBA-1-2027-000001-")


def test_the_credential_verifies_with_what_is_published(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    report = check_credential(json.loads(certificate.credential), trust=our_trust(certificate), at=now)
    assert (report.result, [check.ok for check in report.checks]) == (Result.VALID, [True] * 4)
    assert report.fields["serial"] == certificate.serial


def test_the_credential_holds_the_name_in_clear_the_mail_hashed_and_no_identity_number(bench: Bench, now) -> None:
    bench.person.identity_tail = "0017"
    bench.person.save()
    certificate = bench.issue(now)
    identifiers = json.loads(certificate.credential)["credentialSubject"]["identifier"]
    assert [(entry["identityType"], entry["hashed"]) for entry in identifiers] == [
        ("name", False),
        ("emailAddress", True),
    ]
    assert identifiers[0]["identityHash"] == "段文博"
    assert bench.person.user.email not in certificate.credential
    assert "0017" not in json.dumps(identifiers)


def test_a_double_click_gives_one_certificate(bench: Bench, now) -> None:
    decision = bench.approve(now)
    assert issue(decision=decision, now=now) == issue(decision=decision, now=now + timedelta(seconds=1))
    mails = Message.objects.filter(kind="certificate-issued")
    assert (Certificate.objects.count(), mails.count()) == (1, 1)


def test_serials_count_up_without_a_gap(bench: Bench, now) -> None:
    issued = [bench.issue(now, person=bench.trainee(f"学员{n}")) for n in "甲乙丙"]
    assert [read_serial(one.serial).number for one in issued] == [1, 2, 3]
    assert len({one.status_index for one in issued}) == 3


def test_nothing_is_issued_from_a_decision_that_waits(bench: Bench, now) -> None:
    with pytest.raises(NotApproved):
        issue(decision=bench.prepare(now), now=now)


def test_evidence_that_changed_behind_our_back_is_not_issued(bench: Bench, now, monkeypatch) -> None:
    decision = bench.approve(now)
    monkeypatch.setattr("certificates.services.issuing.evidence_hash", lambda evidence: "0" * 64)
    with pytest.raises(EvidenceChanged):
        issue(decision=decision, now=now)


def test_reserved_words_stop_the_certificate_unless_a_basis_is_named(now) -> None:
    bench = Bench(name="国家技术转移培训基地")
    decision = bench.approve(now)
    with pytest.raises(WordingReserved, match="国家"):
        issue(decision=decision, now=now)
    assert Certificate.objects.count() == 0
    WordingAllowance.objects.create(organisation=bench.organisation, word="国家", basis="批复文号（虚构）", since=now)
    assert issue(decision=decision, now=now).organisation == bench.organisation


def test_the_level_counts_as_held_from_now_on(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    facts = certificate.person.facts.filter(kind="certificate").values_list("ref", "value")
    assert list(facts) == [("junior", Decimal("1.00"))]


def test_the_holder_gets_one_mail_in_their_language(bench: Bench, now, clock) -> None:
    bench.person.user.language = "en"
    bench.person.user.save()
    certificate = bench.issue(now)
    drain(now=now)
    [to_holder] = [sent for sent in mail.outbox if sent.to == [bench.person.user.email]]
    assert certificate.serial in to_holder.body
    assert f"/en/verify/{certificate.serial}?c={certificate.check_code}" in to_holder.body


def test_the_pdf_is_made_by_a_job_in_the_same_transaction(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    job = Job.objects.get(task="certificates.render")
    assert job.payload == {"certificate_id": certificate.pk}


def test_a_certificate_lasts_to_the_day_before(bench: Bench) -> None:
    leap = datetime.fromisoformat("2028-02-29T04:00:00+00:00")
    certificate = bench.issue(leap)
    assert (certificate.issued_on, certificate.valid_until) == (date(2028, 2, 29), date(2031, 2, 28))


def test_the_decision_is_not_touched_by_issuing(bench: Bench, now) -> None:
    decision = bench.approve(now)
    issue(decision=decision, now=now)
    assert Decision.objects.get(pk=decision.pk).evidence == decision.evidence
