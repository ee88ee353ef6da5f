"""The desks of those who work for an organisation: what is theirs, and how much of it there is."""

from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from lms.cohorts.enums import LIVE_STATES, Role
from lms.cohorts.selectors.cohorts import cohorts_staffed_by
from lms.cohorts.selectors.roles import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models import Cohort, Organisation

PER_PAGE = 12


def cohorts_shown(user: "User | AnonymousUser", number: str | int = 1) -> "Page[Cohort]":
    """One page of the cohorts of the organisations that `user` works for, newest first (two queries)."""
    return Paginator(cohorts_staffed_by(user), PER_PAGE).get_page(number)


def organisations_shown(user: "User | AnonymousUser", number: str | int = 1) -> "Page[Organisation]":
    """One page of the organisations that the user's authorities oversee, with `cohort_count` and `people`."""
    members = Count("cohorts__memberships", filter=Q(cohorts__memberships__state__in=LIVE_STATES), distinct=True)
    found: QuerySet[Organisation] = (
        organisations_of(user, Role.AUTHORITY_OFFICER)
        .annotate(cohort_count=Count("cohorts", distinct=True), people=members)
        .order_by("kind", "code")
    )
    return Paginator(found, PER_PAGE).get_page(number)
