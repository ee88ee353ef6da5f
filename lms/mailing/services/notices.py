"""Telling people on the platform, and ticking off what they have read."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from lms.mailing.enums import TOLD_OF, NoticeKind
from lms.mailing.models import Notice
from lms.mailing.selectors.addresses import page_in


class MissingContext(ValueError):
    """The caller did not give everything that the sentence of this kind asks for."""


def _checked(kind: str, context: dict[str, Any]) -> NoticeKind:
    missing = TOLD_OF[NoticeKind(kind)] - context.keys()
    if missing:
        raise MissingContext(f"{kind} also needs {', '.join(sorted(missing))}")
    return NoticeKind(kind)


def _tell(user_id: int, kind: str, subject_ref: str, values: dict[str, Any], now: datetime) -> tuple[Notice, bool]:
    values = {**values, "url": page_in(values["url"], settings.LANGUAGE_CODE), "created_at": now}
    return Notice.objects.get_or_create(
        user_id=user_id, kind=_checked(kind, values["context"]), subject_ref=subject_ref, defaults=values
    )


@transaction.atomic
def notify(
    *,
    user_id: int,
    kind: str,
    subject_ref: str,
    context: dict[str, Any],
    url: str,
    now: datetime,
    organisation: str = "",
) -> Notice:
    """Tell one user one thing, inside the transaction of the thing; told again, answer the notice that is there.

    `context` holds what `TOLD_OF[kind]` names: amounts and ids as they are, titles as `{"zh": …, "en": …}`,
    moments as `{"at": "…"}` and days as `{"on": "…"}` in ISO form. `url` is a page of this site in either language.
    """
    return _tell(user_id, kind, subject_ref, {"context": context, "url": url, "organisation": organisation}, now)[0]


@transaction.atomic
def notify_all(
    *,
    user_ids: Iterable[int],
    kind: str,
    subject_ref: str,
    context: dict[str, Any],
    url: str,
    now: datetime,
    organisation: str = "",
) -> None:
    """Tell many users the same thing, each of them once, however often it is called."""
    told = {
        "kind": _checked(kind, context),
        "subject_ref": subject_ref,
        "context": context,
        "url": page_in(url, settings.LANGUAGE_CODE),
        "organisation": organisation,
        "created_at": now,
    }
    rows = [Notice(user_id=user_id, **told) for user_id in user_ids]
    Notice.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def _figure(amount: Decimal) -> str:
    """An amount as it is kept and read: 45, 2.5."""
    return f"{amount.normalize():f}"


@transaction.atomic
def add_up(
    *,
    user_id: int,
    kind: str,
    subject_ref: str,
    amounts: dict[str, int | Decimal],
    url: str,
    now: datetime,
    organisation: str = "",
) -> Notice:
    """Tell of something that goes on for a day: the same `subject_ref` again adds its amounts, and is unread anew.

    Call it once for each new fact: it adds whenever it is called.
    """
    context = {name: _figure(Decimal(amount)) for name, amount in amounts.items()}
    values = {"context": context, "url": url, "organisation": organisation}
    notice, is_new = _tell(user_id, kind, subject_ref, values, now)
    if is_new:
        return notice
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    locked.context = {name: _figure(Decimal(locked.context[name]) + amount) for name, amount in amounts.items()}
    locked.created_at, locked.read_at = now, None
    locked.save(update_fields=["context", "created_at", "read_at"])
    return locked


@transaction.atomic
def mark_read(*, user: Any, notice: Notice, now: datetime) -> bool:
    """Tick off one of one's own; False if it was read already, in another tab or by a second click."""
    return bool(Notice.objects.visible_to(user).unread().filter(pk=notice.pk).update(read_at=now))


@transaction.atomic
def mark_all_read(*, user: Any, until: datetime, now: datetime) -> int:
    """Tick off everything unread that was told no later than `until`, the moment at which the page was drawn."""
    return Notice.objects.visible_to(user).unread().filter(created_at__lte=until).update(read_at=now)
