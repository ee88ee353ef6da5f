"""Answering strangers: by serial and name, by serial and check code, or by the file itself."""

import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from certificates.documents.checking import Check, Report, check_credential
from certificates.documents.dids import keys_of
from certificates.documents.reading import DamagedFile, HandedIn, read_file
from certificates.documents.terms import Json
from certificates.documents.trust import Trust, registry_entries
from certificates.enums import Result, StatusPurpose, Way
from certificates.models import Certificate, Document, VerificationLog
from certificates.selectors.addresses import REGISTRY, status_path
from certificates.selectors.certificates import status_of
from certificates.selectors.publications import newest_of
from certificates.selectors.verification import certificate_with_text, fits_code, fits_name, look_up
from certificates.validators.check_codes import read_check_code
from certificates.validators.folding import fold
from certificates.validators.serials import read_serial

from .publishing import did_of_issuer, issuer_document


@dataclass(frozen=True, slots=True)
class Answer:
    """What a stranger is told, whichever way they asked."""

    result: Result
    certificate: Certificate | None
    checks: list[Check]
    reference: str
    checked_at: datetime
    # What the asker typed, or holds in a file, and so may see.
    knows_name: bool = False
    knows_code: bool = False
    # What a good signature in the handed-in file vouches for.
    fields: Json | None = None


def answer_json(answer: Answer) -> Json:
    """An answer about a file, in the words of `verify_credential`."""
    checks = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in answer.checks]
    return {"result": str(answer.result), "checks": checks, "credential": answer.fields or {}}


def our_trust(certificate: Certificate) -> Trust:
    """What our own verdict rests on: published keys, lists and registry, exactly as strangers get them."""
    code = certificate.organisation.code
    lists = [status_path(purpose, certificate.status_list.number) for purpose in StatusPurpose]
    texts = newest_of([*lists, REGISTRY])
    document = issuer_document(code)
    return Trust(
        keys={did_of_issuer(code): keys_of(document)},
        status_lists=[json.loads(texts[path]) for path in lists if path in texts],
        registry=registry_entries(json.loads(texts[REGISTRY])) if REGISTRY in texts else {},
    )


def _log(*, certificate: Certificate | None, serial: str, way: Way, result: Result, now: datetime) -> str:
    """Count the question without keeping what was typed; the reference is printed on the answer."""
    asked = read_serial(serial)
    folded = str(asked) if asked else fold(serial)
    digits = f"{secrets.randbelow(10**8):08}"
    reference = f"V-{digits[:4]}-{digits[4:]}"
    VerificationLog.objects.get_or_create(
        reference=reference,
        defaults={
            "certificate": certificate,
            "query_hash": hmac.digest(settings.SECRET_KEY.encode(), folded.encode(), "sha256").hex(),
            "way": way,
            "result": result,
            "at": now,
        },
    )
    return reference


@transaction.atomic
def answer_lookup(*, serial: str, name: str = "", code: str = "", now: datetime) -> Answer:
    """Answer by the record; unknown and mismatching questions get the same words."""
    certificate = look_up(serial=serial, name=name, code=code)
    way = Way.CODE if read_check_code(code) else Way.NAME
    if certificate is None:
        detail = _("No certificate matches these two together.")
        checks = [Check("record", ok=False, detail=detail)]
        reference = _log(certificate=None, serial=serial, way=way, result=Result.UNKNOWN, now=now)
        return Answer(Result.UNKNOWN, None, checks, reference, now)
    report = Report()
    report.passed("record", _("Serial and name or check code match the record."))
    _judge(certificate, report, now)
    reference = _log(certificate=certificate, serial=serial, way=way, result=report.result, now=now)
    return Answer(
        report.result,
        certificate,
        report.checks,
        reference,
        now,
        knows_name=fits_name(certificate, name),
        knows_code=fits_code(certificate, code),
    )


def _judge(certificate: Certificate, report: Report, now: datetime) -> None:
    """The record's own credential, checked like anybody else's, and the record's own state."""
    found = check_credential(json.loads(certificate.credential), trust=our_trust(certificate), at=now)
    report.checks += found.checks
    report.fields = found.fields
    broken = found.result in (Result.INVALID, Result.UNKNOWN)
    report.result = found.result if broken else status_of(certificate, now)


def _same_record(handed_in: HandedIn, content: bytes, certificate: Certificate, report: Report) -> bool:
    """Whether the file is the one that was issued, not only the credential inside it."""
    if handed_in.credential != json.loads(certificate.credential):
        report.failed("record", _("It is not the credential that stands in the record."), Result.INVALID)
        return False
    if (
        handed_in.is_pdf
        and not Document.objects.filter(certificate=certificate, sha256=sha256(content).hexdigest()).exists()
    ):
        words = _(
            "The file is not the one that was issued: its pages may have been changed. The credential inside it is "
            "genuine; compare every line of the page with the fields shown here."
        )
        report.failed("file", words, Result.INVALID)
        return False
    if handed_in.is_pdf:
        report.passed("file", _("The file is byte for byte the one that was issued."))
    report.passed("record", _("It is the credential that stands in the record."))
    return True


@transaction.atomic
def answer_file(*, content: bytes, name: str = "", now: datetime) -> Answer:
    """Answer by a file: signature, issuer, record, course and dates, in this order."""
    report, certificate = Report(), None
    try:
        handed_in = read_file(content)
    except DamagedFile:
        report.failed("file", _("The file is damaged, or holds no credential of ours."), Result.INVALID)
    else:
        certificate = _claimed(handed_in.credential)
        _check_file(handed_in, content, certificate, name, report, now)
    shown = certificate if report.fields else None
    serial = certificate.serial if certificate else ""
    reference = _log(certificate=shown, serial=serial, way=Way.FILE, result=report.result, now=now)
    return Answer(report.result, shown, report.checks, reference, now, knows_name=True, fields=report.fields)


def _claimed(credential: Json) -> Certificate | None:
    """The certificate that the credential says it is; nothing is believed yet."""
    subject = credential.get("credentialSubject")
    serial = subject.get("licenseNumber") if isinstance(subject, dict) else None
    return certificate_with_text(serial) if isinstance(serial, str) else None


def _check_file(
    handed_in: HandedIn, content: bytes, certificate: Certificate | None, name: str, report: Report, now: datetime
) -> None:
    trust = our_trust(certificate) if certificate else Trust()
    found = check_credential(handed_in.credential, trust=trust, at=now, name=name)
    report.checks += found.checks
    report.fields, report.result = found.fields, found.result
    if certificate is None or not found.fields or found.result in (Result.INVALID, Result.UNKNOWN):
        return
    if _same_record(handed_in, content, certificate, report):
        report.result = status_of(certificate, now)
