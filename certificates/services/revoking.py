"""Revoking a certificate: it stays, it answers, and it says that it no longer counts."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from certificates.enums import LIVE_STATES, CertificateState, EventKind
from certificates.models import Certificate, CertificateEvent
from certificates.policies import can_revoke
from certificates.selectors.addresses import verify_path
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact

from .publishing import publish_status

if TYPE_CHECKING:
    from lms.accounts.models import User

SHORTEST_REASON = 2


class MayNotRevoke(NotAllowed):
    """Only a certifier of the issuing organisation revokes."""

    code = "may-not-revoke"
    message = _("Only a certifier of the organisation that issued it may revoke a certificate.")


class RevokingNeedsReason(Refusal):
    """A revocation is answered for."""

    code = "revoking-needs-reason"
    message = _("Give the reason for revoking.")


class NotLive(Conflict):
    """A replaced certificate no longer counts already."""

    code = "not-live"
    message = _("%(serial)s has been replaced and no longer counts; revoke the newer one.")


def _append(certificate: Certificate, kind: EventKind, now: datetime, **what: object) -> CertificateEvent:
    last = certificate.events.aggregate(Max("seq"))["seq__max"] or 0
    return CertificateEvent.objects.create(certificate=certificate, seq=last + 1, kind=kind, at=now, **what)


@transaction.atomic
def revoke(
    *,
    certificate: Certificate,
    reason: str,
    revoked_by: "User | None",
    now: datetime,
    public_reason: str = "",
) -> Certificate:
    """Revoke for good; revoking twice changes nothing. `revoked_by` None is the operator at the console.

    `reason` stays in the record, `public_reason` is shown to whoever verifies.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise RevokingNeedsReason
    if revoked_by is not None and not can_revoke(revoked_by, certificate):
        raise MayNotRevoke
    locked = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("organisation", "status_list__organisation", "person__user")
        .get(pk=certificate.pk)
    )
    if locked.state == CertificateState.REVOKED:
        return locked
    if locked.state not in LIVE_STATES:
        raise NotLive(serial=locked.serial)
    locked.state = CertificateState.REVOKED
    locked.save(update_fields=["state"])
    _append(
        locked,
        EventKind.REVOKED,
        now,
        actor=revoked_by,
        reason=reason.strip(),
        public_reason=public_reason.strip(),
    )
    publish_status(status_list=locked.status_list, now=now)
    _take_back(locked, reason.strip(), revoked_by, now)
    _tell(locked, public_reason.strip(), now)
    return locked


def _tell(certificate: Certificate, public_reason: str, now: datetime) -> None:
    """The holder learns what whoever verifies learns, and no more."""
    level = certificate.payload["level"]
    announce(
        to=certificate.person.user,
        kind="certificate-revoked",
        subject_ref=f"certificates.certificate:{certificate.pk}",
        context={
            "level": {"zh": level["name"], "en": level["name_en"]},
            "serial": certificate.serial,
            "reason": public_reason,
        },
        url=verify_path(certificate.serial, certificate.check_code),
        organisation=certificate.organisation.code,
        now=now,
    )


def _take_back(certificate: Certificate, reason: str, revoked_by: "User | None", now: datetime) -> None:
    """Higher levels no longer build on it, and the audit book says why."""
    record_fact(
        person_id=certificate.person_id,
        kind=FactKind.CERTIFICATE,
        ref=certificate.level,
        value=Decimal(-1),
        source=f"certificates.revoked:{certificate.serial}",
        occurred_at=now,
        now=now,
    )
    audit.record(
        action="certificates.revoke",
        actor=f"user:{revoked_by.pk}" if revoked_by else "operator",
        subject=f"certificates.certificate:{certificate.pk}",
        organisation=certificate.organisation.code,
        detail={"serial": certificate.serial, "reason": reason},
        now=now,
    )
