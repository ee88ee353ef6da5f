"""Finding certificates and reading their state: the one status function of the house."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from certificates.enums import CertificateState, Result
from certificates.models import Certificate, CertificateEvent
from lms.kernel.beijing import BEIJING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from lms.accounts.models import User

_BY_STATE = {
    CertificateState.REVOKED: Result.REVOKED,
    CertificateState.REPLACED: Result.REPLACED,
    CertificateState.SUSPENDED: Result.SUSPENDED,
}


def status_of(certificate: Certificate, at: datetime) -> Result:
    """What a certificate is worth at `at`: its issuer's last word first, then its dates in Beijing."""
    said = _BY_STATE.get(CertificateState(certificate.state))
    if said:
        return said
    today: date = at.astimezone(BEIJING).date()
    if today < certificate.issued_on:
        return Result.NOT_YET_VALID
    return Result.EXPIRED if today > certificate.valid_until else Result.VALID


def certificate_by_id(pk: int) -> Certificate:
    """One certificate, for tasks."""
    return Certificate.objects.select_related("organisation").get(pk=pk)


def certificates_of(user: "User | AnonymousUser") -> "QuerySet[Certificate]":
    """The certificates that `user` holds, newest first."""
    if not user.is_authenticated:
        return Certificate.objects.none()
    return Certificate.objects.filter(person__user=user).select_related("organisation")


def certificate_visible_to(user: "User | AnonymousUser", serial: str) -> Certificate | None:
    """The certificate of this serial, if `user` may have it."""
    return Certificate.objects.visible_to(user).filter(serial=serial).select_related("organisation").first()


def with_history(certificates: "QuerySet[Certificate]") -> "QuerySet[Certificate]":
    """The same certificates with what happened to them; two queries for all."""
    events = CertificateEvent.objects.order_by("seq").select_related("actor__person")
    return certificates.prefetch_related(Prefetch("events", queryset=events))
