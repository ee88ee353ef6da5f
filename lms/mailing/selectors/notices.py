"""Looking at notices."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lms.mailing.enums import NoticeGroup, kinds_in
from lms.mailing.models import Notice


def notices_of(user: Any) -> QuerySet[Notice]:
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


def counts_by_group(user: Any) -> dict[str, int]:
    """How many notices `user` has: `all`, `unread`, and in every group (one query)."""
    groups = {group.value: Count("pk", filter=Q(kind__in=kinds_in(group))) for group in NoticeGroup}
    unread = Count("pk", filter=Q(read_at__isnull=True))
    return notices_of(user).order_by().aggregate(all=Count("pk"), unread=unread, **groups)
