"""Where allauth asks the house: who signs up, and in which language mails are written."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import get_language, override

from lms.accounts.models import User
from lms.accounts.services.people import attach_person
from lms.kernel.clock import now


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in and sign-up by mail address.

    Differs from allauth in two things: a sign-up makes the `Person` behind the user, and a mail is written
    in the language its reader chose rather than in that of the page which caused it.
    """

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.language = get_language() or user.language
        saved: User = super().save_user(request, user, form, commit)
        if commit:
            attach_person(user=saved, real_name=form.cleaned_data["real_name"], now=now())
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        reader = context.get("user")
        with override(reader.language if isinstance(reader, User) else get_language()):
            super().send_mail(template_prefix, email, context)
