"""People of confirmed contracts, to be taken into a reward calculation by somebody who may read the claim."""

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from uuid import UUID

from lms.credits.engine.pools.plans import HUNDRED, MOST_MONEY, MOST_PEOPLE, Sharer
from lms.credits.enums import ClaimState, CreditKind
from lms.credits.models import Claim

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from lms.accounts.models import User

MOST_OFFERED = 20
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a calculation takes from a claim; each person weighs what their share of the points is."""

    title: str
    value: Decimal | None
    staff: tuple[Sharer, ...]


def claims_to_take(user: "User | AnonymousUser") -> "QuerySet[Claim]":
    """Confirmed contracts that the reader may see, the newest first."""
    confirmed = Claim.objects.visible_to(user).filter(state=ClaimState.CONFIRMED, kind=CreditKind.CONTRACT)
    return confirmed.order_by("-occurred_on", "-pk")[:MOST_OFFERED]


def taken_from(user: "User | AnonymousUser", uid: str) -> Taken | None:
    """What one of these claims gives; nothing for an address that is none of them (two queries)."""
    try:
        number = UUID(uid)
    except ValueError:
        return None
    visible = Claim.objects.visible_to(user).filter(state=ClaimState.CONFIRMED, kind=CreditKind.CONTRACT)
    claim = visible.prefetch_related("shares__person").filter(uid=number).first()
    if claim is None:
        return None
    shares = list(claim.shares.all())[:MOST_PEOPLE]
    rated = claim.rated or HUNDRED
    staff = (Sharer(each.person.real_name, (rated * each.percent / HUNDRED).quantize(HUNDREDTH)) for each in shares)
    return Taken(claim.title, _amount(claim), tuple(staff))


def _amount(claim: Claim) -> Decimal | None:
    """The amount of the contract as it was claimed, if the rule asked for one."""
    with suppress(InvalidOperation):
        amount = Decimal(str(claim.fields.get("amount", "")))
        if amount.is_finite() and 0 < amount <= MOST_MONEY:
            return amount
    return None
