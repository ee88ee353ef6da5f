"""Confirmed claims that were drawn to be looked at again."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import READING_ROLES, ClaimState, CreditKind, SampleState
from lms.credits.models import AuditSample, Claim, ClaimEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def confirmed_between(begin: datetime, end: datetime) -> QuerySet[Claim]:
    """Claims that were confirmed in the time, without violations, by their uid."""
    settled = ClaimEvent.objects.filter(claim=OuterRef("pk"), to_state=ClaimState.CONFIRMED, at__gte=begin, at__lt=end)
    found = Claim.objects.filter(Exists(settled), state=ClaimState.CONFIRMED).exclude(kind=CreditKind.VIOLATION)
    return found.select_related("organisation").order_by("uid")


def was_drawn(organisation_id: int, begin: datetime, end: datetime) -> bool:
    """Whether the claims that an organisation confirmed in the time were drawn from already."""
    claims = confirmed_between(begin, end).filter(organisation=organisation_id).order_by()
    return AuditSample.objects.filter(claim__in=claims.values("pk")).exists()


def samples_at(user: "User | AnonymousUser", state: str = "") -> QuerySet[AuditSample]:
    """What was drawn at the organisations that `user` reads at: what waits first, the last drawn at the top."""
    if not user.is_authenticated:
        return AuditSample.objects.none()
    open_first = Case(When(state=SampleState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = AuditSample.objects.all()
    if not user.is_superuser:
        found = found.filter(claim__organisation__in=organisations_of(user, *READING_ROLES))
    if state in SampleState.values:
        found = found.filter(state=state)
    found = found.select_related("claim__person", "claim__organisation", "claim__rules", "looked_by__person")
    return found.annotate(open_first=open_first).order_by("open_first", "-drawn_at", "draw")


def sample_at(user: "User | AnonymousUser", uid: UUID) -> AuditSample | None:
    """One sample at an organisation that `user` reads at (one query)."""
    return samples_at(user).filter(uid=uid).first()
