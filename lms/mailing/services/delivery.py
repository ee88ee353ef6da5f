"""Handing mails over to the mail server."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from lms.mailing.enums import MessageState
from lms.mailing.models import Message

# Shorter than the lease of the job, so that nobody else starts while a server keeps us waiting.
SECONDS_TO_SERVER = 30
_PERMANENT = 500


def _mail(message: Message) -> EmailMultiAlternatives:
    """The same row is always the same mail: its Message-ID lets servers drop a second copy."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        headers={
            "Message-ID": f"<message-{message.pk}.{message.created_at:%Y%m%d%H%M%S}@{domain}>",
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(timeout=SECONDS_TO_SERVER),
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def _refusal(code: int, words: bytes | str, fault: Exception) -> dict[str, Any]:
    """What the server said for good; a fault that may pass is raised, and the job tries again."""
    if code < _PERMANENT:
        raise fault
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return {"state": MessageState.REFUSED, "problem": f"{code} {said}"[:300]}


def _hand_over(message: Message, now: datetime) -> dict[str, Any]:
    """Send, and say what becomes of the row."""
    try:
        _mail(message).send()
    except SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        return _refusal(code, words, refused)
    except SMTPDataError as refused:
        return _refusal(refused.smtp_code, refused.smtp_error, refused)
    return {"state": MessageState.SENT, "sent_at": now}


def deliver(*, message_id: int, now: datetime, finish: Callable[[], AbstractContextManager[None]]) -> None:
    """Hand a waiting mail over, then write that into the transaction that `finish` opens.

    A worker that dies between the server's yes and the commit causes a second copy, with the same
    Message-ID; SMTP offers nothing better. In every other case a row is delivered once.
    """
    message = Message.objects.waiting().filter(pk=message_id).first()
    if message is None:
        return
    outcome = _hand_over(message, now)
    with finish():
        Message.objects.waiting().filter(pk=message_id).update(**outcome)
