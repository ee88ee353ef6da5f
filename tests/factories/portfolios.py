"""Portfolios and the confirmed claims that stand in them."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from lms.accounts.models import Person, User
from lms.cohorts.enums import Role
from lms.cohorts.models import Organisation
from lms.credits.enums import ClaimState, CreditKind, ShareState
from lms.credits.models import Claim, ClaimShare, Portfolio
from lms.credits.selectors.portfolios import claims_to_show, portfolio_rules, script_source
from lms.credits.selectors.rules import rules_for
from lms.credits.services.portfolio_gates import hand_in_portfolio
from lms.credits.services.portfolios import begin_portfolio, write_portfolio
from lms.kernel.levels import LevelCode
from lms.marking.models import Script
from lms.marking.services.marking import put_mark
from lms.marking.services.rounds import add_marker
from tests.conftest import NOON

from .accounts import PersonFactory
from .cohorts import RoleGrantFactory

_numbers = count(1)
OVERVIEW = "三年间完成多项技术许可与转让，从需求走访到合同登记都由本人负责。" * 20


def make_confirmed_claim(person: Person, organisation: Organisation, **given: Any) -> Claim:
    """A claim that was confirmed long ago, the person's own to the whole."""
    number = next(_numbers)
    claim = Claim.objects.create(
        person=person,
        organisation=organisation,
        rules=rules_for(organisation_id=organisation.pk, on=NOON.date()),
        **{
            "rule": "contract-registered",
            "kind": CreditKind.CONTRACT,
            "title": f"第 {number} 份许可合同",
            "occurred_on": NOON.date() - timedelta(days=30 + number % 300),
            "state": ClaimState.CONFIRMED,
            "round": 1,
            "rated": Decimal("6.00"),
            "evidence_hash": "1" * 64,
            "submitted_at": NOON,
            "created_at": NOON,
            "changed_at": NOON,
            **given,
        },
    )
    ClaimShare.objects.create(claim=claim, person=person, percent=100, state=ShareState.AGREED, answered_at=NOON)
    return claim


def make_portfolio(organisation: Organisation, person: Person | None = None, *, pieces: int = 3) -> Portfolio:
    """A draft with an overview and confirmed pieces."""
    person = person or PersonFactory()
    for _piece in range(pieces):
        make_confirmed_claim(person, organisation)
    begun = begin_portfolio(
        person=person, organisation=organisation, level=LevelCode.JUNIOR, title="三年业绩", now=NOON
    )
    chosen = {claim.pk: "本人负责全过程" for claim in claims_to_show(person.pk)}
    return write_portfolio(
        portfolio=begun, title="三年业绩", overview=OVERVIEW, pieces=chosen, revision=begun.revision, now=NOON
    )


def hand_in(portfolio: Portfolio) -> Portfolio:
    """The same, with the experts."""
    return hand_in_portfolio(portfolio=portfolio, actor=portfolio.person.user, now=NOON)


def let_experts_judge(portfolio: Portfolio, *, share: str = "1") -> list[User]:
    """Two experts give every criterion this share of its points."""
    script = Script.objects.select_related("round").get(source=script_source(portfolio))
    experts = []
    for _expert in range(2):
        user = PersonFactory().user
        RoleGrantFactory(user=user, organisation=portfolio.organisation, role=Role.MARKER)
        add_marker(round=script.round, user=user, now=NOON)
        experts.append(user)
    points = {
        criterion.id: f"{(Decimal(share) * criterion.max).normalize():f}" for criterion in portfolio_rules().criteria
    }
    for allocation in script.allocations.order_by("place"):
        put_mark(allocation=allocation, criteria=points, comment="按细则评分", now=NOON)
    return experts


def make_registrar(organisation: Organisation) -> User:
    """Somebody who checks papers there."""
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=organisation, role=Role.CERTIFIER)
    return user
