"""Registering people and changing their names."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.accounts.enums import IdentityKind
from lms.accounts.models import Person, User
from lms.kernel.refusals import Conflict, Refusal
from lms.records.services import audit

from .identity import ReasonMissing, set_identity, subject_of

SYSTEM = "system"


class MailTaken(Conflict):
    """One mail address signs one person in."""

    code = "mail-taken"
    message = _("This mail address is already registered.")


class NameMissing(Refusal):
    """A certificate is made out to a name."""

    code = "name-missing"
    message = _("Give the name as it stands on the identity document.")


def _new_user(email: str, password: str | None, language: str, now: datetime) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, language=language, date_joined=now)
    except IntegrityError as error:
        raise MailTaken from error


@transaction.atomic
def register_person(
    *,
    email: str,
    real_name: str,
    latin_name: str = "",
    identity_number: str = "",
    identity_kind: str = IdentityKind.RESIDENT,
    language: str = "zh-hans",
    password: str | None = None,
    email_verified: bool | None = None,
    now: datetime,
    actor: str = SYSTEM,
) -> Person:
    """Register a person together with the user who signs in as that person.

    Without a password the person sets one by the link "forgotten password". Whoever hands out a password
    vouches for the address; otherwise the first sign-in asks for its confirmation.
    """
    user = _new_user(email.strip(), password, language, now)
    EmailAddress.objects.create(
        user=user,
        email=user.email,
        primary=True,
        verified=password is not None if email_verified is None else email_verified,
    )
    person = attach_person(user=user, real_name=real_name, latin_name=latin_name, now=now, actor=actor or SYSTEM)
    if identity_number:
        set_identity(
            person=person,
            number=identity_number,
            kind=IdentityKind(identity_kind),
            actor=actor or SYSTEM,
            now=now,
        )
    return person


@transaction.atomic
def attach_person(*, user: User, real_name: str, latin_name: str = "", now: datetime, actor: str = "") -> Person:
    """Give a sign-in the human being behind it; a sign-in that has one keeps it."""
    if not real_name.strip():
        raise NameMissing
    person, is_new = Person.objects.get_or_create(
        user=user,
        defaults={"real_name": real_name.strip(), "latin_name": latin_name.strip(), "created_at": now},
    )
    if is_new:
        audit.record(
            action="accounts.person.register",
            actor=actor or f"user:{user.pk}",
            subject=subject_of(person),
            now=now,
        )
    return person


@transaction.atomic
def change_name(*, person: Person, real_name: str, latin_name: str, reason: str, actor: str, now: datetime) -> Person:
    """Change the name that future certificates carry; those already issued keep theirs."""
    if not real_name.strip():
        raise NameMissing
    if not reason.strip():
        raise ReasonMissing
    person.real_name, person.latin_name = real_name.strip(), latin_name.strip()
    person.save(update_fields=["real_name", "latin_name"])
    audit.record(
        action="accounts.person.change-name",
        actor=actor,
        subject=subject_of(person),
        detail={"reason": reason},
        now=now,
    )
    return person


@transaction.atomic
def add_latin_name(*, person: Person, latin_name: str, actor: str, now: datetime) -> Person:
    """Fill in the name in Latin letters where there was none."""
    if person.latin_name or not latin_name.strip():
        return person
    person.latin_name = latin_name.strip()
    person.save(update_fields=["latin_name"])
    audit.record(action="accounts.person.add-latin-name", actor=actor, subject=subject_of(person), now=now)
    return person
