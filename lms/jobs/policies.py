"""Who may do what with background work."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def can_retry(user: "User | AnonymousUser") -> bool:
    """Only those who run the platform start failed work again; they see all of it, and why it failed."""
    return user.is_authenticated and user.is_superuser
