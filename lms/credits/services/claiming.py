"""Claiming credits for a piece of work: a draft, what it says, handing it in. One door to all verbs of a claimant."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import ClaimState, ShareState
from lms.credits.models import Claim, ClaimShare
from lms.credits.selectors.claims import label_of, organisations_for
from lms.credits.selectors.origins import claim_of_origin
from lms.credits.selectors.rules import rules_for, table_of
from lms.kernel.refusals import Refusal

from .claim_endings import appeal, discard_claim, withdraw_claim
from .claim_fields import checked, fitting, missing_in
from .claim_files import add_evidence, remove_evidence
from .claim_states import change_state, day_of, locked, locked_editable, touch
from .claim_telling import ask_partners, tell_confirmers
from .shares import WHOLE, all_agreed, answer_share, ask_anew, require_whole, set_shares

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation
    from lms.credits.engine.rules import Rule, RuleTable
    from lms.credits.models import CreditRules

__all__ = [
    "add_evidence",
    "answer_share",
    "appeal",
    "begin_claim",
    "discard_claim",
    "hand_in_claim",
    "remove_evidence",
    "set_shares",
    "withdraw_claim",
    "write_claim",
]
LONGEST_TITLE, LONGEST_INTEREST = 120, 500


class NotYourOrganisation(Refusal):
    """Somebody there has to know the person."""

    code = "claim-without-organisation"
    message = _("Choose an organisation at which you study or work; somebody there confirms the claim.")


class NothingToClaim(Refusal):
    """The rules of that day give nothing for it, or nothing that is claimed."""

    code = "no-rule-to-claim-by"
    message = _("The credit rules %(version)s, in force on that day, have nothing to claim under “%(rule)s”.")


class WorkAhead(Refusal):
    """Nobody earns for what has not happened."""

    code = "claim-ahead"
    message = _("Credits are for what has happened, so the day cannot lie ahead.")


class BeforeTheScheme(Refusal):
    """Older than the rules."""

    code = "claim-before-scheme"
    message = _("The credit scheme counts work from %(first)s on; the day lies before it.")


class ClaimTooLate(Refusal):
    """Too long ago to be checked."""

    code = "claim-too-late"
    message = _("Work is claimed within %(days)s days; for this day the time ended on %(last)s.")


class ClaimWithoutTitle(Refusal):
    code = "claim-without-title"
    message = _("Give the claim a title, so that you and others find it again.")


class ClaimIncomplete(Refusal):
    """A draft may have gaps, a claim may not."""

    code = "claim-incomplete"
    message = _("Something is still missing: %(fields)s.")


class EvidenceMissing(Refusal):
    """Somebody has to be able to check it."""

    code = "claim-evidence-missing"
    message = _("This rule asks for at least %(least)s files that prove the claim; there are %(there)s.")


class InterestUndeclared(Refusal):
    """One of both: none, or which."""

    code = "interest-undeclared"
    message = _(
        "Declare your interest: tick that there is none, or describe it. One of both, not neither and not both."
    )


@transaction.atomic
def begin_claim(
    *,
    person: "Person",
    organisation: "Organisation",
    rule: str,
    title: str,
    occurred_on: date,
    now: datetime,
    origin: str = "",
    fields: Mapping[str, Any] | None = None,
) -> Claim:
    """Begin a draft under the rules of the day of the work; nobody else sees it before it is handed in.

    `origin` names a record of a room above from which the claim is filled; that room answers for the record, and for
    the organisation that knows the person. The same origin again answers the claim that is there.
    """
    there = claim_of_origin(person.pk, origin)
    if there is not None:
        return there
    if not origin and not organisations_for(person).filter(pk=organisation.pk).exists():
        raise NotYourOrganisation
    rules, given = _rule_then(organisation.pk, rule, occurred_on, now)
    claim = Claim(
        person=person,
        organisation=organisation,
        rules=rules,
        rule=given.code,
        kind=given.kind,
        title=_title(title),
        occurred_on=occurred_on,
        fields=fitting(given, fields or {}, today=day_of(now)),
        origin=origin,
        created_at=now,
        changed_at=now,
    )
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError:
        there = claim_of_origin(person.pk, origin)
        if there is None:
            raise
        return there
    ClaimShare.objects.create(claim=claim, person=person, percent=WHOLE, state=ShareState.AGREED, answered_at=now)
    return claim


@transaction.atomic
def write_claim(
    *,
    claim: Claim,
    title: str,
    occurred_on: date,
    fields: Mapping[str, Any],
    interest: str,
    no_interest: bool,
    revision: int,
    now: datetime,
) -> Claim:
    """Keep what is written so far; gaps are allowed, wrong values are not. Whoever agreed before is asked anew."""
    held = locked_editable(claim, revision)
    rules, rule = _rule_then(held.organisation_id, held.rule, occurred_on, now)
    written: dict[str, Any] = {
        "title": _title(title),
        "occurred_on": occurred_on,
        "fields": checked(rule, fields, today=day_of(now)),
        "interest": interest.strip()[:LONGEST_INTEREST],
        "no_interest": no_interest,
        "rules": rules,
    }
    changed = tuple(name for name, value in written.items() if getattr(held, name) != value)
    if not changed:
        return held
    for name, value in written.items():
        setattr(held, name, value)
    if {"title", "occurred_on", "fields"} & set(changed):
        ask_anew(held, now=now)
    return touch(held, now=now, fields=changed)


@transaction.atomic
def hand_in_claim(*, claim: Claim, actor: str, revision: int, now: datetime) -> Claim:
    """Hand the claim to its organisation, if nothing is missing; co-contributors are asked, then confirmers are told.

    The same call again answers the claim that was handed in.
    """
    there = locked(claim)
    if there.state == ClaimState.SUBMITTED and there.revision == revision + 1:
        return there
    held = locked_editable(claim, revision)
    held.rules, rule = _rule_then(held.organisation_id, held.rule, held.occurred_on, now)
    _require_whole(held, rule)
    held.shares.filter(state=ShareState.DECLINED).update(state=ShareState.ASKED, reason="", answered_at=None)
    held.round += 1
    held.submitted_at = now
    held.save(update_fields=["rules"])
    change_state(held, ClaimState.SUBMITTED, actor, "", now)
    ask_partners(held, now=now)
    if all_agreed(held):
        tell_confirmers(held, now=now)
    return held


def _title(title: str) -> str:
    kept = title.strip()[:LONGEST_TITLE]
    if not kept:
        raise ClaimWithoutTitle
    return kept


def _rule_then(organisation_id: int, code: str, occurred_on: date, now: datetime) -> "tuple[CreditRules, Rule]":
    """The rules of the day and the one that is meant, while work of that day can be claimed."""
    today = day_of(now)
    if occurred_on > today:
        raise WorkAhead
    rules = rules_for(organisation_id=organisation_id, on=occurred_on)
    table = table_of(rules)
    rule = _claimable(table, code)
    # Where the rules of that day knew no claims yet, those of today say since when there are some.
    first = (table if rule else table_of(rules_for(organisation_id=organisation_id, on=today))).no_earlier_than
    if occurred_on < first:
        raise BeforeTheScheme(first=first.isoformat())
    if rule is None:
        raise NothingToClaim(version=rules.code, rule=code)
    last = last_day_for(table, occurred_on)
    if today > last:
        raise ClaimTooLate(days=table.claims.days_to_hand_in, last=last.isoformat())
    return rules, rule


def _claimable(table: "RuleTable", code: str) -> "Rule | None":
    return next((rule for rule in table.rules if rule.code == code and rule.by == "claim"), None)


def last_day_for(table: "RuleTable", occurred_on: date) -> date:
    """Until when work of that day can be handed in."""
    return occurred_on + timedelta(days=table.claims.days_to_hand_in)


def _require_whole(claim: Claim, rule: "Rule") -> None:
    missing = missing_in(rule, claim.fields)
    if missing:
        raise ClaimIncomplete(fields=", ".join(label_of(field) for field in missing))
    files = claim.evidence.filter(file__isnull=False).count()
    if files < rule.files:
        raise EvidenceMissing(least=rule.files, there=files)
    if claim.no_interest == bool(claim.interest):
        raise InterestUndeclared
    require_whole(list(claim.shares.values_list("percent", flat=True)))
