"""Renewing a certificate: asked for by its holder, prepared by a manager, decided by a certifier as any decision."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from certificates.documents.printed import beijing_day
from certificates.documents.terms import Json
from certificates.enums import RenewalState, RenewalStepKind
from certificates.models import Certificate, Decision
from certificates.selectors.renewals import RenewalFile, cycle_since, renewal_file
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.kernel.refusals import Conflict, NotAllowed
from lms.mailing.services.announcing import announce
from lms.schemes.selectors.reasons import day_in_words

from .preparing import check_preparer, put_down
from .renewal_steps import note_step

if TYPE_CHECKING:
    from lms.accounts.models import User

# A refusal is put into words by whoever reads it.
_day = lazy(day_in_words, str)


class MayNotAsk(NotAllowed):
    """Renewal is the holder's to ask for."""

    code = "may-not-ask-for-renewal"
    message = _("Only its holder asks for the renewal of a certificate.")


class NotOpenYet(Conflict):
    """Renewal opens some months before the last day."""

    code = "renewal-not-open"
    message = _("The renewal of %(serial)s can be asked for from %(day)s.")


class RenewedAlready(Conflict):
    """The next cycle has its certificate."""

    code = "renewed-already"
    message = _("%(serial)s has been renewed already; its successor is %(next)s.")


class GraceOver(Conflict):
    """Too late to reinstate."""

    code = "renewal-grace-over"
    message = _("%(serial)s lapsed, and could be reinstated until %(day)s. The level is now earned anew.")


class NotToBeRenewed(Conflict):
    """Revoked, suspended or replaced, or the rules say nothing of renewal."""

    code = "not-to-be-renewed"
    message = _("%(serial)s cannot be renewed: it was revoked, suspended or replaced, or no rules for it are in force.")


class NotAskedFor(Conflict):
    """Nobody is renewed unasked."""

    code = "renewal-not-asked"
    message = _("The holder of %(serial)s has not asked for its renewal yet.")


def _open(file: RenewalFile) -> None:
    serial = file.certificate.serial
    match file.state:
        case RenewalState.EARLY:
            raise NotOpenYet(serial=serial, day=_day(file.opens_on or file.on))
        case RenewalState.ENDED:
            raise GraceOver(serial=serial, day=_day(file.grace_until or file.ends_on))
        case RenewalState.RENEWED:
            raise RenewedAlready(serial=serial, next=file.next.serial if file.next else "")
        case RenewalState.CLOSED:
            raise NotToBeRenewed(serial=serial)


def _locked(certificate: Certificate) -> Certificate:
    return (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("organisation", "person__user", "decision")
        .get(pk=certificate.pk)
    )


@transaction.atomic
def ask_for_renewal(*, certificate: Certificate, user: "User", now: datetime) -> RenewalFile:
    """Its holder asks for renewal, or after a lapse for reinstatement; asked again, nothing changes."""
    locked = _locked(certificate)
    if locked.person.user_id != user.pk:
        raise MayNotAsk
    file = renewal_file(locked, on=beijing_day(now))
    _open(file)
    if note_step(certificate=locked, kind=RenewalStepKind.ASKED, actor=user, now=now):
        _tell_managers(locked, now)
    return renewal_file(locked, on=beijing_day(now))


def _tell_managers(certificate: Certificate, now: datetime) -> None:
    organisation = certificate.organisation
    for user in users_in_role(organisation.pk, Role.BASE_MANAGER, at=now):
        if user.pk == certificate.person.user_id:
            continue
        announce(
            to=user,
            kind="renewal-asked",
            subject_ref=f"certificates.renewal:{certificate.pk}",
            context={
                **titles_of(certificate),
                "person": certificate.person.real_name,
                "organisation": {"zh": organisation.name, "en": organisation.name_en},
            },
            url=f"{reverse('certificates:renewals')}?serial={certificate.serial}",
            organisation=organisation.code,
            now=now,
        )


def titles_of(certificate: Certificate) -> Json:
    """Level and serial, as notices ask for them."""
    level = certificate.payload["level"]
    return {"level": {"zh": level["name"], "en": level["name_en"]}, "serial": certificate.serial}


@transaction.atomic
def prepare_renewal(*, certificate: Certificate, prepared_by: "User", now: datetime) -> Decision:
    """Freeze what a renewal rests on; from here on it is a decision like any other, with its four eyes."""
    locked = _locked(certificate)
    check_preparer(user=prepared_by, organisation=locked.organisation, person=locked.person)
    file = renewal_file(locked, on=beijing_day(now))
    _open(file)
    if file.decision:
        return file.decision
    if not file.asked:
        raise NotAskedFor(serial=locked.serial)
    if file.standing is None:
        raise NotToBeRenewed(serial=locked.serial)
    decision = put_down(
        person=locked.person,
        organisation=locked.organisation,
        standing=file.standing,
        cycle=locked.cycle + 1,
        prepared_by=prepared_by,
        renewal=_renewal(file),
        now=now,
    )
    note_step(certificate=locked, kind=RenewalStepKind.PREPARED, actor=prepared_by, decision=decision, now=now)
    return decision


def _renewal(file: RenewalFile) -> Json:
    return {
        "serial": file.certificate.serial,
        "way": "reinstatement" if file.state == RenewalState.GRACE else "renewal",
        "since": cycle_since(file.certificate).isoformat(),
        "until": file.on.isoformat(),
    }
