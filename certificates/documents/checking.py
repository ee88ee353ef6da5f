"""The verdict on a credential: checks in order, one word at the end, and nothing shown past a bad signature."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from certificates.enums import Result, StatusPurpose
from certificates.validators.folding import fold_name

from .credential import CONTEXTS, name_in
from .proofs import BadSignature, verify
from .statements import NotOurTerms
from .terms import CREDENTIAL, Json
from .trust import StatusUnknown, Trust

# An issuer's clock and a verifier's may differ a little.
CLOCK_SKEW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what was found, in words for the person who asked."""

    name: str
    ok: bool
    detail: str


@dataclass(slots=True)
class Report:
    """What all checks came to."""

    result: Result = Result.UNKNOWN
    checks: list[Check] = field(default_factory=list)
    # Only what a good signature vouches for; empty otherwise.
    fields: Json = field(default_factory=dict)

    def passed(self, name: str, detail: str) -> None:
        """Note a check that came out well."""
        self.checks.append(Check(name, ok=True, detail=detail))

    def failed(self, name: str, detail: str, result: Result) -> "Report":
        """Note a check that did not, and the verdict that follows from it."""
        self.checks.append(Check(name, ok=False, detail=detail))
        self.result = result
        return self

    def as_json(self) -> Json:
        """The answer of `verify_credential` and of the API."""
        checks = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in self.checks]
        return {"result": str(self.result), "checks": checks, "credential": self.fields}


def check_credential(document: Json, *, trust: Trust, at: datetime, name: str = "") -> Report:
    """Say whether `document` is a certificate of a trusted issuer, and what became of it by `at`."""
    report = Report()
    issuer = _issuer_of(document)
    if issuer not in trust.keys or (trust.registry is not None and issuer not in trust.registry):
        return report.failed("issuer", _("The issuer is not among those that are trusted here."), Result.UNKNOWN)
    report.passed("issuer", _("The issuer is one of those that are trusted here."))
    if not _is_signed(document, trust.keys[issuer], report):
        return report
    report.fields = _fields(document)
    if name and fold_name(name) != fold_name(name_in(document)):
        return report.failed("name", _("The certificate names somebody else."), Result.INVALID)
    if name:
        report.passed("name", _("The name is the one on the certificate."))
    return _check_course(document, issuer, trust, at, report)


def _issuer_of(document: Json) -> str:
    issuer: Any = document.get("issuer")
    return str(issuer.get("id")) if isinstance(issuer, dict) else str(issuer)


def _is_signed(document: Json, keys: dict[str, str], report: Report) -> bool:
    try:
        if document.get("@context") != CONTEXTS:
            raise NotOurTerms("$.@context")
        verify(document, keys=keys, shape=CREDENTIAL)
    except NotOurTerms as error:
        where = str(error).removeprefix("$.")
        detail = _("It holds something that our certificates never hold: %(where)s.") % {"where": where}
        report.failed("signature", detail, Result.INVALID)
        return False
    except BadSignature:
        detail = _("The signature does not fit: it was changed after signing, or signed with another key.")
        report.failed("signature", detail, Result.INVALID)
        return False
    report.passed("signature", _("The signature is whole; not one word was changed."))
    return True


def _fields(document: Json) -> Json:
    subject = document["credentialSubject"]
    return {
        "serial": subject["licenseNumber"],
        "name": name_in(document),
        "level": subject["achievement"]["name"],
        "issuer": document["issuer"]["name"],
        "title": document["name"],
        "valid_from": document["validFrom"],
        "valid_until": document["validUntil"],
    }


def _bits(document: Json, issuer: str, trust: Trust) -> dict[StatusPurpose, bool]:
    """Read the revocation list, and the other two where they were handed in."""
    entry = document["credentialStatus"]
    url, index = entry["statusListCredential"], int(entry["statusListIndex"])
    found = {}
    for purpose in StatusPurpose:
        of_purpose = url.replace(f"/status/{StatusPurpose.REVOCATION}/", f"/status/{purpose}/")
        if purpose == StatusPurpose.REVOCATION or trust.has_list(of_purpose):
            found[purpose] = trust.bit(issuer=issuer, url=of_purpose, purpose=purpose, index=index)
    return found


def _check_course(document: Json, issuer: str, trust: Trust, at: datetime, report: Report) -> Report:
    try:
        bits = _bits(document, issuer, trust)
    except (StatusUnknown, ValueError):
        detail = _("No trusted list says whether it was revoked, so nothing can be promised.")
        return report.failed("status", detail, Result.UNKNOWN)
    if bits[StatusPurpose.REVOCATION]:
        return report.failed("status", _("Its issuer has revoked it."), Result.REVOKED)
    if bits.get(StatusPurpose.REFRESH):
        return report.failed("status", _("A newer certificate has replaced it."), Result.REPLACED)
    if bits.get(StatusPurpose.SUSPENSION):
        return report.failed("status", _("Its issuer has suspended it."), Result.SUSPENDED)
    report.passed("status", _("It is not on the list of revoked certificates."))
    return _check_dates(document, at, report)


def _check_dates(document: Json, at: datetime, report: Report) -> Report:
    valid_from = datetime.fromisoformat(document["validFrom"])
    valid_until = datetime.fromisoformat(document["validUntil"])
    if at < valid_from - CLOCK_SKEW:
        return report.failed("dates", _("Its first day has not come yet."), Result.NOT_YET_VALID)
    if at > valid_until:
        return report.failed("dates", _("Its last day is over."), Result.EXPIRED)
    report.passed("dates", _("It is within its dates."))
    report.result = Result.VALID
    return report
