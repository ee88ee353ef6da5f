"""The states of a claim: who holds it, how it moves, and what exactly was confirmed."""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import EDITABLE_STATES, HOLDING_STATES, ClaimState
from lms.credits.models import Claim, ClaimEvent
from lms.credits.selectors.rules import table_of
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict
from lms.records.services import encryption

from . import contract_numbers

if TYPE_CHECKING:
    from lms.credits.engine.rules import RuleTable

MOVED = ("state", "due_on", "submitted_at", "round", "rated", "evidence_hash", "revision", "changed_at")
PURPOSE = "credits.evidence"
LONGEST_REASON = 500


class ClaimSettled(Conflict):
    """Handed in, decided or withdrawn, perhaps in another tab."""

    code = "claim-settled"
    message = _("This claim can no longer be changed: %(state)s.")


class ClaimChanged(Conflict):
    """The page was opened before another change."""

    code = "claim-changed"
    message = _("This claim was changed elsewhere after the page was opened. What you typed is still here; compare it.")


def locked(claim: Claim) -> Claim:
    """The claim as it stands, for this transaction alone."""
    held = Claim.objects.select_for_update(of=("self",)).select_related("person__user", "organisation", "rules")
    return held.get(pk=claim.pk)


def locked_editable(claim: Claim, revision: int) -> Claim:
    """The claim for this transaction alone, while its owner may change it and has seen its last change."""
    held = locked(claim)
    if held.state not in EDITABLE_STATES:
        raise ClaimSettled(state=held.get_state_display())
    if held.revision != revision:
        raise ClaimChanged
    return held


def touch(claim: Claim, *, now: datetime, fields: tuple[str, ...] = ()) -> Claim:
    """Save `fields` of a locked claim, and let pages that were opened before know it."""
    claim.revision += 1
    claim.changed_at = now
    claim.save(update_fields=[*fields, "revision", "changed_at"])
    return claim


@transaction.atomic
def change_state(
    claim: Claim, to: ClaimState, actor: str, reason: str, now: datetime, due_on: date | None = None
) -> ClaimEvent:
    """Move a locked claim and write down from where, to where, by whom and why.

    The contract number is held or given back as the new state asks, and `due_on` is reckoned from the rules unless
    it is given. What the caller set before (`rated`, `evidence_hash`, `round`, `submitted_at`) is saved with it.
    """
    table = table_of(claim.rules)
    before, claim.state = claim.state, to
    claim.due_on = due_on or _due_on(claim, table, now)
    claim.revision += 1
    claim.changed_at = now
    claim.save(update_fields=MOVED)
    if to in HOLDING_STATES and table.rule(claim.rule).unique_number:
        contract_numbers.take(claim, now=now)
    else:
        contract_numbers.release(claim)
    return ClaimEvent.objects.create(
        claim=claim, from_state=before, to_state=to, actor=actor, reason=reason.strip()[:LONGEST_REASON], at=now
    )


def _due_on(claim: Claim, table: "RuleTable", now: datetime) -> date | None:
    terms = table.claims
    days = {
        ClaimState.SUBMITTED: terms.days_to_answer,
        ClaimState.APPEALED: terms.days_to_answer,
        ClaimState.RETURNED: terms.days_to_complete,
        ClaimState.REJECTED: terms.days_to_appeal,
    }.get(ClaimState(claim.state))
    return None if days is None else day_of(now) + timedelta(days=days)


def day_of(now: datetime) -> date:
    """The day in Beijing."""
    return now.astimezone(BEIJING).date()


def evidence_hash_of(claim: Claim) -> str:
    """One hash over what is claimed: rule, day, words, shares and files.

    Salted with what only this platform can reckon, so that nobody finds a contract number or a name by trying.
    """
    return sha256(json.dumps(_said(claim), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _said(claim: Claim) -> dict[str, Any]:
    shares = claim.shares.values_list("person__uid", "percent", "part")
    return {
        "salt": encryption.blind_hash(str(claim.uid), purpose=PURPOSE),
        "claim": str(claim.uid),
        "organisation": claim.organisation_id,
        "rule": claim.rule,
        "title": claim.title,
        "occurred_on": claim.occurred_on.isoformat(),
        "fields": claim.fields,
        "interest": claim.interest,
        "no_interest": claim.no_interest,
        "shares": sorted([str(uid), f"{percent:.2f}", part] for uid, percent, part in shares),
        "files": sorted(claim.evidence.filter(file__isnull=False).values_list("sha256", flat=True)),
    }
