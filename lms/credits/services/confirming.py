"""Confirming claims: by one person or two, one or many; what is confirmed is posted in the same transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import ClaimState, CreditKind, Verification
from lms.credits.models import Claim, Confirmation
from lms.credits.policies import can_confirm
from lms.credits.selectors.lines import credit_lines_of
from lms.credits.selectors.rules import table_of
from lms.kernel.refusals import Conflict, Refusal
from lms.mailing.services.announcing import announce

from .appealing import decide_appeal
from .claim_states import change_state, day_of, evidence_hash_of, locked, touch
from .claim_telling import tell_confirmers
from .crediting import Credited, credit_shares, rated, source_of
from .judging import (
    LEVELS,
    NotYoursToConfirm,
    actor_of,
    levels_for,
    pass_on,
    reject_claim,
    require_waiting,
    return_claim,
    write_down,
)
from .shares import all_agreed

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.engine.rules import Rule, RuleTable
    from lms.credits.models import CreditLine

__all__ = [
    "confirm_claim",
    "confirm_many",
    "decide_appeal",
    "pass_on",
    "reject_claim",
    "return_claim",
]
LONGEST_WORDS = 300


class SharesOpen(Conflict):
    """Somebody has not said yet whether the share is theirs."""

    code = "claim-shares-open"
    message = _("Not everybody who is named in “%(claim)s” has agreed to their share yet.")


class LevelTooHigh(Refusal):
    """The evidence that the rule asks for does not carry it."""

    code = "claim-level-too-high"
    message = _("“%(claim)s” can be vouched for as “%(strongest)s” at most; that is all its evidence carries.")


class EvidenceGone(Conflict):
    """The files that the rule asks for are no longer all there."""

    code = "claim-files-gone"
    message = _("Files that “%(claim)s” rests on are no longer there. Return it, so that they are handed in again.")


class FirstSawSomethingElse(Conflict):
    """The second of two confirms what the first confirmed, or nothing."""

    code = "claim-first-saw-else"
    message = _("What the first of two people confirmed in “%(claim)s” has changed since. Return the claim.")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What confirming came to: lines, or that a second person is still needed."""

    claim: Claim
    lines: tuple["CreditLine", ...] = ()
    waits_for_second: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """One claim of many, as it was looked at."""

    claim: Claim
    revision: int
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one claim of many: confirmed, or why not."""

    claim: Claim
    confirmed: Confirmed | None = None
    refusal: Refusal | None = None


def needs_two(claim: Claim, table: "RuleTable", points: Decimal) -> bool:
    """Whether two people have to confirm: from the rules' threshold on, where somebody declared an interest, and where
    points are lost.
    """
    return abs(points) >= table.claims.two_people_from or bool(claim.interest) or claim.kind == CreditKind.VIOLATION


@transaction.atomic
def confirm_claim(
    *,
    claim: Claim,
    user: "User",
    verification: str,
    words: str = "",
    revision: int,
    now: datetime,
    seen: str = "",
) -> Confirmed:
    """Vouch for a claim; when nobody else is needed, post one line for every share and settle it, all or nothing.

    `revision` and `seen` (the hash of fields, shares and files) are those of the page that was looked at. The same
    call again answers what it answered before.
    """
    held = locked(claim)
    before = _confirmed_before(held, user)
    if before:
        return before
    evidence_hash = evidence_hash_of(held)
    require_waiting(held, revision, seen, evidence_hash)
    if not can_confirm(user, held):
        raise NotYoursToConfirm(claim=held.title)
    table = table_of(held.rules)
    rule = table.rule(held.rule)
    _require_sound(held, rule, Verification(verification))
    first = _first_of_two(held, evidence_hash)
    mine = Confirmation.objects.create(
        claim=held,
        round=held.round,
        user=user,
        verification=verification,
        evidence_hash=evidence_hash,
        words=words.strip()[:LONGEST_WORDS],
        at=now,
    )
    write_down(held, "vouched-for", user, now=now, level=str(verification), evidence=evidence_hash)
    points = rated(held, rule)
    if first is None and needs_two(held, table, points):
        touch(held, now=now)
        if held.kind != CreditKind.VIOLATION:
            tell_confirmers(held, now=now)
        return Confirmed(held, waits_for_second=True)
    return _settle(held, [each for each in (first, mine) if each], points, evidence_hash, now)


def confirm_many(
    *, chosen: Iterable[Chosen], user: "User", verification: str, words: str = "", now: datetime
) -> list[Result]:
    """Confirm many, each in its own transaction and as well as its own rule allows up to `verification`.

    What stands in the way of one is told with it and stops none of the others.
    """
    results = []
    for each in chosen:
        try:
            confirmed = confirm_claim(
                claim=each.claim,
                user=user,
                verification=_at_most(each.claim, Verification(verification)),
                words=words,
                revision=each.revision,
                seen=each.seen,
                now=now,
            )
        except Refusal as refusal:
            results.append(Result(each.claim, refusal=refusal))
        else:
            results.append(Result(each.claim, confirmed))
    return results


def _at_most(claim: Claim, verification: Verification) -> Verification:
    levels = levels_for(table_of(claim.rules).rule(claim.rule))
    return verification if verification in levels else levels[-1]


def _confirmed_before(claim: Claim, user: "User") -> Confirmed | None:
    """What the same person's confirmation of this round came to, if there was one."""
    if not claim.confirmations.filter(round=claim.round, user=user).exists():
        return None
    if claim.state == ClaimState.CONFIRMED:
        return Confirmed(claim, tuple(credit_lines_of(source_of(claim))))
    return Confirmed(claim, waits_for_second=True) if claim.state == ClaimState.SUBMITTED else None


