"""What an import would do, row by row; nothing is written here."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.accounts.selectors.people import people_by_identity, people_by_mail
from lms.accounts.selectors.users import mails_in_use
from lms.cohorts.enums import MembershipState
from lms.cohorts.models import Cohort, Membership

from .columns import Column
from .entries import Entry, entry_of
from .sheet import RowError, Sheet, SheetRow

if TYPE_CHECKING:
    from lms.accounts.models import Person


class Action(StrEnum):
    """What the import does with a row."""

    CREATE = "create"  # a new place on the roster; the person may be known already
    UPDATE = "update"  # the place is there, and something about it changes
    SKIP = "skip"  # nothing to do: the row is empty, or says what is known
    ERROR = "error"  # not written until it is put right


@dataclass(frozen=True, slots=True)
class RowPlan:
    """The verdict on one row."""

    number: int
    action: Action
    errors: tuple[RowError, ...] = ()
    entry: Entry | None = None
    person: "Person | None" = None
    membership: Membership | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The verdicts on all rows of a file."""

    rows: tuple[RowPlan, ...]
    unread: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows get which verdict."""
        return {action.value: sum(row.action == action for row in self.rows) for action in Action}

    @property
    def to_write(self) -> int:
        """How many people an import writes."""
        return self.counts[Action.CREATE] + self.counts[Action.UPDATE]

    def as_json(self) -> dict[str, Any]:
        """The answer of the outside contract."""
        rows = [
            {
                "row": row.number,
                "action": row.action.value,
                "errors": [
                    {"column": error.column, "code": error.code, "message": error.message} for error in row.errors
                ],
            }
            for row in self.rows
        ]
        return {"counts": self.counts, "rows": rows}


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database knows about the people of a file, asked for all rows at once."""

    by_mail: dict[str, "Person"]
    by_identity: dict[str, "Person"]
    mails: set[str]
    places: dict[int, Membership]


def _what_is_known(cohort: Cohort, entries: list[Entry]) -> _Known:
    mails = {entry.mail for entry in entries}
    by_mail = people_by_mail(mails)
    return _Known(
        by_mail,
        people_by_identity({entry.digest for entry in entries if entry.digest}),
        mails_in_use(mails),
        {
            place.person_id: place
            for place in Membership.objects.filter(
                cohort=cohort, person_id__in=[person.pk for person in by_mail.values()]
            )
        },
    )


def _twins(entries: dict[int, Entry], key: Callable[[Entry], str]) -> dict[int, list[int]]:
    """Rows that share a value with others: the row's number, and those of the others."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, entry in entries.items():
        if key(entry):
            groups[key(entry)].append(number)
    return {
        number: [other for other in numbers if other != number]
        for numbers in groups.values()
        if len(numbers) > 1
        for number in numbers
    }


def _doubles(entries: dict[int, Entry]) -> dict[int, list[RowError]]:
    errors: dict[int, list[RowError]] = defaultdict(list)
    for column, code, twins in (
        (Column.MAIL, "duplicate-mail", _twins(entries, lambda entry: entry.mail)),
        (Column.NUMBER, "duplicate-identity", _twins(entries, lambda entry: entry.digest)),
    ):
        for number, others in twins.items():
            words = ngettext(
                "The same as in row %(rows)s. Compare both and keep one.",
                "The same as in rows %(rows)s. Compare them and keep one.",
                len(others),
            )
            listed = ", ".join(str(other) for other in others)
            errors[number].append(RowError(column, code, words % {"rows": listed}))
    return errors


def _conflict(entry: Entry, known: _Known) -> RowError | None:
    """What in this row speaks against what is registered; never says whose data it is."""
    person = known.by_mail.get(entry.mail)
    owner = known.by_identity.get(entry.digest)
    if person is None and entry.mail in known.mails:
        words = _("This address signs in a user without a name. Ask the operator to complete it first.")
        return RowError(Column.MAIL, "mail-without-person", words)
    if owner is not None and owner != person:
        words = _(
            "This identity number is registered with another mail address. "
            "Use the address that the person signs in with."
        )
        return RowError(Column.NUMBER, "identity-taken", words)
    if person is None:
        return None
    if entry.name != person.real_name:
        words = _("Another name is registered for this mail address. Compare both with the document.")
        return RowError(Column.NAME, "name-differs", words)
    if entry.digest and person.identity_hash and entry.digest != person.identity_hash:
        words = _("Another identity number is registered for this person. Compare it with the document.")
        return RowError(Column.NUMBER, "identity-differs", words)
    return None


def _brings_something(entry: Entry, person: "Person", place: Membership) -> bool:
    return (
        place.state == MembershipState.WITHDRAWN
        or (bool(entry.employer) and entry.employer != place.employer)
        or (bool(entry.latin_name) and not person.latin_name)
        or (bool(entry.digest) and not person.identity_hash)
    )


def _verdict(number: int, entry: Entry, known: _Known) -> RowPlan:
    conflict = _conflict(entry, known)
    if conflict:
        return RowPlan(number, Action.ERROR, (conflict,), entry)
    person = known.by_mail.get(entry.mail)
    place = known.places.get(person.pk) if person else None
    if person is None or place is None:
        return RowPlan(number, Action.CREATE, (), entry, person)
    action = Action.UPDATE if _brings_something(entry, person, place) else Action.SKIP
    return RowPlan(number, action, (), entry, person, place)


def _nothing_there(row: SheetRow) -> RowPlan:
    words = _("This row is empty and was left out.")
    return RowPlan(row.number, Action.SKIP, (RowError("", "empty-row", words),))


def plan_import(*, cohort: Cohort, sheet: Sheet, now: datetime) -> Plan:
    """The verdict on every row (four queries, whatever the size of the file)."""
    read = {row.number: entry_of(row, level=cohort.level, now=now) for row in sheet.rows if not row.is_empty}
    entries = {number: entry for number, (entry, errors) in read.items() if entry and not errors}
    doubles = _doubles({number: entry for number, (entry, _errors) in read.items() if entry})
    known = _what_is_known(cohort, list(entries.values()))
    plans = []
    for row in sheet.rows:
        if row.is_empty:
            plans.append(_nothing_there(row))
            continue
        entry, errors = read[row.number]
        wrong = (*errors, *doubles.get(row.number, []))
        if wrong or entry is None:
            plans.append(RowPlan(row.number, Action.ERROR, wrong, entry))
        else:
            plans.append(_verdict(row.number, entry, known))
    return Plan(tuple(plans), sheet.unread)
