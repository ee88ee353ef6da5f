"""What follows from things that happen at the door."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from django.dispatch import receiver

from lms.accounts.models import User


@receiver(password_reset, dispatch_uid="accounts.confirm-address")
def confirm_the_address(sender: Any, user: User, **kwargs: Any) -> None:
    """Who came by the link in a mail has shown that the address is theirs; it is not asked for twice."""
    EmailAddress.objects.filter(user=user, email__iexact=user.email).update(verified=True)
