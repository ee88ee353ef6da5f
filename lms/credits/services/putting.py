"""What an organisation puts into the book itself: a claim by a rule of the desk, written by staff about somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import ClaimState, CreditKind, ShareState
from lms.credits.models import Claim, ClaimShare
from lms.credits.policies import can_confirm_at
from lms.credits.selectors.claims import label_of
from lms.credits.selectors.rules import rules_for, table_of
from lms.kernel.refusals import Conflict, NotAllowed, Refusal

from .claim_fields import checked, missing_in
from .claim_states import change_state, day_of
from .claiming import LONGEST_TITLE, BeforeTheScheme, ClaimIncomplete, ClaimWithoutTitle, WorkAhead
from .judging import actor_of
from .shares import WHOLE

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation
    from lms.credits.engine.rules import Rule
    from lms.credits.models import CreditRules


class NotYoursToWrite(NotAllowed):
    """Only who decides at the organisation writes, and nobody about themselves."""

    code = "credits-not-yours-to-write"
    message = _("Who decides about claims at the organisation writes this, and nobody about themselves.")


class NotByTheDesk(Refusal):
    """Rules that people claim by are not written by an organisation."""

    code = "rule-not-by-the-desk"
    message = _("The credit rules %(version)s, in force on that day, do not let an organisation write “%(rule)s”.")


class WrittenBefore(Conflict):
    """The same page was sent twice, with something else the second time."""

    code = "credits-written-before"
    message = _("This page was sent already, with other words. Open it anew before you write another entry.")


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody at an organisation writes about a person's work, or about what the person did wrong."""

    person: "Person"
    organisation: "Organisation"
    rule: str
    title: str
    occurred_on: date
    fields: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def put(*, entry: Entry, user: "User", request_id: UUID, violation: bool, now: datetime) -> tuple[Claim, bool]:
    """A claim that waits for confirmation, and whether it is new; the same `request_id` answers what is there."""
    if not can_confirm_at(user, entry.organisation.pk) or entry.person.user_id == user.pk:
        raise NotYoursToWrite
    there = Claim.objects.filter(uid=request_id).first()
    if there:
        return _the_same(there, entry), False
    rules, rule = _rule_of(entry, violation, now)
    claim = Claim(
        uid=request_id,
        person=entry.person,
        organisation=entry.organisation,
        rules=rules,
        rule=rule.code,
        kind=CreditKind(rule.kind),
        title=_title(entry.title),
        occurred_on=entry.occurred_on,
        fields=_fields(rule, entry, now),
        no_interest=True,
        created_at=now,
        changed_at=now,
    )
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError:
        return _the_same(Claim.objects.get(uid=request_id), entry), False
    share = {"percent": WHOLE, "state": ShareState.AGREED, "answered_at": now}
    ClaimShare.objects.create(claim=claim, person=entry.person, **share)
    claim.round, claim.submitted_at = 1, now
    change_state(claim, ClaimState.SUBMITTED, actor_of(user), "", now)
    return claim, True


def _the_same(claim: Claim, entry: Entry) -> Claim:
    if (claim.person_id, claim.rule, claim.occurred_on) != (entry.person.pk, entry.rule, entry.occurred_on):
        raise WrittenBefore
    return claim


def _rule_of(entry: Entry, violation: bool, now: datetime) -> "tuple[CreditRules, Rule]":
    if entry.occurred_on > day_of(now):
        raise WorkAhead
    rules = rules_for(organisation_id=entry.organisation.pk, on=entry.occurred_on)
    table = table_of(rules)
    if entry.occurred_on < table.no_earlier_than:
        raise BeforeTheScheme(first=table.no_earlier_than.isoformat())
    rule = next((rule for rule in table.rules if rule.code == entry.rule), None)
    if rule is None or rule.by != "desk" or (rule.kind == CreditKind.VIOLATION) is not violation:
        raise NotByTheDesk(version=rules.code, rule=entry.rule)
    return rules, rule


def _title(title: str) -> str:
    kept = title.strip()[:LONGEST_TITLE]
    if not kept:
        raise ClaimWithoutTitle
    return kept


def _fields(rule: "Rule", entry: Entry, now: datetime) -> dict[str, str]:
    fields = checked(rule, entry.fields, today=day_of(now))
    missing = missing_in(rule, fields)
    if missing:
        raise ClaimIncomplete(fields=", ".join(label_of(each) for each in missing))
    return fields
