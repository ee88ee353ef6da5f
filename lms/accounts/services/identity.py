"""The identity number: set once, kept enciphered, read only with a reason that is logged."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.accounts.enums import IdentityKind
from lms.accounts.models import Person
from lms.accounts.validators import check_document
from lms.kernel.beijing import BEIJING
from lms.kernel.demo import is_demo
from lms.kernel.refusals import Conflict, Refusal
from lms.records.services import audit, encryption

PURPOSE = "identity"


class IdentityTaken(Conflict):
    """One identity number, one person. It does not say whose number it is."""

    code = "identity-taken"
    message = _(
        "This identity number is already registered with another sign-in. "
        "Sign in with the address used before, or ask the training base to compare the documents."
    )


class IdentityDiffers(Conflict):
    """The person is registered with another number; a mistake is put right by `correct_identity`."""

    code = "identity-differs"
    message = _("Another identity number is registered for this person. Compare it with the document.")


class IdentityMissing(Refusal):
    """There is no number to read."""

    code = "identity-missing"
    message = _("No identity number is registered for this person.")


class ReasonMissing(Refusal):
    """Whoever reads or changes an identity number says why."""

    code = "reason-missing"
    message = _("Give the reason; it is kept with the record.")


def subject_of(person: Person) -> str:
    """How the audit book names a person."""
    return f"accounts.person:{person.pk}"


def hash_of(kind: IdentityKind, folded: str) -> str:
    """The keyed hash that keeps one number to one person."""
    return encryption.blind_hash(f"{kind.value}:{folded}", purpose=PURPOSE)


def checked(kind: IdentityKind, number: str, *, now: datetime) -> str:
    """The number in its one spelling, checked by the rules of this installation."""
    return check_document(kind, number, demo=is_demo(), today=now.astimezone(BEIJING).date())


def _write(person: Person, kind: IdentityKind, folded: str, digest: str) -> None:
    person.identity_kind = kind
    person.identity_cipher = encryption.encrypt(folded, purpose=PURPOSE)
    person.identity_hash = digest
    person.identity_tail = folded[-4:]
    try:
        with transaction.atomic():
            person.save(update_fields=["identity_kind", "identity_cipher", "identity_hash", "identity_tail"])
    except IntegrityError as error:
        person.refresh_from_db()
        raise IdentityTaken from error


@transaction.atomic
def set_identity(
    *, person: Person, number: str, kind: IdentityKind = IdentityKind.RESIDENT, actor: str, now: datetime
) -> Person:
    """Keep a person's identity number; the same number again changes nothing."""
    kind = IdentityKind(kind)
    folded = checked(kind, number, now=now)
    digest = hash_of(kind, folded)
    if person.identity_hash == digest:
        return person
    if person.identity_hash:
        raise IdentityDiffers
    _write(person, kind, folded, digest)
    audit.record(
        action="accounts.identity.set", actor=actor, subject=subject_of(person), detail={"kind": kind.value}, now=now
    )
    return person


@transaction.atomic
def correct_identity(
    *, person: Person, number: str, kind: IdentityKind, reason: str, actor: str, now: datetime
) -> Person:
    """Put a wrong number right, after the document was compared; the reason stays in the audit book."""
    if not reason.strip():
        raise ReasonMissing
    folded = checked(IdentityKind(kind), number, now=now)
    _write(person, IdentityKind(kind), folded, hash_of(IdentityKind(kind), folded))
    detail = {"kind": IdentityKind(kind).value, "reason": reason}
    audit.record(action="accounts.identity.correct", actor=actor, subject=subject_of(person), detail=detail, now=now)
    return person


@transaction.atomic
def reveal(*, person: Person, actor: str, reason: str, now: datetime) -> str:
    """The plain number, for somebody who says why; that they read it is kept for ever."""
    if not reason.strip():
        raise ReasonMissing
    if person.identity_cipher is None:
        raise IdentityMissing
    audit.record(
        action="accounts.identity.reveal",
        actor=actor,
        subject=subject_of(person),
        detail={"reason": reason},
        now=now,
    )
    return encryption.decrypt(bytes(person.identity_cipher), purpose=PURPOSE)
