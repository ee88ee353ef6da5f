"""Annual activity returns: what the ledger's claims say about a year, one's own returns, and what was handed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from lms.cohorts.selectors.roles import organisations_of
from lms.credits.engine.awarding import split
from lms.credits.enums import READING_ROLES, ClaimState, CreditKind, ReturnState, ShareState
from lms.credits.models import AnnualReturn, ClaimShare
from lms.kernel.levels import LevelCode
from lms.schemes.enums import FactKind
from lms.schemes.selectors.facts import facts_of_kind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

Json = dict[str, Any]
SCHEMA = 1
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Filled:
    """A year as the confirmed claims tell it: figures, contracts, achievements, and the claims they rest on."""

    figures: Json
    contracts: list[Json]
    achievements: list[Json]
    claims: list[str]


def own_part(amount: Decimal, share: ClaimShare) -> Decimal:
    """A person's share of an amount, to the fen: the parts of all who took part come to the whole amount."""
    shares = sorted(share.claim.shares.all(), key=lambda each: each.pk)
    parts = split(amount, [each.percent for each in shares])
    return parts[[each.pk for each in shares].index(share.pk)]


def _amount(fields: Mapping[str, Any], name: str) -> Decimal:
    return Decimal(str(fields.get(name) or NOTHING))


def _contract(share: ClaimShare) -> Json:
    fields = share.claim.fields
    amount, technology = _amount(fields, "amount"), _amount(fields, "technology_amount")
    return {
        "claim": str(share.claim.uid),
        "name": fields.get("name") or share.claim.title,
        "signed_on": fields.get("signed_on") or share.claim.occurred_on.isoformat(),
        "amount": f"{amount:.2f}",
        "technology_amount": f"{technology:.2f}",
        "percent": f"{share.percent:.2f}",
        "own_amount": f"{own_part(amount, share):.2f}",
        "own_technology_amount": f"{own_part(technology, share):.2f}",
    }


def _achievement(share: ClaimShare) -> Json:
    fields = share.claim.fields
    return {
        "claim": str(share.claim.uid),
        "name": fields.get("achievement") or share.claim.title,
        "demand_side": fields.get("demand_side", ""),
        "supply_side": fields.get("supply_side", ""),
        "amount": "0.00",
    }


def _sum(rows: Iterable[Json], name: str) -> str:
    return f"{sum((Decimal(row[name]) for row in rows), NOTHING):.2f}"


def work_of(person_id: int, year: int) -> Filled:
    """What was confirmed of a person's work in a year (two queries).

    Amounts are the person's own share of each contract, so that the returns of partners add up to the contract once.
    """
    shares = list(
        ClaimShare.objects.filter(
            person=person_id,
            state=ShareState.AGREED,
            claim__state=ClaimState.CONFIRMED,
            claim__occurred_on__range=(date(year, 1, 1), date(year, 12, 31)),
        )
        .exclude(claim__kind=CreditKind.VIOLATION)
        .select_related("claim")
        .prefetch_related("claim__shares")
        .order_by("claim__occurred_on", "claim__pk")
    )
    of_kind = {kind: [share for share in shares if share.claim.kind == kind] for kind in CreditKind}
    contracts = [_contract(share) for share in of_kind[CreditKind.CONTRACT]]
    achievements = [_achievement(share) for share in of_kind[CreditKind.MATCH]]
    figures = {
        "registered_amount": _sum(contracts, "own_amount"),
        "registered_count": len(contracts),
        "transaction_amount": _sum(contracts, "own_technology_amount"),
        "benefit": "0.00",
        "achievements_count": len(achievements),
        "achievements_amount": "0.00",
        "events": len(of_kind[CreditKind.EVENT]),
        "demands": len(of_kind[CreditKind.DEMAND]),
    }
    return Filled(figures, contracts, achievements, [str(share.claim.uid) for share in shares])


def level_held(person_id: int) -> str:
    """The highest level of which a certificate was issued to this person and stands (one query)."""
    rows = facts_of_kind(FactKind.CERTIFICATE).filter(person=person_id).values_list("ref").annotate(Sum("value"))
    held = {ref for ref, value in rows.order_by() if value > 0}
    return next((code.value for code in reversed(LevelCode) if code.value in held), "")


def returns_of(user: "User | AnonymousUser") -> "QuerySet[AnnualReturn]":
    """One's own returns, the newest year first."""
    return AnnualReturn.objects.filter(person__user_id=user.pk or 0).select_related("organisation").order_by("-year")


def own_return(user: "User | AnonymousUser", uid: UUID) -> AnnualReturn | None:
    """One of one's own returns (one query)."""
    found = AnnualReturn.objects.filter(person__user_id=user.pk or 0, uid=uid)
    return found.select_related("person__user", "organisation").first()


def return_visible_to(user: "User | AnonymousUser", uid: UUID) -> AnnualReturn | None:
    """A return that `user` may read: one's own, or one that was handed in to an organisation of theirs (one query)."""
    found = AnnualReturn.objects.visible_to(user).filter(uid=uid)
    return found.select_related("person__user", "organisation").first()


def returns_handed_in(user: "User | AnonymousUser", year: int | None = None) -> "QuerySet[AnnualReturn]":
    """What the organisations of `user` were handed, the last to come first."""
    mine = organisations_of(user, *READING_ROLES)
    found = AnnualReturn.objects.filter(state=ReturnState.SUBMITTED, organisation__in=mine)
    if year:
        found = found.filter(year=year)
    return found.select_related("person", "organisation").order_by("-year", "-submitted_at", "-pk")


def years_handed_in(user: "User | AnonymousUser") -> list[int]:
    """The years of what the organisations of `user` were handed, the newest first (one query)."""
    return list(returns_handed_in(user).order_by("-year").values_list("year", flat=True).distinct())
