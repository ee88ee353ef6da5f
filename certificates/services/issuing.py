"""Issuing a certificate from an approved decision: serial, signed credential, history, fact, mail, PDF job."""

import secrets
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certificates.documents.credential import Holder, StatusPlace, build_credential, sign_credential
from certificates.documents.printed import beijing_day, build_payload, printed_words
from certificates.documents.proofs import compact
from certificates.documents.terms import Json
from certificates.enums import (
    CertificateState,
    DecisionState,
    EventKind,
    KeyPurpose,
    RenewalStepKind,
    StatusPurpose,
)
from certificates.models import Certificate, CertificateEvent, Decision, SerialCounter, StatusList
from certificates.models.wording import WordingAllowance
from certificates.selectors.addresses import status_url, verify_path, verify_url
from certificates.validators.check_codes import new_check_code
from certificates.validators.serials import HIGHEST_NUMBER, Serial
from certificates.validators.wording import reserved_words_in
from lms.jobs.services.queue import enqueue
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Conflict, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import level_of
from lms.schemes.services.facts import record_fact

from .evidence import evidence_hash
from .keys import signer_for
from .publishing import did_of_issuer, open_issuer
from .renewal_steps import note_step
from .status_places import take_place

if TYPE_CHECKING:
    from lms.accounts.models import User

RENDER = "certificates.render"


class NotApproved(Conflict):
    """Nobody has approved the decision, or it was refused."""

    code = "not-approved"
    message = _("This decision has not been approved, so nothing can be issued from it.")


class EvidenceChanged(Refusal):
    """The stored evidence no longer has the hash that was approved."""

    code = "evidence-changed"
    message = _("The evidence is no longer what was approved. Please report this to the operator.")
    status = 500


class WordingReserved(Refusal):
    """The certificate would carry words reserved to the state."""

    code = "wording-reserved"
    message = _("A training certificate may not carry these words: %(words)s.")


class RenewedIsGone(Conflict):
    """What was to be renewed was revoked or suspended after the decision was prepared."""

    code = "renewed-is-gone"
    message = _("Certificate %(serial)s was revoked or suspended in the meantime and is not renewed.")


class YearIsFull(Conflict):
    """A million certificates of one level in one year."""

    code = "serials-used-up"
    message = _("All serials of this issuer, level and year are used up.")


def next_serial(*, decision: Decision, year: int) -> Serial:
    """The next serial of the issuer, level and year; the counter stays locked until the transaction ends."""
    SerialCounter.objects.get_or_create(organisation=decision.organisation, level=decision.level, year=year)
    counter = SerialCounter.objects.select_for_update().get(
        organisation=decision.organisation, level=decision.level, year=year
    )
    if counter.last >= HIGHEST_NUMBER:
        raise YearIsFull
    counter.last += 1
    counter.save(update_fields=["last"])
    return Serial(decision.organisation.code, LevelCode(decision.level).rank, year, counter.last)


def _check(decision: Decision) -> None:
    if decision.state != DecisionState.APPROVED:
        raise NotApproved
    if evidence_hash(decision.evidence) != decision.evidence_hash:
        raise EvidenceChanged


def _check_wording(decision: Decision, payload: Json) -> None:
    allowed = WordingAllowance.objects.filter(organisation=decision.organisation).values_list("word", flat=True)
    words = reserved_words_in(printed_words(payload), allowed=allowed)
    if words:
        raise WordingReserved(words="、".join(words))


def _name_of(user: "User | None") -> str:
    person = getattr(user, "person", None)
    return person.real_name if person else ""


def _payload(decision: Decision, issued_on: date) -> Json:
    serial = str(next_serial(decision=decision, year=issued_on.year))
    check_code = new_check_code()
    payload = build_payload(
        decision.evidence,
        serial=serial,
        check_code=check_code,
        issued_on=issued_on,
        years=level_of(decision.scheme_version, decision.level).validity_years,
        signed_by=_name_of(decision.decided_by),
        verify_url=verify_url(serial, check_code),
    )
    _check_wording(decision, payload)
    return payload


