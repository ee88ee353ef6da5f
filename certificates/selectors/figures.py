"""Certificates, decisions and look-ups as figures, without a name."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.functions import Concat

from certificates.enums import CertificateState, DecisionState, Result
from certificates.models import Certificate, Decision, VerificationLog
from lms.kernel.tallies import day, month, own, tally, week

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

BY_MONTH, BY_LEVEL, BY_ORGANISATION = "certificates-by-month", "certificates-by-level", "certificates-by-organisation"
DECISIONS, OVERDUE, LOOK_UPS, LOOK_UPS_BY_WEEK = "decisions", "decisions-overdue", "look-ups", "look-ups-by-week"
BETWEEN = "/"


def issued_by_month(organisations: "QuerySet[Organisation]", since: date) -> "QuerySet[Any, Any]":
    """Certificates issued in every month from `since` on, by level, whatever became of them later."""
    found = Certificate.objects.filter(organisation__in=organisations, issued_on__gte=since)
    return tally(found, BY_MONTH, key=month("issued_on"), part=F("level"), figure=Count("pk"))


def issued_by_organisation(organisations: "QuerySet[Organisation]") -> "QuerySet[Any, Any]":
    """Certificates in force or expired, neither revoked nor replaced, of each organisation by level."""
    found = Certificate.objects.live().filter(organisation__in=organisations)
    return tally(found, BY_ORGANISATION, key=own("organisation"), part=F("level"), figure=Count("pk"))


def by_level_and_worth(today: date) -> "QuerySet[Any, Any]":
    """All certificates of all issuers by `level/worth`: as public as the registry and the status lists.

    One that stands as issued and whose last day has passed counts as `expired`, as its own page says.
    """
    over = When(state=CertificateState.ISSUED, valid_until__lt=today, then=Value(Result.EXPIRED))
    stands = When(state=CertificateState.ISSUED, then=Value(Result.VALID))
    worth = Case(over, stands, default=F("state"), output_field=CharField())
    return tally(Certificate.objects.all(), BY_LEVEL, part=Concat("level", Value(BETWEEN), worth), figure=Count("pk"))


def decisions_by_state(organisations: "QuerySet[Organisation]") -> "QuerySet[Any, Any]":
    """Decisions of these organisations that are not settled: prepared, or approved without a certificate."""
    found = Decision.objects.filter(organisation__in=organisations, certificate__isnull=True)
    return tally(found.exclude(state=DecisionState.REFUSED), DECISIONS, part=F("state"), figure=Count("pk"))


def decisions_overdue(organisations: "QuerySet[Organisation]", before: datetime) -> "QuerySet[Any, Any]":
    """Decisions that have waited to be approved or refused since before this moment, by the day they were prepared."""
    found = Decision.objects.waiting().filter(organisation__in=organisations, prepared_at__lt=before)
    return tally(found, OVERDUE, key=day("prepared_at"), figure=Count("pk"))


def look_ups(since: datetime) -> "QuerySet[Any, Any]":
    """Questions about certificates that anybody asked since this moment, by answer; nobody is named in the log."""
    return tally(VerificationLog.objects.filter(at__gte=since), LOOK_UPS, part=F("result"), figure=Count("pk"))


def look_ups_by_week(since: datetime) -> "QuerySet[Any, Any]":
    """The same by week and by whether the answer was that the certificate is valid."""
    asked = VerificationLog.objects.filter(at__gte=since)
    return tally(asked, LOOK_UPS_BY_WEEK, key=week("at"), part=F("result"), figure=Count("pk"))
