"""Portfolios: one's own, those that wait at a gate, what may stand in one, and what experts came to."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Value, When

from lms.cohorts.selectors.organisations import organisations_training
from lms.cohorts.selectors.roles import organisations_of
from lms.credits.engine.portfolios import PortfolioRules
from lms.credits.enums import READING_ROLES, ClaimState, PortfolioState
from lms.credits.models import Claim, ClaimShare, CreditLine, Portfolio, PortfolioPiece
from lms.credits.models.portfolio import PortfolioQuerySet
from lms.kernel.data_files import parse_yaml
from lms.marking.selectors.outcomes import Settled, outcomes_by_source

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation

RULES = Path(__file__).resolve().parent.parent / "data" / "portfolio-rubric.yaml"
OURS = "credits.portfolio:"
GATES = (PortfolioState.SUBSTANTIVE, PortfolioState.PROCEDURAL)


@cache
def portfolio_rules() -> PortfolioRules:
    """The rubric, the limits and the registrar's list."""
    return PortfolioRules.model_validate(parse_yaml(RULES.read_text(encoding="utf-8")))


def portfolios_of(user: "User | AnonymousUser") -> PortfolioQuerySet:
    """One's own portfolios, the last changed first."""
    found = Portfolio.objects.visible_to(user).filter(person__user_id=user.pk or 0)
    return found.select_related("organisation").order_by("-changed_at", "-pk")


def portfolio_visible_to(user: "User | AnonymousUser", uid: UUID) -> Portfolio | None:
    """One portfolio with its pieces and what happened to it, if `user` may see it (three queries)."""
    pieces = PortfolioPiece.objects.select_related("claim__organisation").order_by("position", "pk")
    return (
        Portfolio.objects.visible_to(user)
        .filter(uid=uid)
        .select_related("person__user", "organisation")
        .prefetch_related("events", Prefetch("pieces", queryset=pieces))
        .first()
    )


def portfolios_at_gates(user: "User | AnonymousUser", state: str = "") -> PortfolioQuerySet:
    """Portfolios handed in where `user` works: those with the registrar first, then with the experts, oldest first."""
    turn = Case(
        When(state=PortfolioState.PROCEDURAL, then=Value(0)),
        When(state=PortfolioState.SUBSTANTIVE, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = Portfolio.objects.filter(organisation__in=organisations_of(user, *READING_ROLES))
    found = found.exclude(state=PortfolioState.DRAFT)
    if state in PortfolioState.values:
        found = found.filter(state=state)
    return found.select_related("person", "organisation").annotate(turn=turn).order_by("turn", "changed_at", "pk")


def claims_to_show(person_id: int) -> QuerySet[Claim]:
    """Confirmed claims in which the person has a share and whose credits stand, the last work first."""
    shares = ClaimShare.objects.filter(claim=OuterRef("pk"), person=person_id)
    return Claim.objects.filter(Exists(shares), state=ClaimState.CONFIRMED).order_by("-occurred_on", "-pk")


def claims_taken_back(portfolio: Portfolio) -> set[int]:
    """Claims of this portfolio whose credits for its person were taken back since (one query)."""
    claims = {f"credits.claim:{piece.claim.uid}": piece.claim_id for piece in portfolio.pieces.all()}
    lines = CreditLine.objects.filter(
        person=portfolio.person_id, evidence__in=claims, reversal_of__isnull=True, reversed_by__isnull=False
    )
    return {claims[evidence] for evidence in lines.values_list("evidence", flat=True)}


def places_for(person: "Person") -> "QuerySet[Organisation]":
    """Where a person may put a portfolio forward: where they have a place, or had work confirmed."""
    confirmed = claims_to_show(person.pk).order_by().values("organisation")
    return organisations_training(person.pk, also=confirmed)


def sources_of(portfolio: Portfolio) -> list[str]:
    """How the marking room knows the portfolio each time that it was handed to experts, oldest first (one query)."""
    times = sum(event.to_state == PortfolioState.SUBSTANTIVE for event in portfolio.events.all())
    return [f"{OURS}{portfolio.uid}:{number}" for number in range(1, times + 1)]


def script_source(portfolio: Portfolio) -> str:
    """How the marking room knows the portfolio as it was last handed to experts."""
    return sources_of(portfolio)[-1]


def expert_outcome(portfolio: Portfolio) -> Settled | None:
    """What the experts came to, if they have (one query)."""
    handed = sources_of(portfolio)[-1:]
    return outcomes_by_source(handed).get(handed[0]) if handed else None
