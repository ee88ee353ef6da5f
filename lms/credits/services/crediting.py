"""From a confirmed claim to lines in the ledger, and back: one line for every share."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse as page

from lms.credits.engine.awarding import NOTHING, Award, base_of, split
from lms.credits.enums import CreditKind, Verification
from lms.credits.models import Claim, ClaimShare, CreditLine
from lms.credits.selectors.lines import credit_lines_of
from lms.credits.selectors.previewing import rest_of
from lms.credits.selectors.rules import table_of
from lms.mailing.services.announcing import announce

from . import contract_numbers
from .claim_fields import measure_of
from .points import post_award
from .reversal import reverse

if TYPE_CHECKING:
    from lms.credits.engine.rules import Rule


@dataclass(frozen=True, slots=True)
class Credited:
    """What one share came to: the line, or none where the cap of the year left nothing."""

    share: ClaimShare
    line: CreditLine | None
    held_back: Decimal

    @property
    def points(self) -> Decimal:
        return self.line.points if self.line else Decimal("0.00")


def source_of(claim: Claim) -> str:
    """How lines name the claim that they come from; a line adds the share to it."""
    return f"credits.claim:{claim.uid}"


def rated(claim: Claim, rule: "Rule") -> Decimal:
    """What the whole work is rated at, before repetition, shares and caps."""
    return base_of(rule, measure_of(rule, claim.fields)).points


def credit_shares(claim: Claim, *, verification: Verification, verifier: str, now: datetime) -> list[Credited]:
    """Post the lines of a claim that is held; the same claim again answers the lines that are there.

    People come in the order of their numbers, so that two claims with the same partners never wait for each other.
    """
    rule = table_of(claim.rules).rule(claim.rule)
    shares = list(claim.shares.select_related("person__user").order_by("person_id"))
    parts = split(rated(claim, rule), [share.percent for share in shares])
    credited = []
    for share, part in zip(shares, parts, strict=True):
        line = post_award(
            person_id=share.person_id,
            organisation_id=claim.organisation_id,
            rules=claim.rules,
            rule=claim.rule,
            measure=measure_of(rule, claim.fields),
            percent=share.percent,
            share=part,
            source=f"{source_of(claim)}:{share.uid}",
            occurred_on=claim.occurred_on,
            evidence=source_of(claim),
            evidence_hash=claim.evidence_hash,
            verifier=verifier,
            verification=verification,
            text=claim.title,
            now=now,
        )
        rated_as: Award | None = getattr(line, "award", None)
        held_back = rated_as.held_back if rated_as else NOTHING if line else rest_of(claim, rule, share, part)
        credited.append(Credited(share, line, held_back))
    return credited


def take_back(claim: Claim, *, reason: str, actor: str, now: datetime) -> list[CreditLine]:
    """Reverse every line of a claim that still stands, give its contract back, and tell whose lines they were."""
    standing = [line for line in credit_lines_of(source_of(claim)) if not hasattr(line, "reversed_by")]
    taken = [reverse(line=line, reason=reason, actor=actor, now=now) for line in standing]
    contract_numbers.release(claim)
    if claim.kind == CreditKind.VIOLATION:
        return taken
    for line in taken:
        announce(
            to=line.person.user,
            kind="credits-taken-back",
            subject_ref=f"credits.claim:{claim.uid}:{line.person_id}:taken-back",
            context={"claim": claim.title, "points": f"{-line.points:.2f}", "reason": reason},
            url=page("credits:statement"),
            organisation=claim.organisation.code,
            now=now,
        )
    return taken
