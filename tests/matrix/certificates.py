from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from certificates.models import Document
from lms.records.services.private_files import store
from tests.factories.certificates import Bench, earn

from .rows import Row, cells
from .world import Base

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
EVERYBODY = cells("200 200 200 200 200 200 200 200 200")


def build(base: Base) -> None:
    """The base's trainee has earned a certificate, and its PDF is made."""
    bench = Bench(cohort=base.cohort)
    base.things["certificates.waiting"] = bench.prepare(NOW)
    earn(base.trainee)
    certificate = bench.issue(NOW, person=base.trainee)
    file = store(
        name="certificate.pdf", content=certificate.serial.encode(), kind="certificate-pdf", owner="matrix", now=NOW
    )
    Document.objects.create(certificate=certificate, file=file, sha256=file.sha256, made_at=NOW)
    base.things["certificates.certificate"] = certificate


def _certificate(base: Base):
    return base.things["certificates.certificate"]


def _credential(base: Base) -> SimpleUploadedFile:
    return SimpleUploadedFile("credential.json", _certificate(base).credential.encode(), "application/json")


ROWS = [
    Row("certificates:verify", lambda base: "/verify/", EVERYBODY),
    Row(
        "certificates:verification",
        lambda base: f"/verify/{_certificate(base).serial}?c={_certificate(base).check_code}",
        EVERYBODY,
        foreign=EVERYBODY,
    ),
    Row(
        "certificates:mine",
        lambda base: "/me/certificates/",
        cells("login 200 200 200 200 200 200 200 200"),
    ),
    Row(
        "certificates:pdf",
        lambda base: f"/me/certificates/{_certificate(base).serial}/pdf",
        cells("login 200 404 404 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "certificates:renewal",
        lambda base: f"/me/renewal/{_certificate(base).serial}/",
        cells("login 200 404 404 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "certificates:renewals",
        lambda base: "/desk/renewals/",
        cells("login 403 403 403 200 200 403 200 200"),
    ),
    Row(
        "certificates:decisions",
        lambda base: "/base/decisions/",
        cells("login 403 403 403 200 200 403 200 200"),
    ),
    Row(
        "certificates:decision",
        lambda base: f"/base/decisions/{base.things['certificates.waiting'].uid}/",
        cells("login 404 404 404 200 200 404 200 200"),
        foreign=cells("login 404 404 404 404 404 404 404 200"),
    ),
    Row(
        "api:certificates-lookup",
        lambda base: "/api/v1/certificates/lookup",
        EVERYBODY,
        foreign=EVERYBODY,
        method="post",
        data=lambda base: {"serial": _certificate(base).serial, "code": _certificate(base).check_code},
        as_json=True,
    ),
    Row(
        "api:certificates-verify",
        lambda base: "/api/v1/certificates/verify",
        EVERYBODY,
        foreign=EVERYBODY,
        method="post",
        data=lambda base: {"file": _credential(base)},
    ),
    Row("issuer-did", lambda base: f"/issuers/{base.organisation.code}/did.json", EVERYBODY, foreign=EVERYBODY),
    Row(
        "status-list",
        lambda base: f"/status/revocation/{_certificate(base).status_list.number}",
        EVERYBODY,
        foreign=EVERYBODY,
    ),
    Row("registry", lambda base: "/registry.json", EVERYBODY),
    Row("ledger-heads", lambda base: "/ledger/heads.json", EVERYBODY),
]
