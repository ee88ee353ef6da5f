"""Field practice: one's own records, those that wait for a supervisor, and what a record says in words."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When
from django.utils.translation import gettext as _

from courses.enums import PracticeKind, PracticeState
from courses.models import Enrolment, PracticeEvidence, PracticeRecord
from courses.models.practice import PracticeQuerySet
from lms.cohorts.selectors.organisations import organisations_training
from lms.cohorts.selectors.roles import organisations_of
from lms.credits.selectors.origins import claim_of_origin

from .discussion import TEACHING
from .practice_fields import CHOICE, DAY, MONEY, RECORD, Field, fields_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.utils.functional import Promise

    from lms.accounts.models import User
    from lms.cohorts.models import Organisation
    from lms.credits.models import Claim


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a record: words, a day, or another record."""

    label: "str | Promise"
    text: str = ""
    day: date | None = None
    record: PracticeRecord | None = None


def practice_of(user: "User | AnonymousUser") -> PracticeQuerySet:
    """One's own records, the last to happen first."""
    return PracticeRecord.objects.visible_to(user).filter(person__user_id=user.pk or 0).select_related("organisation")


def practice_visible_to(user: "User | AnonymousUser", uid: UUID) -> PracticeRecord | None:
    """One record with its files and what happened to it, if `user` may see it (three queries)."""
    return (
        PracticeRecord.objects.visible_to(user)
        .filter(uid=uid)
        .select_related("person__user", "organisation", "supervisor")
        .prefetch_related("events", Prefetch("evidence", queryset=PracticeEvidence.objects.select_related("file")))
        .first()
    )


def practice_to_judge(user: "User | AnonymousUser", state: str = "", kind: str = "") -> PracticeQuerySet:
    """What was handed in at the bases for which `user` teaches: what waits first and oldest first, then the rest."""
    waits = Case(When(state=PracticeState.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = PracticeRecord.objects.filter(organisation__in=organisations_of(user, *TEACHING))
    found = found.exclude(state=PracticeState.DRAFT)
    if state in PracticeState.values:
        found = found.filter(state=state)
    if kind in PracticeKind.values:
        found = found.filter(kind=kind)
    return found.select_related("person", "organisation").annotate(waits=waits).order_by("waits", "changed_at", "pk")


def evidence_visible_to(user: "User | AnonymousUser", uid: UUID) -> PracticeEvidence | None:
    """One file of a record that `user` may see, if it is still there."""
    return (
        PracticeEvidence.objects.filter(uid=uid, file__isnull=False, record__in=PracticeRecord.objects.visible_to(user))
        .select_related("file", "record__person", "record__organisation")
        .first()
    )


def bases_for_practice(person_id: int) -> "QuerySet[Organisation]":
    """Where somebody could sign a record of this person off: where they have a place or study a course."""
    studying = Enrolment.objects.live().filter(person=person_id).values("organisation")
    return organisations_training(person_id, also=studying)


def records_to_link(person_id: int, kinds: tuple[PracticeKind, ...]) -> PracticeQuerySet:
    """The person's own records of these kinds that a later one can name as the link before it."""
    found = PracticeRecord.objects.filter(person=person_id, kind__in=kinds)
    return found.exclude(state=PracticeState.REFUSED)


def origin_of(record: PracticeRecord) -> str:
    """What a credit claim calls the record that it was filled from."""
    return f"courses.practice:{record.uid}"


def claim_on(record: PracticeRecord) -> "Claim | None":
    """The credit claim that stands for this record, if there is one (one query)."""
    return claim_of_origin(record.person_id, origin_of(record))


def said_in(record: PracticeRecord) -> list[Said]:
    """What a record says, line by line, as far as it is filled in (one query where it names other records)."""
    asked = fields_of(record.kind)
    uids = [record.fields[each.name] for each in asked if each.value == RECORD and record.fields.get(each.name)]
    linked = {str(row.uid): row for row in PracticeRecord.objects.filter(uid__in=uids)} if uids else {}
    return [_said(each, record.fields[each.name], linked) for each in asked if record.fields.get(each.name)]


def _said(field: Field, value: str, linked: dict[str, PracticeRecord]) -> Said:
    if field.value == DAY:
        return Said(field.label, day=date.fromisoformat(value))
    if field.value == RECORD:
        return Said(field.label, record=linked.get(value), text=_("no longer there"))
    if field.value == CHOICE:
        return Said(field.label, str(dict(field.choices).get(value, value)))
    if field.value == MONEY:
        return Said(field.label, in_thousands(value))
    return Said(field.label, value)


def in_thousands(amount: str) -> str:
    """An amount as people read it: 1,200,000.00."""
    whole, point, part = amount.partition(".")
    return f"{int(whole):,}{point}{part}"
