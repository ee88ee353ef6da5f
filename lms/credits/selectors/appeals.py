"""Appeals about claims and violations, before those who decide them."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import READING_ROLES, AppealState
from lms.credits.models import ClaimAppeal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def appeals_at(user: "User | AnonymousUser", state: str = "") -> QuerySet[ClaimAppeal]:
    """Appeals at the organisations that `user` reads at: what waits first, by the day it is due."""
    if not user.is_authenticated:
        return ClaimAppeal.objects.none()
    waits = Case(When(state=AppealState.FILED, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = ClaimAppeal.objects.all()
    if not user.is_superuser:
        found = found.filter(claim__organisation__in=organisations_of(user, *READING_ROLES))
    if state in AppealState.values:
        found = found.filter(state=state)
    found = found.select_related("claim__person__user", "claim__organisation", "claim__rules", "decided_by__person")
    return found.annotate(waits=waits).order_by("waits", "due_on", "pk")


def appeal_at(user: "User | AnonymousUser", uid: UUID) -> ClaimAppeal | None:
    """One appeal at an organisation that `user` reads at (one query)."""
    return appeals_at(user).filter(uid=uid).first()
