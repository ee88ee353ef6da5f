"""Handing a certificate out as files that can be read and verified without us."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from certificates.documents.dids import PLATFORM
from certificates.documents.terms import Json
from certificates.enums import StatusPurpose
from certificates.selectors.addresses import REGISTRY, status_path
from certificates.selectors.publications import newest_of
from lms.kernel.demo import SPECIMEN, is_demo

from .publishing import issuer_document
from .rendering import pdf_of, render_certificate

if TYPE_CHECKING:
    from certificates.models import Certificate

TRANSCRIPT_SCHEMA = 1
EVIDENCE_FILE_SCHEMA = 1


def transcript(certificate: "Certificate") -> Json:
    """What the holder did for the certificate, for people who read JSON (docs/reference/certificate-files.md)."""
    evidence, printed = certificate.decision.evidence, certificate.payload
    return {
        "schema": TRANSCRIPT_SCHEMA,
        "specimen": SPECIMEN if is_demo() else "",
        "serial": certificate.serial,
        "person": {"name": printed["name"], "latin_name": printed["latin_name"]},
        "organisation": printed["organisation"],
        "level": printed["level"],
        "scheme": printed["scheme"],
        "issued_on": printed["issued_on"],
        "valid_until": printed["valid_until"],
        "class_hours": evidence["ledgers"]["hours"]["parts"],
        "class_hours_total": printed["class_hours"],
        "contribution_credits": evidence["ledgers"]["credits"]["parts"],
        "results": printed["results"],
        "records": evidence["facts"],
    }


def evidence_file(certificate: "Certificate") -> Json:
    """The frozen evidence with its hash, who prepared and who approved it, and what happened since."""
    decision = certificate.decision
    events = certificate.events.order_by("seq").values_list("seq", "kind", "public_reason", "at")
    return {
        "schema": EVIDENCE_FILE_SCHEMA,
        "specimen": SPECIMEN if is_demo() else "",
        "serial": certificate.serial,
        "decision": {
            "uid": str(decision.uid),
            "outcome": decision.outcome,
            "cycle": decision.cycle,
            "prepared_by": _name(decision.prepared_by),
            "prepared_at": _utc(decision.prepared_at),
            "approved_by": _name(decision.decided_by),
            "approved_at": _utc(decision.decided_at),
        },
        "evidence": decision.evidence,
        "evidence_sha256": decision.evidence_hash,
        "events": [
            {"seq": seq, "kind": kind, "public_reason": reason, "at": _utc(at)} for seq, kind, reason, at in events
        ],
    }


def _name(user: object) -> str:
    person = getattr(user, "person", None)
    return person.real_name if person else ""


def _utc(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""


def _pretty(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _published(certificate: "Certificate") -> dict[str, bytes]:
    """Status lists and registry as they were put out, by file name."""
    number = certificate.status_list.number
    names = {status_path(purpose, number): f"status-{purpose}-{number}.json" for purpose in StatusPurpose}
    names[REGISTRY] = REGISTRY
    return {names[path]: text.encode() for path, text in newest_of(list(names)).items()}


def export_bundle(*, certificate: "Certificate", folder: Path, now: datetime | None = None) -> list[Path]:
    """Write PDF, credential, transcript, evidence and everything to verify them with into `folder`.

    `verify_credential credential.json --trust <folder>` then needs neither us nor a network.
    """
    at = now or certificate.events.order_by("seq")[0].at
    document = render_certificate(certificate=certificate, now=at)
    files = {
        "certificate.pdf": pdf_of(document),
        "credential.json": certificate.credential.encode(),
        "transcript.json": _pretty(transcript(certificate)),
        "evidence.json": _pretty(evidence_file(certificate)),
        "did.json": _pretty(issuer_document(certificate.organisation.code)),
        "did-platform.json": _pretty(issuer_document(PLATFORM)),
        **_published(certificate),
    }
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in files.items():
        path = folder / name
        path.write_bytes(content)
        paths.append(path)
    return paths
