"""Mails put together from sentences, for whoever sends them by another way than the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from lms.kernel.demo import SPECIMEN, is_demo


@dataclass(frozen=True, slots=True)
class Parts:
    """A mail as it goes out."""

    subject: str
    text: str
    html: str


def render(template: str, context: dict[str, Any], *, autoescape: bool) -> str:
    """One part of a mail; plain text is rendered without escaping."""
    found = get_template(template).template  # type: ignore[attr-defined]
    text: str = found.render(Context(context, autoescape=autoescape))
    return text.strip()


def subject_line(words: str) -> str:
    """One line, marked when it comes from a demonstration."""
    return " ".join([*specimen().split(), *words.split()])[:200]


def specimen() -> str:
    """The mark of a demonstration; empty elsewhere."""
    return SPECIMEN if is_demo() else ""


def compose(
    *,
    language: str,
    subject: str,
    sentences: Sequence[str],
    name: str = "",
    code: str = "",
    action: str = "",
    url: str = "",
    facts: Sequence[tuple[str, str]] = (),
) -> Parts:
    """A mail in the house's layout, as text and as HTML; sentences are given in the language of the mail."""
    line = subject_line(subject)
    context = {
        "language": language,
        "subject": line,
        "specimen": specimen(),
        "sentences": sentences,
        "name": name,
        "code": code,
        "action": action,
        "url": url,
        "facts": facts,
    }
    with translation.override(language):
        return Parts(
            subject=line,
            text=render("mailing/letter.txt", context, autoescape=False) + "\n",
            html=render("mailing/letter.html", context, autoescape=True) + "\n",
        )