def _first_of_two(claim: Claim, evidence_hash: str) -> Confirmation | None:
    first = claim.confirmations.filter(round=claim.round).order_by("pk").first()
    if first and first.evidence_hash != evidence_hash:
        raise FirstSawSomethingElse(claim=claim.title)
    return first


def _require_sound(claim: Claim, rule: "Rule", verification: Verification) -> None:
    if not all_agreed(claim):
        raise SharesOpen(claim=claim.title)
    if claim.evidence.filter(file__isnull=False).count() < rule.files:
        raise EvidenceGone(claim=claim.title)
    levels = levels_for(rule)
    if verification not in levels:
        raise LevelTooHigh(claim=claim.title, strongest=levels[-1].label)


def _settle(
    claim: Claim, confirmations: list[Confirmation], points: Decimal, evidence_hash: str, now: datetime
) -> Confirmed:
    """Post and settle: the line is vouched for as well as the weaker of the confirmations does."""
    claim.rated, claim.evidence_hash = abs(points), evidence_hash
    weakest = min((Verification(each.verification) for each in confirmations), key=LEVELS.index)
    verifier = "+".join(actor_of(each.user) for each in confirmations)
    credited = credit_shares(claim, verification=weakest, verifier=verifier, now=now)
    change_state(claim, ClaimState.CONFIRMED, actor_of(confirmations[-1].user), "", now)
    write_down(claim, "confirmed", confirmations[-1].user, now=now, lines=sum(1 for each in credited if each.line))
    for each in credited:
        _tell(claim, each, now)
    return Confirmed(claim, tuple(each.line for each in credited if each.line))


def _tell(claim: Claim, credited: Credited, now: datetime) -> None:
    """Whoever has a share: what it came to. What an organisation granted or took away is told in its own words."""
    table, base = table_of(claim.rules), claim.organisation
    points = f"{abs(credited.points):.2f}"
    context: dict[str, object] = {"claim": claim.title, "points": points}
    if claim.kind == CreditKind.VIOLATION:
        kind, url = "violation-confirmed", reverse("credits:violation", args=[claim.uid])
        last = _appeal_until(table, now)
        context = {"violation": claim.title, "points": points, "day": {"on": last}}
    elif table.rule(claim.rule).by == "desk":
        kind, url = "credits-granted", reverse("credits:statement")
        context["organisation"] = {"zh": base.name, "en": base.name_en}
    else:
        kind, url = "claim-confirmed", reverse("credits:statement")
        context["held_back"] = f"{credited.held_back:.2f}" if credited.held_back else ""
    announce(
        to=credited.share.person.user,
        kind=kind,
        subject_ref=f"credits.claim:{claim.uid}:{credited.share.uid}:{claim.round}",
        context=context,
        url=url,
        organisation=base.code,
        now=now,
    )


def _appeal_until(table: "RuleTable", confirmed_at: datetime) -> str:
    """Until when somebody may appeal about what was decided at that moment."""
    return (day_of(confirmed_at) + timedelta(days=table.claims.days_to_appeal)).isoformat()
