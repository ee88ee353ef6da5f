"""Who writes the rules: one reading for pages and verbs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

# The Django permission that a member of staff is given for it.
GRANT = "schemes.add_schemeversion"


def can_write_rules(user: "User | AnonymousUser") -> bool:
    """Superusers, and members of the platform's staff who were given this grant; no training base writes rules."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return user.is_staff and user.has_perm(GRANT)
