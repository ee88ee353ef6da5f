"""Where allauth asks the house: who signs up, and what its mails say in which language."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMultiAlternatives
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from lms.accounts.models import User
from lms.accounts.services.people import attach_person
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now
from lms.mailing.selectors.addresses import page_in
from lms.mailing.services.letters import Parts, compose
from lms.mailing.services.outbox import language_for

from .letters import SIGN_IN_MAILS


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in and sign-up by mail address.

    Differs from allauth in two things: a sign-up makes the `Person` behind the user, and a mail is written
    in the house's words and layout, in the language its reader chose rather than that of the page which
    caused it.
    """

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.language = get_language() or user.language
        saved: User = super().save_user(request, user, form, commit)
        if commit:
            attach_person(user=saved, real_name=form.cleaned_data["real_name"], now=now())
        return saved

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        reader = context.get("user")
        language = language_for(reader.language if isinstance(reader, User) else get_language() or "")
        with override(language):
            parts = _written(template_prefix, language, {"email": email, **context})
        mail = EmailMultiAlternatives(
            parts.subject,
            parts.text,
            self.get_from_email(),
            [email],
            headers={"Content-Language": language, "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(parts.html, "text/html")
        mail.send()


def _written(template_prefix: str, language: str, given: dict[str, Any]) -> Parts:
    mail, reader = SIGN_IN_MAILS[template_prefix], given.get("user")
    return compose(
        language=language,
        subject=str(mail.subject),
        sentences=[str(sentence) % given for sentence in mail.sentences],
        name=_name_of(reader) if isinstance(reader, User) else "",
        code=given["code"] if mail.code else "",
        action=str(mail.action),
        url=_in_language(given[mail.link], language) if mail.link else "",
        facts=_facts(given),
    )


def _name_of(user: User) -> str:
    """The real name; an address is no way to greet somebody."""
    name = user.get_full_name()
    return "" if name == user.email else name


def _in_language(url: str, language: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=page_in(parts.path, language)))


def _facts(given: dict[str, Any]) -> list[tuple[str, str]]:
    """From where a change was made, for mails about changes."""
    if "timestamp" not in given:
        return []
    stamp = {"moment": f"{given['timestamp'].astimezone(BEIJING):%Y-%m-%d %H:%M}"}
    return [
        (_("Time of the change"), _("%(moment)s Beijing time") % stamp),
        (_("Address on the network"), given["ip"] or ""),
        (_("Browser"), given["user_agent"]),
    ]
