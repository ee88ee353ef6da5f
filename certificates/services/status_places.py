"""Giving out places in status lists: at random, once, under the lock of the list."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max

from certificates.models import Certificate, StatusList
from certificates.models.status import CAPACITY, FULL_AT

from .publishing import publish_status

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation


def _open_list(organisation: "Organisation", now: datetime) -> StatusList:
    """The issuer's list with room, locked; a new one is put out at once, so that its address answers."""
    lists = StatusList.objects.select_for_update().filter(organisation=organisation, used__lt=FULL_AT)
    found = lists.order_by("number").first()
    if found:
        return found
    highest = StatusList.objects.aggregate(Max("number"))["number__max"] or 0
    opened = StatusList.objects.create(organisation=organisation, number=highest + 1)
    publish_status(status_list=opened, now=now)
    return opened


def take_place(*, organisation: "Organisation", now: datetime) -> tuple[StatusList, int]:
    """A list and a free index in it. Call it inside the transaction that saves the certificate."""
    status_list = _open_list(organisation, now)
    index = secrets.randbelow(CAPACITY)
    while Certificate.objects.filter(status_list=status_list, status_index=index).exists():
        index = secrets.randbelow(CAPACITY)
    status_list.used += 1
    status_list.save(update_fields=["used"])
    return status_list, index
