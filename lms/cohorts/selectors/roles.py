"""Who may act for which organisation."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from lms.cohorts.enums import OrganisationKind, Role
from lms.cohorts.models import Organisation, RoleGrant
from lms.kernel.clock import now

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def organisations_of(user: "User | AnonymousUser", *roles: Role) -> QuerySet[Organisation]:
    """Organisations for which `user` now holds one of `roles`, and those under an authority of theirs.

    A QuerySet to be used inside another query (`organisation__in=…`), so it costs no query of its own.
    """
    if not user.is_authenticated:
        return Organisation.objects.none()
    if user.is_superuser:
        return Organisation.objects.all()
    held = RoleGrant.objects.in_force(now()).filter(user_id=user.pk, role__in=roles)
    return Organisation.objects.filter(
        Q(pk__in=held.values("organisation"))
        | Q(parent__kind=OrganisationKind.AUTHORITY, parent__in=held.values("organisation"))
    )


def holds_role(user: "User | AnonymousUser", organisation_id: int, *roles: Role) -> bool:
    """Whether `user` now holds one of `roles` for this organisation (one query)."""
    return organisations_of(user, *roles).filter(pk=organisation_id).exists()
