import pytest

from lms.credits.enums import PortfolioState
from lms.credits.models import Portfolio
from lms.credits.selectors.portfolios import claims_to_show
from lms.credits.services.portfolios import (
    NoAttemptLeft,
    NotYourPlace,
    PieceUnknown,
    PortfolioChanged,
    PortfolioDone,
    PortfolioIncomplete,
    PortfolioOpen,
    PortfolioSettled,
    begin_portfolio,
    discard_portfolio,
    write_portfolio,
)
from lms.kernel.levels import LevelCode
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import MembershipFactory, OrganisationFactory
from tests.factories.portfolios import OVERVIEW, hand_in, make_confirmed_claim, make_portfolio
from tests.factories.schemes import LevelFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def rules():
    return LevelFactory()


def _begin(person, organisation):
    return begin_portfolio(person=person, organisation=organisation, level=LevelCode.JUNIOR, title="业绩", now=NOON)


def test_a_portfolio_is_put_forward_only_where_somebody_knows_the_person():
    membership = MembershipFactory()
    assert _begin(membership.person, membership.cohort.organisation).state == PortfolioState.DRAFT

    with pytest.raises(NotYourPlace):
        _begin(PersonFactory(), OrganisationFactory())


def test_one_portfolio_for_a_level_at_a_time():
    portfolio = make_portfolio(OrganisationFactory())

    with pytest.raises(PortfolioOpen):
        _begin(portfolio.person, portfolio.organisation)


def test_after_two_refusals_or_a_recognition_there_is_no_further_portfolio():
    portfolio = make_portfolio(OrganisationFactory())
    Portfolio.objects.filter(pk=portfolio.pk).update(state=PortfolioState.REFUSED)
    second = _begin(portfolio.person, portfolio.organisation)
    assert second.attempt == 2

    Portfolio.objects.filter(pk=second.pk).update(state=PortfolioState.REFUSED)
    with pytest.raises(NoAttemptLeft):
        _begin(portfolio.person, portfolio.organisation)

    Portfolio.objects.filter(pk=second.pk).update(state=PortfolioState.RECOGNISED)
    with pytest.raises(PortfolioDone):
        _begin(portfolio.person, portfolio.organisation)


def test_pieces_are_ones_own_confirmed_claims_in_their_order():
    base = OrganisationFactory()
    portfolio = make_portfolio(base, pieces=3)
    mine = list(claims_to_show(portfolio.person_id))
    chosen = {mine[2].pk: "第一项", mine[0].pk: "第二项"}

    kept = write_portfolio(
        portfolio=portfolio, title="新题", overview=OVERVIEW, pieces=chosen, revision=portfolio.revision, now=NOON
    )

    assert [(piece.claim_id, piece.words) for piece in kept.pieces.all()] == list(chosen.items())
    foreign = make_confirmed_claim(PersonFactory(), base)
    with pytest.raises(PieceUnknown):
        write_portfolio(
            portfolio=kept, title="题", overview="", pieces={foreign.pk: ""}, revision=kept.revision, now=NOON
        )


def test_a_page_opened_before_another_change_overwrites_nothing():
    portfolio = make_portfolio(OrganisationFactory())

    with pytest.raises(PortfolioChanged):
        write_portfolio(
            portfolio=portfolio, title="旧页", overview="", pieces={}, revision=portfolio.revision - 1, now=NOON
        )

    portfolio.refresh_from_db()
    assert (portfolio.title, portfolio.pieces.count()) == ("三年业绩", 3)


@pytest.mark.parametrize(("overview", "pieces"), [("太短", 3), ("字" * 3001, 3), (OVERVIEW, 2)])
def test_what_experts_could_not_judge_is_not_handed_in(overview, pieces):
    portfolio = make_portfolio(OrganisationFactory(), pieces=pieces)
    chosen = {claim.pk: "" for claim in claims_to_show(portfolio.person_id)}
    portfolio = write_portfolio(
        portfolio=portfolio, title="题", overview=overview, pieces=chosen, revision=portfolio.revision, now=NOON
    )

    with pytest.raises(PortfolioIncomplete):
        hand_in(portfolio)

    portfolio.refresh_from_db()
    assert (portfolio.state, portfolio.events.count()) == (PortfolioState.DRAFT, 0)


def test_what_is_with_the_experts_is_neither_changed_nor_thrown_away():
    portfolio = hand_in(make_portfolio(OrganisationFactory()))

    with pytest.raises(PortfolioSettled):
        write_portfolio(portfolio=portfolio, title="题", overview="", pieces={}, revision=portfolio.revision, now=NOON)
    with pytest.raises(PortfolioSettled):
        discard_portfolio(portfolio=portfolio)


def test_a_draft_is_thrown_away_with_its_pieces():
    portfolio = make_portfolio(OrganisationFactory())

    discard_portfolio(portfolio=portfolio)

    assert not Portfolio.objects.exists()
