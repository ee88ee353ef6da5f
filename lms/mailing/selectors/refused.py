"""Mails that a recipient's server did not take."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window

from lms.mailing.enums import MessageState
from lms.mailing.models import Message


@dataclass(frozen=True, slots=True)
class Refused:
    """The newest refused mails and how many there are."""

    first: tuple[Message, ...]
    count: int


def refused_mails(user: Any, most: int = 4) -> Refused:
    """What could not be delivered of what `user` may see, newest first (one query)."""
    found: QuerySet[Message] = Message.objects.visible_to(user).filter(state=MessageState.REFUSED).defer("text", "html")
    rows = list(found.annotate(in_all=Window(Count("pk"))).order_by("-created_at", "-pk")[:most])
    return Refused(tuple(rows), rows[0].in_all if rows else 0)
