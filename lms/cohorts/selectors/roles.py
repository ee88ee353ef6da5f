"""Who may act for which organisation, and in which role somebody looks at the platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from lms.cohorts.enums import Role
from lms.cohorts.models import Organisation, RoleGrant
from lms.kernel.clock import now

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

# Where the session keeps the hat that is on: the number of a grant, or this word.
SESSION_KEY = "role"
TRAINEE_KEY = "trainee"


@dataclass(frozen=True, slots=True)
class Hat:
    """A role that somebody can look at the platform in; `key` is what the session keeps."""

    role: Role
    organisation: Organisation | None
    key: str


TRAINEE_HAT = Hat(Role.TRAINEE, None, TRAINEE_KEY)


def organisations_of(user: "User | AnonymousUser", *roles: Role) -> QuerySet[Organisation]:
    """Organisations for which `user` now holds one of `roles`, and those under an authority of theirs.

    A QuerySet to be used inside another query (`organisation__in=…`), so it costs no query of its own.
    """
    return Organisation.objects.staffed_by(user, *roles)


def holds_role(user: "User | AnonymousUser", organisation_id: int, *roles: Role) -> bool:
    """Whether `user` now holds one of `roles` for this organisation (one query)."""
    return organisations_of(user, *roles).filter(pk=organisation_id).exists()


def users_in_role(organisation_id: int, role: Role, *, at: datetime) -> "list[User]":
    """Who holds `role` for this very organisation at that moment, with the person behind each (one query)."""
    grants = RoleGrant.objects.in_force(at).filter(organisation_id=organisation_id, role=role, user__is_active=True)
    return [grant.user for grant in grants.select_related("user__person").order_by("pk")]


def users_holding(role: Role, *, at: datetime) -> "list[User]":
    """Everybody who holds `role` for any organisation at that moment, each once (one query)."""
    grants = RoleGrant.objects.in_force(at).filter(role=role, user__is_active=True)
    return list({grant.user_id: grant.user for grant in grants.select_related("user").order_by("pk")}.values())


def hats_of(user: "User | AnonymousUser") -> list[Hat]:
    """Every role that `user` may look at the platform in, the trainee's first (one query)."""
    if not user.is_authenticated:
        return []
    grants = RoleGrant.objects.in_force(now()).filter(user_id=user.pk).select_related("organisation")
    held = [Hat(Role(grant.role), grant.organisation, str(grant.pk)) for grant in grants.order_by("pk")]
    return [TRAINEE_HAT, *held]


def hat_on(hats: list[Hat], session: Mapping[str, Any]) -> Hat:
    """The hat that the session says is on; a role that has ended falls back to the first that is held."""
    chosen = next((hat for hat in hats if hat.key == session.get(SESSION_KEY)), None)
    return chosen or next((hat for hat in hats if hat.role != Role.TRAINEE), TRAINEE_HAT)
