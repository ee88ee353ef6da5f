"""One fact, one call: the notice on the platform, and the mail where the kind has one and the reader wants it."""

from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils import translation

from lms.mailing.enums import MessageKind
from lms.mailing.models import Notice
from lms.mailing.selectors.addresses import page_in
from lms.mailing.selectors.preferences import wants_mail
from lms.mailing.selectors.wording import spoken

from .notices import notify
from .outbox import language_for, send


class Reader(Protocol):
    """Somebody who signs in. `get_full_name` is asked only for a mail."""

    pk: int
    email: str
    language: str

    def get_full_name(self) -> str: ...


@transaction.atomic
def announce(
    *,
    to: Reader | None,
    kind: str,
    subject_ref: str,
    context: dict[str, Any],
    url: str,
    now: datetime,
    organisation: str = "",
    mailed_as: str = "",
) -> Notice | None:
    """Tell `to` in the transaction of the fact; nobody is told where a person has no sign-in yet.

    The mail is sent once for `mailed_as`, which is the notice's `subject_ref` unless the caller bundles
    several facts into one mail.
    """
    if to is None:
        return None
    notice = notify(
        user_id=to.pk,
        kind=kind,
        subject_ref=subject_ref,
        context=context,
        url=url,
        now=now,
        organisation=organisation,
    )
    if kind in MessageKind.values and wants_mail(to.pk, MessageKind(kind)):
        _mail(to, MessageKind(kind), mailed_as or subject_ref, context, url, now)
    return notice


def _mail(to: Reader, kind: MessageKind, subject_ref: str, context: dict[str, Any], url: str, now: datetime) -> None:
    language = language_for(to.language)
    with translation.override(language):
        words = spoken(context)
    send(
        kind=kind,
        to=to.email,
        language=language,
        context={**words, "name": _name_of(to), "url": page_in(url, language)},
        subject_ref=subject_ref,
        now=now,
    )


def _name_of(reader: Reader) -> str:
    """The real name; an address is no way to greet somebody."""
    name = reader.get_full_name()
    return "" if name == reader.email else name
