"""Choosing which mails come."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from lms.mailing.enums import MAILED_GROUPS
from lms.mailing.models import NotificationPreference


@transaction.atomic
def choose_mails(*, user: Any, groups: Collection[str], now: datetime) -> None:
    """Have mails of `groups` and of no other; what binds is mailed whatever is chosen here."""
    for group in MAILED_GROUPS:
        NotificationPreference.objects.update_or_create(
            user_id=user.pk, group=group, defaults={"mail": group in groups, "changed_at": now}
        )
