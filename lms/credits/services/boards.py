"""Letting one's name stand on a board, and taking it down again."""

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.models import BoardConsent
from lms.credits.selectors.claims import organisations_for
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation

SHORTEST, LONGEST = 1, 60


class NotOfThisOrganisation(Refusal):
    """A board is kept among people who know each other's organisation."""

    code = "board-not-yours"
    message = _("You stand on the board of an organisation where you study or work.")
    status = 404


class NameNotShown(Refusal):
    """Nothing that could be read."""

    code = "board-name"
    message = _("Write the name to be shown: 1 to %(most)s characters that can be read.")


def plain(name: str) -> str:
    """The name without signs that steer a program or turn the writing round, and without needless spaces."""
    folded = unicodedata.normalize("NFC", name)
    kept = "".join(sign for sign in folded if not unicodedata.category(sign).startswith(("C", "Zl", "Zp")))
    return " ".join(kept.split())


@transaction.atomic
def join_board(*, person: "Person", organisation: "Organisation", shown_as: str, now: datetime) -> BoardConsent:
    """Let `shown_as` stand on the board; another name ends the consent before it and begins a new one."""
    name = plain(shown_as)
    if not SHORTEST <= len(name) <= LONGEST:
        raise NameNotShown(most=LONGEST)
    if not organisations_for(person).filter(pk=organisation.pk).exists():
        raise NotOfThisOrganisation
    standing = _standing(person, organisation)
    if standing is not None and standing.shown_as == name:
        return standing
    leave_board(person=person, organisation=organisation, now=now)
    return BoardConsent.objects.create(person=person, organisation=organisation, shown_as=name, since=now)


@transaction.atomic
def leave_board(*, person: "Person", organisation: "Organisation", now: datetime) -> None:
    """Take one's name down, at once; that it stood there once is kept as a row that has ended."""
    standing = _standing(person, organisation)
    if standing is not None:
        standing.until = now
        standing.save(update_fields=["until"])


def _standing(person: "Person", organisation: "Organisation") -> BoardConsent | None:
    found = BoardConsent.objects.select_for_update().filter(person=person, organisation=organisation)
    return found.filter(until__isnull=True).first()
