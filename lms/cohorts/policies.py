"""Who may do what for a training base: one reading of the rules for pages, commands and verbs."""

from typing import TYPE_CHECKING

from lms.cohorts.enums import STAFF_ROLES, Role
from lms.cohorts.selectors.roles import holds_role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models import Cohort, Organisation

# What a base manager may hand on to colleagues; who decides and who verifies is appointed from above.
HANDED_ON = (Role.TRAINER, Role.MARKER)


def can_read_cohort(user: "User | AnonymousUser", cohort: "Cohort") -> bool:
    """Staff of the base, and of the authority above it, read the list of a cohort's people."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return holds_role(user, cohort.organisation_id, *STAFF_ROLES)


def can_import_roster(user: "User | AnonymousUser", cohort: "Cohort") -> bool:
    """Only a manager of the cohort's own base brings people onto its roster."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return holds_role(user, cohort.organisation_id, Role.BASE_MANAGER)


def can_grant(user: "User | AnonymousUser", organisation: "Organisation", role: Role) -> bool:
    """A base manager appoints trainers and markers; every other role is given by the platform's staff."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return role in HANDED_ON and holds_role(user, organisation.pk, Role.BASE_MANAGER)
