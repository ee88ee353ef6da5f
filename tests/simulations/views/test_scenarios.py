import pytest
from django.core.cache import cache

from simulations.enums import AttemptState
from simulations.models import Attempt
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.cohorts import MembershipFactory
from tests.factories.simulations import WALK_AWAY, AttemptFactory, ScenarioVersionFactory, play

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def trainee():
    return MembershipFactory().person


def _ended(person, version, count: int) -> None:
    organisation = person.memberships.get().cohort.organisation
    Attempt.objects.bulk_create(
        Attempt(
            person=person,
            organisation=organisation,
            scenario_version=version,
            seed=n,
            variant_seed=n,
            counted=False,
            state=AttemptState.ENDED,
            engine_version="1.0",
            started_at=BEGINNING,
            ended_at=BEGINNING,
        )
        for n in range(count)
    )


def test_the_list_shows_what_is_on_offer_and_how_one_stands(client, trainee) -> None:
    version = ScenarioVersionFactory()
    client.force_login(trainee.user)
    assert "尚未通过" in client.get("/simulations/").content.decode()

    play(AttemptFactory(person=trainee, version=version), WALK_AWAY)
    html = client.get("/simulations/").content.decode()
    assert "目前最好 0 分" in html or "目前最好" in html
    assert "未过线" in html


def test_an_empty_list_says_what_comes_next(client, trainee) -> None:
    client.force_login(trainee.user)
    assert "暂无开放的场景" in client.get("/simulations/").content.decode()


def test_ten_attempts_and_a_thousand_cost_the_same(client, django_assert_num_queries) -> None:
    version = ScenarioVersionFactory()
    few, many = MembershipFactory().person, MembershipFactory().person
    _ended(few, version, 10)
    _ended(many, version, 1000)
    pages = []
    for person in (few, many):
        client.force_login(person.user)
        cache.clear()
        with django_assert_num_queries(14):
            pages.append(client.get("/simulations/").content.decode())

    assert pages[0].count('<th scope="row">') == 10
    assert pages[1].count('<th scope="row">') == 20
    assert "1000" in pages[1]


def test_nobody_sees_the_attempts_of_others(client, trainee) -> None:
    stranger = AttemptFactory()
    client.force_login(trainee.user)
    assert str(stranger.uid) not in client.get("/simulations/").content.decode()


def test_the_briefing_tells_who_what_and_how_it_is_scored(client, trainee) -> None:
    version = ScenarioVersionFactory()
    client.force_login(trainee.user)

    html = client.get(f"/simulations/{version.code}/").content.decode()
    for word in ("需求方", "供给方", "问诊", "谈判", "开局，计入考核", "人物与单位均为虚构"):
        assert word in html
    for word in ("卖方看重宽松", "收受好处", "供给方想要宽松"):
        assert word not in html


def test_an_unknown_scenario_is_not_found(client, trainee) -> None:
    client.force_login(trainee.user)
    assert client.get("/simulations/no-such-case/").status_code == 404
    assert client.post("/simulations/no-such-case/start/").status_code == 404


@pytest.mark.parametrize(("sent", "counted"), [("1", True), ("0", False), ("", False)])
def test_sitting_down_opens_an_attempt_at_ones_base(client, trainee, sent, counted) -> None:
    version = ScenarioVersionFactory()
    client.force_login(trainee.user)

    response = client.post(f"/simulations/{version.code}/start/", data={"counted": sent})

    attempt = Attempt.objects.get()
    assert response["Location"] == f"/sim/{attempt.uid}/"
    assert attempt.counted is counted
    assert attempt.organisation == trainee.memberships.get().cohort.organisation


def test_two_clicks_open_one_attempt(client, trainee) -> None:
    version = ScenarioVersionFactory()
    client.force_login(trainee.user)
    places = {client.post(f"/simulations/{version.code}/start/", data={"counted": "1"})["Location"] for _ in range(2)}
    assert len(places) == 1


def test_without_a_cohort_one_is_told_whom_to_ask(client) -> None:
    version = ScenarioVersionFactory()
    client.force_login(PersonFactory().user)

    response = client.post(f"/simulations/{version.code}/start/", data={"counted": "1"}, follow=True)

    assert response.redirect_chain == [(f"/simulations/{version.code}/", 302)]
    assert "你现在不在任何班次名单上" in response.content.decode()
    assert Attempt.objects.count() == 0
