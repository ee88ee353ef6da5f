"""What follows from things that happen at the door."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from django.dispatch import receiver

from lms.accounts.models import User
from lms.accounts.services.operators import tell_of_failed_job
from lms.jobs.signals import job_failed


@receiver(password_reset, dispatch_uid="accounts.confirm-address")
def confirm_the_address(sender: Any, user: User, **kwargs: Any) -> None:
    """Who came by the link in a mail has shown that the address is theirs; it is not asked for twice."""
    EmailAddress.objects.filter(user=user, email__iexact=user.email).update(verified=True)


@receiver(job_failed, dispatch_uid="accounts.failed-job")
def tell_the_operators(sender: Any, task: str, error: str, now: datetime, **kwargs: Any) -> None:
    """Background work that nobody will try again is for people to look at."""
    tell_of_failed_job(task=task, error=error, now=now)
