import re

import pytest
from django.core.cache import cache

from simulations.engine.apply import fold
from simulations.models import AttemptCommand
from simulations.selectors.history import as_event
from simulations.selectors.tables import table_view
from simulations.views.paper import paper
from simulations.views.sides import seats
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


def _act(html: str, action: str) -> str:
    """The part of the page that belongs to one act."""
    return html.split(f'data-key="act-{action}"')[1].split("data-key=", maxsplit=1)[0]


def test_it_shows_stages_gauges_people_and_the_cost_of_every_act(player, attempt) -> None:
    html = player.get(_room(attempt)).content.decode()

    assert html.count('aria-current="step"') == 1
    assert re.search(r"<b>30</b> / 30 天", html)
    assert 'class="face face-chief"' in html
    assert "2 天 · 1 万元" in html
    assert "这边还没有人" in html


def test_a_plain_form_does_one_act_and_leads_back_to_its_place(player, attempt) -> None:
    response = _send(player, attempt, type="act", action="visit")

    assert response.status_code == 302
    assert response["Location"] == f"{_room(attempt)}#at-act-visit"
    assert AttemptCommand.objects.get().body == {"type": "act", "action": "visit"}

    html = player.get(_room(attempt)).content.decode()
    latest = html.split("data-latest")[1].split("</div>")[0]
    assert "走访" in latest
    assert re.search(r"[23] 天 · 1 万元", latest)  # it may rain for a day
    assert "+5" in _act(html, "visit")


def test_what_an_act_found_stands_beside_it_with_its_grade_in_the_notebook(player, attempt) -> None:
    play(attempt, {"type": "act", "action": "visit"}, {"type": "read", "document": "note"})
    html = player.get(_room(attempt)).content.decode()
    notebook = html.split('class="notebook"')[1].split("</section>")[0]

    assert 'data-grade="record"' in notebook
    assert "书面记录" in notebook
    assert f'href="{_room(attempt)}papers/note/"' in notebook


def test_the_notebook_is_filtered_without_script(player, attempt) -> None:
    play(attempt, {"type": "act", "action": "visit"}, {"type": "read", "document": "note"})
    all_of_them = player.get(_room(attempt)).content.decode()
    none_of_them = player.get(f"{_room(attempt)}?grade=law").content.decode()

    assert "data-grade" in all_of_them
    assert re.search(r'data-grade="record" hidden', all_of_them) is None
    assert re.search(r'data-grade="record" hidden', none_of_them)


def test_a_double_click_is_harmless(player, attempt) -> None:
    for _ in range(2):
        _send(player, attempt, type="act", action="visit")

    assert AttemptCommand.objects.count() == 1


def test_a_refusal_is_said_where_it_was_clicked_and_changes_nothing(player, attempt) -> None:
    response = _send(player, attempt, type="advance")
    form = response.content.decode().split('id="onward-form"')[1].split("</form>")[0]

    assert response.status_code == 409
    assert "选谁" in form.split('class="refused" role="alert"')[1]
    assert response.content.decode().count('role="alert"') == 1
    assert attempt.events.count() == 2


def test_a_refusal_of_an_act_stands_in_its_own_form(player, attempt) -> None:
    html = _send(player, attempt, type="act", action="visit", option="by-night").content.decode()

    assert "by-night" in _act(html, "visit").split('class="refused"')[1]


@pytest.mark.parametrize("fields", [{"type": "bribe"}, {"type": "act", "request_id": ""}])
def test_an_edited_form_is_answered_in_words(player, attempt, fields) -> None:
    response = _send(player, attempt, **fields)

    assert response.status_code == 400
    assert "这张表单不完整，什么也没有做。请刷新页面后再试。" in response.content.decode()
    assert AttemptCommand.objects.count() == 0


def test_a_paper_has_a_page_of_its_own_once_it_was_opened(player, attempt) -> None:
    play(attempt, {"type": "act", "action": "visit"})
    page = f"{_room(attempt)}papers/note/"
    assert player.get(page).status_code == 404

    response = _send(player, attempt, type="read", document="note", request_id="read")

    assert response["Location"] == page
    html = player.get(page).content.decode()
    assert 'class="sheetpaper sheetpaper-record"' in html
    assert "正文：" in html
    assert player.get(f"{_room(attempt)}papers/other/").status_code == 404


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

    paper = response.content.decode().split('id="paper-form"')[1].split("</form>")[0]
    assert "方案 1" in paper.split('class="refused"')[1]
    assert not attempt.events.filter(type="offer-made.1").exists()


def test_own_figures_rows_and_clues_travel_with_a_judgement(player, attempt) -> None:
    _send(
        player,
        attempt,
        type="assess",
        assessment="need",
        low="1",
        high="2",
        evidence=["f_volume", "f_price"],
        **{
            "row-owner": "risk",
            "row-fees": "",
            "fig-sales-likely": "12",
            "fig-sales-high": "20",
            "fig-rate-likely": "",
        },
    )

    body = AttemptCommand.objects.get().body
    assert body["evidence"] == ["f_volume", "f_price"]
    assert body["rows"] == {"owner": "risk"}
    assert body["figures"] == {"sales": [12.0, 12.0, 20.0]}


def test_a_paper_in_own_words_is_sent_as_it_was_written(player, attempt) -> None:
    _send(player, attempt, type="write", paper="memo", text="一、价格\r\n二、期限 ")

    assert AttemptCommand.objects.get().body == {"type": "write", "paper": "memo", "text": "一、价格\n二、期限"}


def test_a_counter_package_is_laid_on_the_paper_without_script(player, attempt) -> None:
    play(attempt, *TO_THE_TABLE, {"type": "propose", "packages": [{"price": 50, "kind": "strict"}]})
    answer = attempt.events.get(type="offer-answered.1", data__party="seller")
    answer.data["counter"] = {"price": 85, "kind": "loose"}
    rows = [answer if row.pk == answer.pk else row for row in attempt.events.all()]
    view = table_view(attempt, fold([as_event(row) for row in rows]))

    laid = paper(view, seats(view, {"buyer": "chief", "seller": "lab"}), take="1-seller")

    assert laid
    assert [issue.control.value for issue in laid.packages[0].issues] == ["85", "loose"]
    assert [issue.control.value for issue in laid.packages[1].issues] == ["50", "strict"]


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
