"""Looking at notices."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from lms.mailing.models import Notice

if TYPE_CHECKING:
    from lms.mailing.models.notice import NoticeQuerySet


def notices_of(user: Any) -> "NoticeQuerySet":
    """What `user` was told, newest first."""
    return Notice.objects.visible_to(user).order_by("-created_at", "-pk")


def unread_count(user: Any) -> int:
    """How many notices `user` has not opened (one query)."""
    return Notice.objects.visible_to(user).unread().count()


def unread_of(user_id: OuterRef) -> Coalesce:
    """The same number as part of a query about users: `annotate(unread=unread_of(OuterRef("user_id")))`."""
    unread = Notice.objects.unread().filter(user_id=user_id).order_by().values("user_id")
    counted = unread.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def told_since(kind: str, since: datetime) -> set[tuple[int, str]]:
    """Whom a notice of this kind was told after that moment, and its `subject_ref` (one query)."""
    return set(Notice.objects.filter(kind=kind, created_at__gt=since).values_list("user_id", "subject_ref"))
