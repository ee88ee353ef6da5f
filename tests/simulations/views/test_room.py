import re

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache

from simulations.models import AttemptCommand
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.simulations import TO_THE_TABLE, WALK_AWAY, AttemptFactory, play

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def attempt():
    return AttemptFactory()


@pytest.fixture
def player(client, attempt):
    client.force_login(attempt.person.user)
    return client


def _room(attempt) -> str:
    return f"/sim/{attempt.uid}/"


def _send(client, attempt, **fields):
    return client.post(_room(attempt), data={"request_id": "one", **fields})


def _said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_it_shows_stages_gauges_people_and_the_cost_of_every_act(player, attempt) -> None:
    html = player.get(_room(attempt)).content.decode()

    assert html.count('aria-current="step"') == 1
    assert re.search(r"<b>30</b> / 30 天", html)
    assert 'class="face face-chief"' in html
    assert "2 天 · 1 万元" in html
    assert "这边还没有人" in html


def test_a_plain_form_does_one_act_and_leads_back(player, attempt) -> None:
    response = _send(player, attempt, type="act", action="visit")

    assert response.status_code == 302
    assert response["Location"] == f"{_room(attempt)}#main"
    assert "走访" in _said(response)
    assert AttemptCommand.objects.get().body == {"type": "act", "action": "visit"}


def test_a_double_click_is_harmless(player, attempt) -> None:
    for _ in range(2):
        _send(player, attempt, type="act", action="visit")

    assert AttemptCommand.objects.count() == 1


def test_a_refusal_is_said_and_changes_nothing(player, attempt) -> None:
    response = _send(player, attempt, type="advance")

    assert response.status_code == 302
    assert any("选谁" in said for said in _said(response))
    assert attempt.events.count() == 2


@pytest.mark.parametrize("fields", [{"type": "bribe"}, {"type": "act", "request_id": ""}])
def test_an_edited_form_is_answered_in_words(player, attempt, fields) -> None:
    response = _send(player, attempt, **fields)

    assert _said(response) == ["这张表单不完整，什么也没有做。请刷新页面后再试。"]
    assert AttemptCommand.objects.count() == 0


def test_reading_opens_the_paper_on_the_page(player, attempt) -> None:
    play(attempt, {"type": "act", "action": "visit"})
    response = _send(player, attempt, type="read", document="note", request_id="read")

    assert response["Location"] == f"{_room(attempt)}?doc=note#document"
    assert 'class="document-body"' in player.get(f"{_room(attempt)}?doc=note").content.decode()
    assert 'class="document-body"' not in player.get(f"{_room(attempt)}?doc=other").content.decode()


def test_judgements_and_papers_are_plain_forms_too(player, attempt) -> None:
    _send(player, attempt, type="assess", assessment="need", low="150", high="250", basis=" 用量乘二 ")
    _send(player, attempt, type="assess", assessment="partner", value="seller", request_id="two")
    _send(player, attempt, type="advance", request_id="three")
    _send(player, attempt, type="draft", draft="paper", clauses=["price"], request_id="four")

    bodies = [command.body for command in AttemptCommand.objects.order_by("no")]
    assert [command.refused for command in AttemptCommand.objects.all()] == [""] * 4
    assert bodies[0] == {"type": "assess", "assessment": "need", "basis": "用量乘二", "low": 150.0, "high": 250.0}
    assert bodies[3] == {"type": "draft", "draft": "paper", "clauses": ["price"]}


def test_up_to_three_packages_go_out_in_one_form(player, attempt) -> None:
    play(attempt, *TO_THE_TABLE)
    response = _send(
        player,
        attempt,
        type="propose",
        **{"a-price": "40", "a-kind": "strict", "with-b": "1", "b-price": "62.5", "b-kind": "loose", "c-price": "1"},
    )

    assert response["Location"].endswith("#offers")
    assert AttemptCommand.objects.get(request_id="one").body["packages"] == [
        {"price": 40.0, "kind": "strict"},
        {"price": 62.5, "kind": "loose"},
    ]
    html = player.get(_room(attempt)).content.decode()
    assert 'class="rounds"' in html
    assert "第 2 轮 · 拟递出的方案" in html


def test_a_term_out_of_range_is_refused_in_words(player, attempt) -> None:
    play(attempt, *TO_THE_TABLE)
    response = _send(player, attempt, type="propose", **{"a-price": "much", "a-kind": "strict"})

    assert any("方案 1" in said for said in _said(response))
    assert not attempt.events.filter(type="offer-made.1").exists()


def test_the_paper_runs_from_what_one_side_prefers_and_tells_only_what_was_found(player, attempt) -> None:
    play(attempt, *TO_THE_TABLE)
    html = player.get(_room(attempt)).content.decode()

    row = html.split('data-issue="price"')[1].split('data-issue="kind"')[0]
    assert "越低越好" in row
    assert "未知" in row
    assert "range-rev" not in row  # the buyer, on the left, wants it low


def test_an_ended_attempt_leads_to_its_debrief(player, attempt) -> None:
    play(attempt, WALK_AWAY)
    assert player.get(_room(attempt))["Location"] == f"/sim/{attempt.uid}/debrief/"


def test_staff_look_on_without_a_single_form(client, attempt) -> None:
    trainer = PersonFactory().user
    RoleGrantFactory(user=trainer, organisation=attempt.organisation)
    client.force_login(trainer)

    html = client.get(_room(attempt)).content.decode()
    assert 'name="request_id"' not in html
    assert client.post(_room(attempt), data={"request_id": "x", "type": "advance"}).status_code == 403


def test_strangers_find_nothing_and_visitors_are_sent_to_sign_in(client, attempt) -> None:
    assert "/accounts/login/" in client.post(_room(attempt))["Location"]
    client.force_login(PersonFactory().user)
    assert client.get(_room(attempt)).status_code == 404
    assert client.post(_room(attempt), data={"request_id": "x", "type": "advance"}).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_nothing_hidden_stands_in_the_page(player, attempt, prefix) -> None:
    play(attempt, *TO_THE_TABLE, {"type": "propose", "packages": [{"price": 50, "kind": "strict"}]})
    html = player.get(prefix + _room(attempt)).content.decode()

    assert "0.45" not in html
    assert "0.4<" not in html
    for word in ("reservation", "utility", "aspiration", "rubric", "harmful", "卖方看重宽松", "The seller likes it"):
        assert word not in html
    for secret in (attempt.seed, attempt.variant_seed, attempt.scenario_version.content_hash):
        assert str(secret) not in html


def test_every_form_has_a_number_of_its_own(player, attempt) -> None:
    html = player.get(_room(attempt)).content.decode()
    numbers = re.findall(r'name="request_id" value="(\w+)"', html)

    assert len(numbers) > 5
    assert len(set(numbers)) == len(numbers)


def test_the_room_costs_the_same_however_long_it_went_on(player, attempt, django_assert_num_queries) -> None:
    cache.clear()
    with django_assert_num_queries(4):  # session, user, the attempt, its events
        player.get(_room(attempt))
    play(attempt, *TO_THE_TABLE)
    cache.clear()
    with django_assert_num_queries(4):
        player.get(_room(attempt))
