"""Claiming credits for a piece of work: a draft, what it says, handing it in. One door to all verbs of a claimant."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import ClaimState, ShareState
from lms.credits.models import Claim, ClaimShare
from lms.credits.selectors.claims import label_of, organisations_for
from lms.credits.selectors.origins import claim_of_origin
from lms.kernel.refusals import Conflict, Refusal

from .claim_endings import appeal, discard_claim, withdraw_claim
from .claim_fields import checked, fitting, missing_in
from .claim_files import add_evidence, remove_evidence
from .claim_rules import BeforeTheScheme, WorkAhead, rule_then
from .claim_states import change_state, day_of, locked, locked_editable, touch
from .claim_telling import ask_partners, tell_confirmers
from .shares import WHOLE, all_agreed, answer_share, ask_anew, require_whole, set_shares

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation
    from lms.credits.engine.rules import Rule

__all__ = [
    "BeforeTheScheme",
    "WorkAhead",
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


class CompletionTooLate(Conflict):
    """What came back had a day by which it was wanted."""

    code = "claim-completion-late"
    message = _(
        "The time to complete this claim ended on %(last)s. Withdraw it; the work can be claimed again while its own "
        "time runs."
    )


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
    rules, given = rule_then(organisation.pk, rule, occurred_on, now)
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
    rules, rule = rule_then(held.organisation_id, held.rule, occurred_on, now)
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
    if held.due_on is not None and day_of(now) > held.due_on:
        raise CompletionTooLate(last=held.due_on.isoformat())
    held.rules, rule = rule_then(held.organisation_id, held.rule, held.occurred_on, now)
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
