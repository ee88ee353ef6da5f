import json
from datetime import timedelta
from decimal import Decimal

import pytest

from certificates.documents.checking import check_credential
from certificates.enums import CertificateState, EventKind, Result
from certificates.models import Publication
from certificates.selectors.certificates import status_of
from certificates.services.revoking import MayNotRevoke, RevokingNeedsReason, revoke
from certificates.services.verifying import our_trust
from lms.records.selectors.audit import events_about
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_revoked_certificate_stays_and_says_so(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    revoke(
        certificate=certificate, reason="替考查实", public_reason="考试成绩无效", revoked_by=bench.certifier, now=now
    )
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.REVOKED
    assert status_of(certificate, now) == Result.REVOKED
    last = certificate.events.last()
    assert (last.seq, last.kind, last.reason, last.public_reason) == (
        2,
        EventKind.REVOKED,
        "替考查实",
        "考试成绩无效",
    )


def test_the_published_list_says_so_in_the_same_transaction(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    before = Publication.objects.filter(path="status/revocation/1").count()
    revoke(certificate=certificate, reason="替考查实", revoked_by=bench.certifier, now=now)
    assert Publication.objects.filter(path="status/revocation/1").count() == before + 1
    report = check_credential(json.loads(certificate.credential), trust=our_trust(certificate), at=now)
    assert report.result == Result.REVOKED


def test_only_its_own_bit_is_set(bench: Bench, now) -> None:
    gone, kept = bench.issue(now), bench.issue(now, person=bench.trainee("林小舟"))
    revoke(certificate=gone, reason="替考查实", revoked_by=bench.certifier, now=now)
    assert check_credential(json.loads(kept.credential), trust=our_trust(kept), at=now).result == Result.VALID


def test_revoking_twice_changes_nothing(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    for minutes in (0, 5):
        revoke(
            certificate=certificate,
            reason="替考查实",
            revoked_by=bench.certifier,
            now=now + timedelta(minutes=minutes),
        )
    assert certificate.events.count() == 2


def test_a_revocation_needs_a_reason(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    with pytest.raises(RevokingNeedsReason):
        revoke(certificate=certificate, reason="  ", revoked_by=bench.certifier, now=now)
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.ISSUED


def test_only_a_certifier_of_the_issuer_revokes(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    for user in (bench.manager, bench.person.user, Bench(name="另一培训基地").certifier):
        with pytest.raises(MayNotRevoke):
            revoke(certificate=certificate, reason="替考查实", revoked_by=user, now=now)


def test_the_level_is_no_longer_held_and_the_book_says_why(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    revoke(certificate=certificate, reason="替考查实", revoked_by=bench.certifier, now=now)
    values = certificate.person.facts.filter(kind="certificate").order_by("pk").values_list("value", flat=True)
    assert list(values) == [Decimal("1.00"), Decimal("-1.00")]
    events = events_about(f"certificates.certificate:{certificate.pk}")
    assert [event.action for event in events] == ["certificates.issue", "certificates.revoke"]
    assert events[1].detail["reason"] == "替考查实"
