"""What the people who run the platform have to know."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url

from lms.accounts.models import User
from lms.kernel.beijing import BEIJING
from lms.mailing.services.notices import notify

LONGEST_ERROR = 300


@transaction.atomic
def tell_of_failed_job(*, task: str, error: str, now: datetime) -> None:
    """Tell the staff that a job was given up: the first of its kind on a day in Beijing, not each of a thousand."""
    for user_id in User.objects.filter(is_staff=True, is_active=True).values_list("pk", flat=True):
        notify(
            user_id=user_id,
            kind="job-failed",
            subject_ref=f"jobs.failed:{task}:{now.astimezone(BEIJING):%Y-%m-%d}",
            context={"task": task, "error": error[:LONGEST_ERROR]},
            url=resolve_url(settings.LOGIN_REDIRECT_URL),
            now=now,
        )
