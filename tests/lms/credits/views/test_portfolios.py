import pytest
from django.urls import reverse

from lms.credits.enums import PortfolioState
from lms.credits.models import Portfolio
from lms.credits.selectors.portfolios import claims_to_show, portfolio_rules
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.portfolios import OVERVIEW, hand_in, let_experts_judge, make_portfolio, make_registrar
from tests.factories.schemes import LevelFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def rules(clock):
    return LevelFactory()


def _form(portfolio, **changed):
    said = {"title": portfolio.title, "overview": portfolio.overview, "revision": portfolio.revision}
    for claim in claims_to_show(portfolio.person_id):
        said |= {f"piece-{claim.pk}": "on", f"words-{claim.pk}": "本人负责"}
    return {**said, **changed}


def test_a_person_writes_and_hands_in_a_portfolio(client):
    portfolio = make_portfolio(OrganisationFactory())
    client.force_login(portfolio.person.user)
    page = reverse("credits:portfolio", args=[portfolio.uid])

    client.post(page, _form(portfolio, title="改过的题目", save="1"))
    portfolio.refresh_from_db()
    assert (portfolio.title, portfolio.state) == ("改过的题目", PortfolioState.DRAFT)

    client.post(page, _form(portfolio, hand_in="1"))
    portfolio.refresh_from_db()
    assert portfolio.state == PortfolioState.SUBSTANTIVE


def test_what_was_written_in_an_older_window_stays_on_the_page(client):
    portfolio = make_portfolio(OrganisationFactory())
    client.force_login(portfolio.person.user)
    old = _form(portfolio, overview="第二个窗口里写的" + OVERVIEW, save="1")
    client.post(reverse("credits:portfolio", args=[portfolio.uid]), _form(portfolio, save="1"))

    answer = client.post(reverse("credits:portfolio", args=[portfolio.uid]), old)

    assert answer.status_code == 409
    assert "第二个窗口里写的" in answer.content.decode()
    portfolio.refresh_from_db()
    assert "第二个窗口" not in portfolio.overview
    again = {**old, "revision": answer.context["form"]["revision"].value()}
    assert client.post(reverse("credits:portfolio", args=[portfolio.uid]), again).status_code == 302


def test_the_registrar_recognises_on_the_page(client):
    base = OrganisationFactory()
    portfolio = hand_in(make_portfolio(base))
    let_experts_judge(portfolio)
    client.force_login(make_registrar(base))
    page = reverse("credits:portfolio-review", args=[portfolio.uid])

    partly = client.post(page, {"act": "recognise", "checked": ["identity"]})
    assert partly.status_code == 400

    client.post(page, {"act": "recognise", "checked": [check.id for check in portfolio_rules().registrar]})
    portfolio.refresh_from_db()
    assert portfolio.state == PortfolioState.RECOGNISED


def test_the_desk_asks_as_much_for_many_as_for_one(client, django_assert_num_queries):
    base = OrganisationFactory()
    make_registrar(base)
    hand_in(make_portfolio(base))
    reader, second = make_registrar(base), make_registrar(base)
    client.force_login(reader)
    client.get(reverse("credits:portfolio-desk"))
    client.force_login(second)
    with django_assert_num_queries(8):
        assert len(client.get(reverse("credits:portfolio-desk")).context["page"].object_list) == 1

    rows = [
        Portfolio(
            person=PersonFactory(),
            organisation=base,
            level="junior",
            title=f"业绩 {number}",
            state=PortfolioState.PROCEDURAL,
            created_at=rows_at,
            changed_at=rows_at,
        )
        for number, rows_at in enumerate([Portfolio.objects.get().created_at] * 40)
    ]
    Portfolio.objects.bulk_create(rows)
    with django_assert_num_queries(8):
        assert len(client.get(reverse("credits:portfolio-desk")).context["page"].object_list) == 20
