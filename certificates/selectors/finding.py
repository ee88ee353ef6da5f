"""Decisions and certificates by words, for the search of the desks."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from certificates.models import Certificate, Decision
from certificates.validators.serials import read_serial
from lms.kernel.lookups import says_all

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

PERSON = ("person__real_name", "person__latin_name")


def decisions_found(
    user: "User", organisations: "QuerySet[Organisation]", words: Collection[str]
) -> "QuerySet[Decision]":
    """Decisions of these organisations that `user` may see, by the name of whom they are about."""
    return (
        Decision.objects.visible_to(user)
        .filter(says_all(words, *PERSON), organisation__in=organisations)
        .select_related("person", "organisation")
        .defer("evidence")
    )


def certificates_found(
    user: "User", organisations: "QuerySet[Organisation] | None", words: Collection[str]
) -> "QuerySet[Certificate]":
    """Certificates that `user` may see, by serial or holder; without organisations, the user's own."""
    whose = {"person__user": user} if organisations is None else {"organisation__in": organisations}
    return (
        Certificate.objects.visible_to(user)
        .filter(says_all(words, "serial", *PERSON), **whose)
        .select_related("person", "organisation", "decision")
        .defer("payload", "credential", "decision__evidence")
    )


def whole_serial(text: str) -> str:
    """The serial that `text` is, however it was typed, as it is printed; empty when it is none."""
    read = read_serial(text)
    return str(read) if read else ""
