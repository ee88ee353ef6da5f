"""What a sign-in may do on the whole site."""

from datetime import datetime

from django.db import transaction

from lms.accounts.models import User
from lms.records.services import audit


@transaction.atomic
def let_edit_the_site(*, user: User, actor: str, now: datetime) -> User:
    """Make `user` one of the platform's staff, who edit the site; staff already are left as they are."""
    if user.is_staff and user.is_superuser:
        return user
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    audit.record(action="accounts.user.let-edit", actor=actor, subject=f"user:{user.pk}", now=now)
    return user
