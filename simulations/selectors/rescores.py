"""Rescores: those that one sees, what each changes, and between which editions one is possible."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lms.cohorts.enums import OrganisationKind
from lms.cohorts.selectors.roles import organisations_of
from simulations.enums import DECIDING_ROLES, VersionState
from simulations.models import Attempt, Rescore, RescoreLine, ScenarioVersion

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

_WHOLE = ("organisation", "version", "corrected")
_TEXTS = ("version__source", "version__truths", "corrected__source", "corrected__truths")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a dry run found: scores that would change, passes that would fall and that would come."""

    changed: int
    falls: int
    rises: int


def rescores_visible(user: "User | AnonymousUser") -> QuerySet[Rescore]:
    """Rescores at the bases that one manages, the newest first, with the lines counted."""
    found = Rescore.objects.visible_to(user).select_related(*_WHOLE).defer(*_TEXTS)
    return found.annotate(changed=Count("lines")).order_by("-prepared_at", "-pk")


def rescore_visible(user: "User | AnonymousUser", uid: UUID) -> Rescore | None:
    """One of them, whole."""
    return Rescore.objects.visible_to(user).select_related(*_WHOLE).filter(uid=uid).first()


def lines_of(rescore: Rescore) -> QuerySet[RescoreLine]:
    """Whose score changes: passes that fall first, then those that come, then by name."""
    lines = rescore.lines.select_related("attempt__person")
    return lines.order_by(F("passed_after").asc(), "-passed_before", "attempt__person__real_name", "pk")


def changes_of(rescore: Rescore) -> Changes:
    """The lines of a rescore, counted (one query)."""
    counts = rescore.lines.aggregate(
        changed=Count("pk"),
        falls=Count("pk", filter=Q(passed_before=True, passed_after=False)),
        rises=Count("pk", filter=Q(passed_before=False, passed_after=True)),
    )
    return Changes(**counts)


def choices_for(user: "User | AnonymousUser") -> dict[str, Any]:
    """Bases that one manages, editions that were played, and editions that could correct one."""
    played = Attempt.objects.filter(scenario_version=OuterRef("pk"))
    editions = ScenarioVersion.objects.exclude(state=VersionState.DRAFT).defer("source", "truths")
    others = ScenarioVersion.objects.exclude(state=VersionState.DRAFT).filter(code=OuterRef("code"))
    several = Exists(others.exclude(pk=OuterRef("pk")))
    return {
        "organisation": organisations_of(user, *DECIDING_ROLES).filter(kind=OrganisationKind.BASE).order_by("code"),
        "version": editions.filter(Exists(played), several).order_by("code", "created_at"),
        "corrected": editions.filter(several).order_by("code", "-created_at"),
    }
