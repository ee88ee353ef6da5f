"""Giving and ending roles."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import Role
from lms.cohorts.models import Organisation, RoleGrant
from lms.cohorts.policies import can_grant
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.records.services import audit

if TYPE_CHECKING:
    from lms.accounts.models import User


class TraineeNeedsNoGrant(Refusal):
    """Studying is a place in a cohort, not an office."""

    code = "trainee-needs-no-grant"
    message = _("A trainee needs no role, only a place in a cohort.")


class MayNotGrant(NotAllowed):
    """A base manager appoints trainers and markers, nobody else."""

    code = "may-not-grant"
    message = _("You may not give this role for this organisation.")


class AlreadyEnded(Conflict):
    """A role ends once, after it has begun."""

    code = "grant-ended"
    message = _("This role has already ended, or has not begun yet.")


def _actor(user: "User | None") -> str:
    return f"user:{user.pk}" if user else "system"


def _record(action: str, grant: RoleGrant, by: "User | None", now: datetime) -> None:
    audit.record(
        action=action,
        actor=_actor(by),
        subject=f"cohorts.grant:{grant.pk}",
        organisation=grant.organisation.code,
        detail={"user": f"user:{grant.user_id}", "role": grant.role},
        now=now,
    )


@transaction.atomic
def grant_role(
    *,
    user: "User",
    organisation: Organisation,
    role: Role,
    granted_by: "User | None" = None,
    now: datetime,
) -> RoleGrant:
    """Give `user` a role for an organisation from now on; a role that is held already stays as it is.

    Without `granted_by` the platform itself gives it (a command of the operator).
    """
    role = Role(role)
    if role == Role.TRAINEE:
        raise TraineeNeedsNoGrant
    if granted_by is not None and not can_grant(granted_by, organisation, role):
        raise MayNotGrant
    grant, is_new = RoleGrant.objects.get_or_create(
        user=user,
        organisation=organisation,
        role=role,
        until=None,
        defaults={"since": now, "granted_by": granted_by},
    )
    if is_new:
        _record("cohorts.grant.give", grant, granted_by, now)
    return grant


@transaction.atomic
def end_grant(*, grant: RoleGrant, ended_by: "User | None" = None, now: datetime) -> RoleGrant:
    """End a role; the row stays and says from when until when it was held."""
    locked = RoleGrant.objects.select_for_update().select_related("organisation").get(pk=grant.pk)
    if ended_by is not None and not can_grant(ended_by, locked.organisation, Role(locked.role)):
        raise MayNotGrant
    if locked.until is not None or locked.since >= now:
        raise AlreadyEnded
    locked.until = now
    locked.save(update_fields=["until"])
    _record("cohorts.grant.end", locked, ended_by, now)
    return locked
