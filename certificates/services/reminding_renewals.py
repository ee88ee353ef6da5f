"""The calendar of certificates: their holders are reminded before the last day, and a lapse is written down."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from certificates.documents.printed import beijing_day
from certificates.enums import LIVE_STATES, REMINDERS, CertificateState, DecisionState, RenewalState, RenewalStepKind
from certificates.models import Certificate, Decision, RenewalStep
from certificates.selectors.renewals import renewal_file
from lms.kernel.beijing import BEIJING
from lms.mailing.services.announcing import announce
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact

from .renewal_steps import note_step
from .renewing import titles_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

WAKING_HOURS = range(8, 21)  # by the Beijing clock; nobody is woken by a reminder
AT_ONCE = 200


@transaction.atomic
def remind_of_renewals(*, now: datetime) -> int:
    """Tell holders 180, 90 and 30 days ahead, each once; answers how many were told. By night nothing is told.

    Whoever is first reminded late hears only what fits the day, and whoever has a decision under way hears nothing.
    """
    if now.astimezone(BEIJING).hour not in WAKING_HOURS:
        return 0
    told = 0
    for certificate, kind in _due(beijing_day(now)):
        told += _remind(certificate, kind, now)
    return told


def _of_next_cycle() -> "dict[str, object]":
    return {"person": OuterRef("person"), "level": OuterRef("level"), "cycle": OuterRef("cycle") + 1}


def _unrenewed() -> "QuerySet[Certificate]":
    """Certificates that stand, with neither a successor nor a decision about one."""
    successor = Certificate.objects.filter(state__in=LIVE_STATES, **_of_next_cycle())
    return (
        Certificate.objects.filter(~Exists(successor), state=CertificateState.ISSUED)
        .select_related("organisation", "person__user", "decision")
        .order_by("valid_until", "pk")
    )


def _due(today: date) -> Iterator[tuple[Certificate, RenewalStepKind]]:
    under_way = Decision.objects.filter(certificate__isnull=True, **_of_next_cycle()).exclude(
        state=DecisionState.REFUSED
    )
    left = AT_ONCE
    nearest = -1
    for days, kind in REMINDERS:
        told = RenewalStep.objects.filter(certificate=OuterRef("pk"), kind=kind)
        span = (today + timedelta(days=nearest + 1), today + timedelta(days=days))
        found = _unrenewed().filter(~Exists(under_way), ~Exists(told), valid_until__range=span)[:left]
        for certificate in found:
            left -= 1
            yield certificate, kind
        nearest = days


def _remind(certificate: Certificate, kind: RenewalStepKind, now: datetime) -> int:
    if not note_step(certificate=certificate, kind=kind, now=now):
        return 0
    announce(
        to=certificate.person.user,
        kind="renewal-due",
        subject_ref=f"certificates.renewal:{certificate.pk}:{kind}",
        context={
            **titles_of(certificate),
            "until": {"on": certificate.valid_until.isoformat()},
            "days": (certificate.valid_until - beijing_day(now)).days,
        },
        url=reverse("certificates:renewal", args=[certificate.serial]),
        organisation=certificate.organisation.code,
        now=now,
    )
    return 1


@transaction.atomic
def write_down_lapses(*, now: datetime) -> int:
    """Write down every certificate whose last day passed without a renewal, once; answers how many.

    The certificate itself is not touched. What builds on it no longer finds it held, and its holder learns until when
    it can be reinstated.
    """
    lapsed = RenewalStep.objects.filter(certificate=OuterRef("pk"), kind=RenewalStepKind.LAPSED)
    ended = _unrenewed().filter(~Exists(lapsed), valid_until__lt=beijing_day(now))
    return sum(_lapse(certificate, now) for certificate in ended[:AT_ONCE])


def _lapse(certificate: Certificate, now: datetime) -> bool:
    if not note_step(certificate=certificate, kind=RenewalStepKind.LAPSED, now=now):
        return False
    record_fact(
        person_id=certificate.person_id,
        kind=FactKind.CERTIFICATE,
        ref=certificate.level,
        value=Decimal(-1),
        source=f"certificates.lapsed:{certificate.serial}",
        occurred_at=now,
        now=now,
    )
    file = renewal_file(certificate, on=beijing_day(now))
    if file.state == RenewalState.GRACE and file.grace_until:
        announce(
            to=certificate.person.user,
            kind="certificate-lapsed",
            subject_ref=f"certificates.lapse:{certificate.pk}",
            context={**titles_of(certificate), "until": {"on": file.grace_until.isoformat()}},
            url=reverse("certificates:renewal", args=[certificate.serial]),
            organisation=certificate.organisation.code,
            now=now,
        )
    return True
