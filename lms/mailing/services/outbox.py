"""Writing mails: the row stands in the transaction of its cause, a job hands it over afterwards."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from lms.jobs.services.queue import enqueue
from lms.mailing.enums import CONTEXT_OF, MessageKind
from lms.mailing.models import Message

from .letters import render, specimen, subject_line

DELIVER = "mailing.deliver"


class MissingContext(ValueError):
    """The caller did not give everything that the templates of this kind ask for."""


def language_for(asked: str) -> str:
    """The language that a mail is written in: the one asked for, if the house speaks it."""
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _context(kind: MessageKind, given: dict[str, Any], language: str) -> dict[str, Any]:
    missing = CONTEXT_OF[kind] - given.keys()
    if missing:
        raise MissingContext(f"{kind} also needs {', '.join(sorted(missing))}")
    context = {**given, "language": language, "specimen": specimen()}
    if context["url"].startswith("/"):
        context["url"] = settings.JIQIAO_BASE_URL + context["url"]
    return context


def _parts(kind: MessageKind, context: dict[str, Any]) -> dict[str, str]:
    subject = subject_line(render(f"mailing/{kind}.subject.txt", context, autoescape=False))
    context = {**context, "subject": subject}
    return {
        "subject": subject,
        "text": render(f"mailing/{kind}.txt", context, autoescape=False) + "\n",
        "html": render(f"mailing/{kind}.html", context, autoescape=True) + "\n",
    }


@transaction.atomic
def send(*, kind: str, to: str, language: str, context: dict[str, Any], subject_ref: str, now: datetime) -> Message:
    """Write a mail and the job that hands it over; the same kind, cause and address is mailed once.

    `context` holds what `CONTEXT_OF[kind]` names, titles in the language of the mail; `url` is an address
    of this site, with or without its host.
    """
    kind, language = MessageKind(kind), language_for(language)
    written = Message.objects.filter(kind=kind, subject_ref=subject_ref, to=to).first()
    if written:
        return written
    with translation.override(language):
        parts = _parts(kind, _context(kind, context, language))
    message, created = Message.objects.get_or_create(
        kind=kind,
        subject_ref=subject_ref,
        to=to,
        defaults={"language": language, "created_at": now, **parts},
    )
    if created:
        enqueue(task=DELIVER, key=f"message:{message.pk}", payload={"message_id": message.pk}, now=now)
    return message
