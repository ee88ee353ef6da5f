import re
from decimal import Decimal

import pytest
from django.core.cache import cache

from simulations.services.reviewing import comment, confirm, override
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.simulations import TO_THE_TABLE, WALK_AWAY, AttemptFactory, play

pytestmark = [pytest.mark.face, pytest.mark.django_db]

OFFERS = (
    {"type": "propose", "packages": [{"price": 10, "kind": "strict"}]},
    {"type": "propose", "packages": [{"price": 45, "kind": "loose"}, {"price": 60, "kind": "loose"}]},
)
PAPER = {"type": "draft", "draft": "paper", "clauses": ["price", "tie"]}
GIFT = {"type": "act", "action": "gift"}


def _debrief(attempt, prefix="") -> str:
    return f"{prefix}/sim/{attempt.uid}/debrief/"


@pytest.fixture
def ended():
    attempt = AttemptFactory()
    play(attempt, GIFT, *TO_THE_TABLE, *OFFERS, PAPER, WALK_AWAY)
    return attempt


@pytest.fixture
def page(client, ended) -> str:
    client.force_login(ended.person.user)
    return client.get(_debrief(ended)).content.decode()


def test_before_the_end_there_is_only_the_room(client) -> None:
    attempt = AttemptFactory()
    client.force_login(attempt.person.user)
    assert client.get(_debrief(attempt))["Location"] == f"/sim/{attempt.uid}/"


def test_the_verdict_shows_score_band_and_pass_line(page, ended) -> None:
    run = ended.scores.get()
    assert f"<b>{round(run.total)}</b>" in page
    assert 'class="sb-band"' in page
    assert "过线 70" in page
    assert "没有通过，过线为 70" in page


def test_a_crossed_red_line_leads_to_its_moment(page) -> None:
    link = re.search(r'收受好处，总分最高 40 · <a href="#(event-\d+)">', page)
    assert link
    assert f'id="{link.group(1)}"' in page


def test_the_plot_has_words_and_a_table_with_the_same_packages(page) -> None:
    assert page.count("需求方的离席线为") == 3  # both drawings say it, and the caption shows it
    discs = re.findall(r'class="pz-n"[^>]*>(\w+)<', page.split("chart-640")[0])
    assert discs == ["1", "2A", "2B"]
    assert re.findall(r'<a href="#event-\d+">(\d[AB]?)</a></th>', page) == discs


def test_every_point_leads_to_a_moment_that_stands_on_the_page(page) -> None:
    wanted = set(re.findall(r'href="#(event-\d+)"', page))
    assert len(wanted) > 3
    assert {each for each in wanted if f'id="{each}"' not in page} == set()


def test_missed_clues_are_told_with_their_place_and_price(page) -> None:
    assert "供给方想要宽松" in page
    assert "问供给方 · 1 天，信任须过 55" in page


def test_papers_are_gone_through_line_by_line(page) -> None:
    assert "必备 1 条，写了 1 条，有害 1 条" in page
    assert page.count('class="is-right"') == 1
    assert page.count('class="is-wrong"') == 1


def test_drawings_carry_classes_and_no_colours(page) -> None:
    drawn = "".join(re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL))
    assert 'class="pz-front"' in drawn
    assert "style=" not in page
    assert re.search(r'(fill|stroke)="#', drawn) is None


def test_one_may_begin_anew_and_staff_may_not(client, ended) -> None:
    client.force_login(ended.person.user)
    assert "换一组数字，计入考核" in client.get(_debrief(ended)).content.decode()

    trainer = PersonFactory().user
    RoleGrantFactory(user=trainer, organisation=ended.organisation)
    client.force_login(trainer)
    seen = client.get(_debrief(ended))
    assert seen.status_code == 200
    assert "换一组数字，计入考核" not in seen.content.decode()


def test_a_walk_out_at_once_has_a_debrief_too(client) -> None:
    attempt = AttemptFactory()
    play(attempt, WALK_AWAY)
    client.force_login(attempt.person.user)

    html = client.get(_debrief(attempt, "/en")).content.decode()
    assert "No deal was struck." in html
    assert "No package was put forward." in html


def test_the_way_to_a_judgement_names_clues_found_and_missed(page) -> None:
    judged = page.split('id="judged-title"')[1].split("</section>")[0]

    assert "判断的路径" in judged
    assert "找到：" in judged
    assert "年用量" in judged


def test_the_band_says_that_it_was_agreed_and_not_measured(page) -> None:
    assert "±12，是各案通用的约定值，本案尚未测得" in page
    assert "按模拟玩家校准" in page


def test_the_class_median_stays_hidden_under_five_attempts(client, ended) -> None:
    client.force_login(ended.person.user)
    version, base = ended.scenario_version, ended.organisation
    for _ in range(3):
        play(AttemptFactory(version=version, organisation=base), WALK_AWAY)
    play(AttemptFactory(version=version), WALK_AWAY)  # another base
    assert "本基地有五次以上完结的实训后" in client.get(_debrief(ended)).content.decode()

    play(AttemptFactory(version=version, organisation=base), WALK_AWAY)
    html = client.get(_debrief(ended)).content.decode()
    assert "同班中位数，5 次" in html
    assert '<th scope="col" class="n">同班</th>' in html


def test_the_tactic_of_the_other_side_is_told(page) -> None:
    assert "它的谈法：" in page


def test_the_debrief_takes_few_queries(client, ended, django_assert_num_queries) -> None:
    client.force_login(ended.person.user)
    cache.clear()
    with django_assert_num_queries(
        17
    ):  # session, user, attempt, score, events twice, class, playtest, pilot, remarks, scores, appeals, the frame
        client.get(_debrief(ended))


def test_remarks_and_both_scores_stand_in_the_debrief_with_the_way_to_an_appeal(client, ended, clock) -> None:
    reviewer = PersonFactory().user
    RoleGrantFactory(user=reviewer, organisation=ended.organisation)
    client.force_login(ended.person.user)
    assert f"/sim/{ended.uid}/appeal/" not in client.get(_debrief(ended)).content.decode()  # the week is long over

    comment(attempt=ended, event_seq=3, text="先问再谈", by=reviewer, now=clock.at)
    line = next(each for each in ended.scores.get().parts["items"] if each["points"] != each["max"])
    row = override(
        attempt=ended, points={line["id"]: Decimal(line["max"])}, reason="规则读漏", made_by=reviewer, now=clock.at
    )
    second = PersonFactory().user
    RoleGrantFactory(user=second, organisation=ended.organisation)
    confirm(override=row, decided_by=second, now=clock.at)
    page = client.get(_debrief(ended)).content.decode()
    said = page.split('id="said"')[1].split("</section>")[0]
    assert "先问再谈" in said
    assert "规则读漏" in said
    assert said.count("<tr>") == 3  # the head, the first score, and the corrected one
    assert f"/sim/{ended.uid}/appeal/" in said
