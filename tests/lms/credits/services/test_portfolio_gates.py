from decimal import Decimal

import pytest

from lms.credits.enums import PortfolioState
from lms.credits.models import Portfolio
from lms.credits.selectors.portfolios import claims_to_show, portfolio_rules
from lms.credits.services.portfolio_gates import (
    ChecksMissing,
    MayNotRegister,
    NotAtThisGate,
    PortfolioReason,
    recognise_portfolio,
    send_portfolio_back,
)
from lms.credits.services.portfolios import write_portfolio
from lms.mailing.models import Notice
from lms.marking.models import Script
from lms.schemes.enums import FactKind
from lms.schemes.models import RequirementFact
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.portfolios import OVERVIEW, hand_in, let_experts_judge, make_portfolio, make_registrar
from tests.factories.schemes import LevelFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]
EVERYTHING = [check.id for check in portfolio_rules().registrar]


@pytest.fixture(autouse=True)
def rules():
    return LevelFactory()


def _at_registrar(base):
    portfolio = hand_in(make_portfolio(base))
    let_experts_judge(portfolio)
    portfolio.refresh_from_db()
    return portfolio


def test_experts_read_the_work_without_the_name():
    portfolio = hand_in(make_portfolio(OrganisationFactory()))

    script = Script.objects.get(source=f"credits.portfolio:{portfolio.uid}:1")

    assert portfolio.overview in script.text
    assert all(piece.claim.title in script.text for piece in portfolio.pieces.all())
    assert portfolio.person.real_name not in script.text + str(script.prompt)


def test_what_experts_pass_goes_to_the_registrar_and_no_further():
    portfolio = _at_registrar(OrganisationFactory())

    assert (portfolio.state, portfolio.points, portfolio.of_points) == (PortfolioState.PROCEDURAL, 100, 100)
    assert not RequirementFact.objects.exists()


def test_what_experts_do_not_pass_is_not_recognised():
    portfolio = hand_in(make_portfolio(OrganisationFactory()))

    let_experts_judge(portfolio, share="0.5")

    portfolio.refresh_from_db()
    assert (portfolio.state, portfolio.points) == (PortfolioState.REFUSED, Decimal(50))
    assert Notice.objects.filter(user_id=portfolio.person.user_id, kind="portfolio-decided").count() == 1


def test_recognised_is_what_both_gates_pass_and_it_counts_for_the_level():
    portfolio = _at_registrar(base := OrganisationFactory())

    done = recognise_portfolio(portfolio=portfolio, checked=EVERYTHING, user=make_registrar(base), now=NOON)

    assert done.state == PortfolioState.RECOGNISED
    fact = RequirementFact.objects.get()
    assert (fact.person_id, fact.kind, fact.ref, fact.value) == (
        portfolio.person_id,
        FactKind.PORTFOLIO,
        "junior",
        Decimal(100),
    )


def test_one_open_point_of_the_list_stops_recognition():
    portfolio = _at_registrar(base := OrganisationFactory())

    with pytest.raises(ChecksMissing):
        recognise_portfolio(portfolio=portfolio, checked=EVERYTHING[1:], user=make_registrar(base), now=NOON)

    assert Portfolio.objects.get().state == PortfolioState.PROCEDURAL


def test_nobody_registers_own_work_or_what_they_marked_or_from_elsewhere():
    base = OrganisationFactory()
    portfolio = hand_in(make_portfolio(base))
    experts = let_experts_judge(portfolio)
    for user in (experts[0], portfolio.person.user):
        RoleGrantFactory(user=user, organisation=base, role="certifier")

    for user in (experts[0], portfolio.person.user, make_registrar(OrganisationFactory()), PersonFactory().user):
        with pytest.raises(MayNotRegister):
            recognise_portfolio(portfolio=portfolio, checked=EVERYTHING, user=user, now=NOON)


def test_deciding_twice_is_refused():
    portfolio = _at_registrar(base := OrganisationFactory())
    registrar = make_registrar(base)
    recognise_portfolio(portfolio=portfolio, checked=EVERYTHING, user=registrar, now=NOON)

    with pytest.raises(NotAtThisGate):
        recognise_portfolio(portfolio=portfolio, checked=EVERYTHING, user=registrar, now=NOON)

    assert RequirementFact.objects.count() == 1


def test_sent_back_without_a_reason_is_refused():
    portfolio = _at_registrar(base := OrganisationFactory())

    with pytest.raises(PortfolioReason):
        send_portfolio_back(portfolio=portfolio, checked=[], reason="  ", user=make_registrar(base), now=NOON)


def test_what_comes_back_unchanged_goes_straight_to_the_registrar_and_what_was_changed_to_experts():
    base = OrganisationFactory()
    registrar = make_registrar(base)
    portfolio = _at_registrar(base)
    returned = send_portfolio_back(
        portfolio=portfolio, checked=EVERYTHING[1:], reason="身份核验材料过期", user=registrar, now=NOON
    )
    assert returned.events.last().checked == {**dict.fromkeys(EVERYTHING[1:], True), EVERYTHING[0]: False}

    assert hand_in(returned).state == PortfolioState.PROCEDURAL

    again = send_portfolio_back(portfolio=returned, checked=[], reason="请补充", user=registrar, now=NOON)
    pieces = {claim.pk: "改写" for claim in claims_to_show(again.person_id)}
    changed = write_portfolio(
        portfolio=again, title="三年业绩", overview=OVERVIEW, pieces=pieces, revision=again.revision, now=NOON
    )
    assert hand_in(changed).state == PortfolioState.SUBSTANTIVE
    assert Script.objects.filter(source=f"credits.portfolio:{portfolio.uid}:2").exists()


def test_the_registrar_may_refuse_for_good():
    portfolio = _at_registrar(base := OrganisationFactory())

    refused = send_portfolio_back(
        portfolio=portfolio, checked=[], reason="材料不实", user=make_registrar(base), now=NOON, refuse=True
    )

    assert refused.state == PortfolioState.REFUSED
    assert not RequirementFact.objects.exists()
