"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from certificates.enums import CertificateState, DecisionState
from certificates.models import Certificate, CertificateEvent, Decision, Publication, VerificationLog
from certificates.services.verifying import answer_lookup
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def _refused(change) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_an_approved_decision_is_frozen(bench: Bench, now) -> None:
    decision = Decision.objects.filter(pk=bench.approve(now).pk)
    _refused(lambda: decision.update(refusal_reason="anders"))
    _refused(lambda: decision.update(state=DecisionState.PREPARED, decided_by=None, decided_at=None))
    _refused(decision.delete)


def test_the_evidence_of_a_waiting_decision_is_frozen_too(bench: Bench, now) -> None:
    decision = Decision.objects.filter(pk=bench.prepare(now).pk)
    _refused(lambda: decision.update(evidence={"schema": 1}))
    _refused(lambda: decision.update(prepared_by=bench.certifier))
    _refused(decision.delete)


def test_one_pair_of_eyes_is_not_enough_for_the_database(bench: Bench, now) -> None:
    decision = Decision.objects.filter(pk=bench.prepare(now).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.update(state=DecisionState.APPROVED, decided_by=bench.manager, decided_at=now)


def test_of_a_certificate_only_the_state_ever_changes(bench: Bench, now) -> None:
    certificate = Certificate.objects.filter(pk=bench.issue(now).pk)
    assert certificate.update(state=CertificateState.SUSPENDED) == 1
    _refused(lambda: certificate.update(serial="TTM-XXXX-1-2026-000001-0"))
    _refused(lambda: certificate.update(payload={}))
    _refused(lambda: certificate.update(credential="{}"))
    _refused(lambda: certificate.update(valid_until="2099-01-01"))
    _refused(certificate.delete)


def test_events_publications_and_verifications_are_only_added_to(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    answer_lookup(serial=certificate.serial, code=certificate.check_code, now=now)
    for model, change in (
        (CertificateEvent, {"reason": "anders"}),
        (Publication, {"text": "{}"}),
        (VerificationLog, {"result": "valid"}),
    ):
        rows = model.objects.all()
        assert rows.exists()
        _refused(lambda rows=rows, change=change: rows.update(**change))
        _refused(rows.delete)


def test_a_second_live_certificate_of_a_level_and_cycle_cannot_stand(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    decision = bench.approve(now, person=bench.trainee("林小舟"))
    certificate.pk, certificate.decision, certificate.serial = None, decision, "TTM-XXXX-1-2026-000002-0"
    certificate.uid, certificate.status_index = decision.uid, certificate.status_index + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save(force_insert=True)
