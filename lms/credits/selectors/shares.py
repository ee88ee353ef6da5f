"""Shares that claims of others name for oneself."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F

from lms.credits.enums import ClaimState, ShareState
from lms.credits.models import ClaimShare

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from lms.accounts.models import User


def shares_named(user: "User | AnonymousUser") -> "QuerySet[ClaimShare]":
    """Shares of others' claims that were handed in, the last first."""
    named = ClaimShare.objects.filter(person__user_id=user.pk or 0).exclude(claim__person=F("person"))
    named = named.exclude(claim__state__in=(ClaimState.DRAFT, ClaimState.WITHDRAWN))
    return named.select_related("claim__person", "claim__organisation").order_by("-claim__submitted_at", "-pk")


def shares_to_answer(user: "User | AnonymousUser") -> "QuerySet[ClaimShare]":
    """Those about which somebody waits for an answer (one query)."""
    return shares_named(user).filter(state=ShareState.ASKED, claim__state=ClaimState.SUBMITTED)


def share_named(user: "User | AnonymousUser", uid: UUID) -> ClaimShare | None:
    """A share that a claim of somebody else names for `user`; None for every other (one query)."""
    return (
        shares_named(user).select_related("claim__person__user", "claim__rules", "person__user").filter(uid=uid).first()
    )
