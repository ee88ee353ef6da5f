"""`erase_words PERSON --reason TEXT`: erase what a person's ledger lines say in words; the lines stay."""

from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.accounts.selectors.people import all_people, people_by_mail
from lms.credits.services.erasing import erase_texts
from lms.kernel.clock import now
from lms.kernel.commands import ContractCommand, Outcome
from lms.kernel.refusals import NotFound

OPERATOR = "system:operator"


class NoSuchPerson(NotFound):
    """Nobody signs in with this address, and nobody has this uid."""

    code = "no-such-person"
    message = gettext_lazy("There is nobody “%(person)s”: give a mail address or the owner that an audit names.")


def _named(name: str) -> Any:
    if "@" in name:
        person = people_by_mail([name]).get(name.lower())
    else:
        try:
            person = all_people().filter(uid=UUID(name)).first()
        except ValueError:
            person = None
    if person is None:
        raise NoSuchPerson(person=name)
    return person


class Command(ContractCommand):
    help = "Erase the words of a person's ledger lines, as data protection may ask; lines and chains stay whole."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="mail address, or uid as an audit names it")
        parser.add_argument("--reason", required=True, help="kept in the audit book")

    def carry_out(self, **options: Any) -> Outcome:
        person = _named(options["person"])
        count = erase_texts(person=person, reason=options["reason"], actor=OPERATOR, now=now())
        said = _("The words of %(count)s lines were erased.") % {"count": count}
        return Outcome({"person": str(person.uid), "erased": count}, [said])
