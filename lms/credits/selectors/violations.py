"""Credits lost by violations: what is proposed, what was confirmed, and until when it can be appealed."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, IntegerField, Max, QuerySet, Value, When

from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import READING_ROLES, ClaimState, CreditKind
from lms.credits.models import Claim
from lms.kernel.beijing import BEIJING

from .rules import table_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def violations_at(user: "User | AnonymousUser") -> QuerySet[Claim]:
    """Violations at the organisations that `user` reads at: those that wait first, the oldest at the top."""
    if not user.is_authenticated:
        return Claim.objects.none()
    waits = Case(When(state=ClaimState.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = Claim.objects.filter(kind=CreditKind.VIOLATION)
    if not user.is_superuser:
        found = found.filter(organisation__in=organisations_of(user, *READING_ROLES))
    found = found.select_related("person", "organisation", "rules").annotate(waits=waits)
    return found.order_by("waits", "submitted_at", "pk")


def own_violation(user: "User | AnonymousUser", uid: UUID) -> Claim | None:
    """A confirmed violation of one's own; a proposal concerns nobody but those who decide."""
    own = Claim.objects.filter(person__user_id=user.pk or 0, kind=CreditKind.VIOLATION, state=ClaimState.CONFIRMED)
    return own.filter(uid=uid).select_related("person__user", "organisation", "rules").first()


def last_day_of_appeal(claim: Claim) -> date | None:
    """Until when a confirmed violation can be appealed (one query); None before it is confirmed."""
    at = claim.events.filter(to_state=ClaimState.CONFIRMED).aggregate(at=Max("at"))["at"]
    if at is None:
        return None
    return at.astimezone(BEIJING).date() + timedelta(days=table_of(claim.rules).claims.days_to_appeal)