def _signed(decision: Decision, uid: uuid.UUID, payload: Json, place: tuple[StatusList, int], now: datetime) -> str:
    person, organisation = decision.person, decision.organisation
    status_list, index = place
    holder = Holder(str(person.uid), person.user.email if person.user else "", secrets.token_hex(16))
    document = build_credential(
        payload,
        uid=str(uid),
        issuer=did_of_issuer(organisation.code),
        issuer_url=settings.JIQIAO_BASE_URL,
        holder=holder,
        place=StatusPlace(status_url(StatusPurpose.REVOCATION, status_list.number), index),
        evidence=(str(decision.uid), decision.evidence_hash),
    )
    signer = signer_for(organisation=organisation, purpose=KeyPurpose.VC, now=now)
    return compact(sign_credential(document, signer=signer, now=now))


def _renewed(decision: Decision) -> Certificate | None:
    """The certificate that a decision renews, locked; nothing for an award."""
    renewal = decision.evidence.get("renewal")
    if renewal is None:
        return None
    renewed = Certificate.objects.select_for_update(of=("self",)).select_related("organisation")
    certificate = renewed.get(serial=renewal["serial"])
    if certificate.state != CertificateState.ISSUED:
        raise RenewedIsGone(serial=certificate.serial)
    return certificate


def _close_file(renewed: Certificate, decision: Decision, actor: "User | None", now: datetime) -> None:
    late = decision.evidence["renewal"]["way"] == "reinstatement"
    kind = RenewalStepKind.REINSTATED if late else RenewalStepKind.RENEWED
    note_step(certificate=renewed, kind=kind, actor=actor, decision=decision, now=now)


def _write(decision: Decision, begins_on: date, now: datetime) -> Certificate:
    payload = _payload(decision, begins_on)
    open_issuer(organisation=decision.organisation, now=now)
    place = take_place(organisation=decision.organisation, now=now)
    uid = uuid.uuid4()
    return Certificate.objects.create(
        uid=uid,
        serial=payload["serial"],
        check_code=payload["check_code"],
        decision=decision,
        person=decision.person,
        organisation=decision.organisation,
        level=decision.level,
        cycle=decision.cycle,
        payload=payload,
        credential=_signed(decision, uid, payload, place, now),
        status_list=place[0],
        status_index=place[1],
        issued_on=date.fromisoformat(payload["issued_on"]),
        valid_until=date.fromisoformat(payload["valid_until"]),
    )


def _tell(certificate: Certificate, now: datetime) -> None:
    """What leaves the house, the mail and the PDF, each a job in this transaction; and the holder's notice."""
    reference = f"certificates.certificate:{certificate.pk}"
    enqueue(task=RENDER, key=reference, payload={"certificate_id": certificate.pk}, now=now)
    level = certificate.payload["level"]
    announce(
        to=certificate.person.user,
        kind="certificate-issued",
        subject_ref=reference,
        context={"level": {"zh": level["name"], "en": level["name_en"]}, "serial": certificate.serial},
        url=verify_path(certificate.serial, certificate.check_code),
        organisation=certificate.organisation.code,
        now=now,
    )


@transaction.atomic
def issue(*, decision: Decision, now: datetime, issued_by: "User | None" = None) -> Certificate:
    """Issue the certificate of an approved decision; asked again, answer the one that there is.

    A renewal issued in time is valid from the day after its certificate ends, a reinstatement from today.
    """
    decision = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("organisation", "person__user", "scheme_version", "decided_by__person")
        .get(pk=decision.pk)
    )
    issued = Certificate.objects.filter(decision=decision).first()
    if issued:
        return issued
    _check(decision)
    renewed, today = _renewed(decision), beijing_day(now)
    begins_on = max(today, renewed.valid_until + timedelta(days=1)) if renewed else today
    certificate = _write(decision, begins_on, now)
    actor = issued_by or decision.decided_by
    if renewed:
        _close_file(renewed, decision, actor, now)
    CertificateEvent.objects.create(certificate=certificate, seq=1, kind=EventKind.ISSUED, actor=actor, at=now)
    record_fact(
        person_id=certificate.person_id,
        kind=FactKind.CERTIFICATE,
        ref=certificate.level,
        value=Decimal(1),
        source=f"certificates.issued:{certificate.serial}",
        occurred_at=now,
        now=now,
    )
    audit.record(
        action="certificates.issue",
        actor=f"user:{actor.pk}" if actor else "operator",
        subject=f"certificates.certificate:{certificate.pk}",
        organisation=certificate.organisation.code,
        detail={"serial": certificate.serial, "evidence": decision.evidence_hash},
        now=now,
    )
    _tell(certificate, now)
    return certificate
