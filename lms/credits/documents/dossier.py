"""The title dossier (职称材料): confirmed work by stage, with amounts, parts, shares, and what proves it."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import translation

from lms.credits.enums import CreditKind, PaperKind, Verification
from lms.credits.selectors.papers import achievements_of, given_by_claim, rule_name
from lms.credits.selectors.returns import own_part
from lms.kernel.beijing import BEIJING

from .papers import Json, common

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.credits.models import ClaimShare

# Kinds whose claims name an amount of money.
WITH_AMOUNT = (CreditKind.CONTRACT, CreditKind.FINANCING)
NOTHING = Decimal("0.00")


def dossier_payload(person: "Person", *, language: str, on: date) -> Json:
    """Everything that the dossier prints, by stage of work."""
    shares = achievements_of(person.pk)
    given = given_by_claim(person.pk, [share.claim.uid for share in shares])
    with translation.override(language):
        stages = [_stage(kind, [share for share in shares if share.claim.kind == kind], given) for kind in CreditKind]
    shown = [stage for stage in stages if stage["works"]]
    return {
        **common(person, PaperKind.DOSSIER, language, on),
        "stages": shown,
        "works": len(shares),
        "points": f"{sum((Decimal(stage['points']) for stage in shown), NOTHING):.2f}",
        "lines": [],
    }


def _stage(kind: CreditKind, shares: "list[ClaimShare]", given: dict[str, Any]) -> Json:
    works = [_work(share, given) for share in shares]
    amounts = [work for work in works if work["amount"]]
    return {
        "kind": kind.value,
        "label": str(kind.label),
        "works": works,
        "points": f"{sum((Decimal(work['points']) for work in works), NOTHING):.2f}",
        "amount": f"{sum((Decimal(work['amount']) for work in amounts), NOTHING):.2f}" if amounts else "",
        "own_amount": f"{sum((Decimal(work['own_amount']) for work in amounts), NOTHING):.2f}" if amounts else "",
    }


def _work(share: "ClaimShare", given: dict[str, Any]) -> Json:
    claim = share.claim
    points, verification = given.get(f"credits.claim:{claim.uid}", (NOTHING, ""))
    amount = Decimal(str(claim.fields.get("amount") or 0)) if claim.kind in WITH_AMOUNT else NOTHING
    confirmed = [each for each in claim.confirmations.all() if each.round == claim.round]
    return {
        "title": claim.title,
        "rule": rule_name(claim.rules.code, claim.rule),
        "on": claim.occurred_on.isoformat(),
        "organisation": claim.organisation.local_name,
        "number": claim.fields.get("registration_number", ""),
        "amount": f"{amount:.2f}" if amount else "",
        "own_amount": f"{own_part(amount, share):.2f}" if amount else "",
        "percent": f"{share.percent:.2f}",
        "part": share.part or claim.fields.get("own_part", ""),
        "points": f"{points:.2f}",
        "verification": str(Verification(verification).label) if verification else "",
        "confirmers": len(confirmed),
        "confirmed_on": confirmed[-1].at.astimezone(BEIJING).date().isoformat() if confirmed else "",
        "evidence": [{"name": each.name, "sha256": each.sha256} for each in claim.evidence.all()],
    }
