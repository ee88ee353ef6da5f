"""Looking at mails."""

from typing import Any

from django.db.models import QuerySet

from lms.mailing.models import Message


def messages_about(subject_ref: str) -> QuerySet[Message]:
    """What was mailed about one thing, oldest first; whoever shows it checks first who asks."""
    return Message.objects.filter(subject_ref=subject_ref).order_by("created_at", "pk")


def messages_to(user: Any) -> QuerySet[Message]:
    """The mails that `user` may read, newest first."""
    return Message.objects.visible_to(user).order_by("-created_at", "-pk")
