"""Finding people."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import OuterRef

from lms.accounts.models import Person
from lms.mailing.selectors.notices import unread_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.accounts.models.person import PersonQuerySet


def all_people() -> "PersonQuerySet":
    """Everybody; rooms that know who may see whom narrow this down."""
    return Person.objects.all()


def person_of(user: "User | AnonymousUser") -> Person | None:
    """The human being who has signed in, if the sign-in has one, with the number of its unread notices."""
    if not user.is_authenticated:
        return None
    unread = unread_of(OuterRef("user_id"))
    found = Person.objects.annotate(unread_notices=unread)  # type: ignore[no-redef]
    return found.filter(user_id=user.pk).first()


def people_by_mail(addresses: Collection[str]) -> dict[str, Person]:
    """People by their mail address in small letters; one query, with the user."""
    found = Person.objects.filter(user__email__in={address.lower() for address in addresses})
    return {person.user.email.lower(): person for person in found.select_related("user") if person.user}


def people_by_identity(hashes: Collection[str]) -> dict[str, Person]:
    """People by the keyed hash of their identity number; one query."""
    return {
        person.identity_hash: person
        for person in Person.objects.filter(identity_hash__in=set(hashes))
        if person.identity_hash
    }
