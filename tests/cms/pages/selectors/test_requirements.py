import pytest
from django.test import Client
from django.utils import translation

from cms.pages.selectors.requirements import requirement_map
from lms.schemes.services.loading import load_scheme
from tests.factories.pages import level_page

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_level_asks_rule_by_rule_with_the_source_of_each_figure(now) -> None:
    load_scheme("ttm-2026-1", now=now)
    found = requirement_map("junior", now)
    assert [arch["label"] for arch in found.arches] == [
        "身份已核验",
        "学时 1",
        "等级考试 60",
        "交易实训 1",
        "贡献积分 5",
    ]
    assert [(rule.title, rule.asks, rule.depth) for rule in found.rules][:4] == [
        ("身份已核验", "必备", 0),
        ("学时", "", 0),
        ("总学时", "1 学时以上", 1),
        ("公共知识学时", "0.5 学时以上", 1),
    ]
    assert {rule.source for rule in found.rules if rule.asks} == {"本方案试行版自定"}


def test_the_same_in_english(now) -> None:
    load_scheme("ttm-2026-1", now=now)
    with translation.override("en"):
        asked = [rule.asks for rule in requirement_map("intermediate", now).rules]
    assert "3 different ones, each with 70 of 100 or more" in asked


def test_courses_practice_and_topics_are_told_as_well(now) -> None:
    load_scheme("ttm-2026-2", now=now)
    found = requirement_map("intermediate", now)
    assert [(rule.title, rule.asks) for rule in found.rules][-5:] == [
        ("实践：三类中满足两类", "下列各项中的 2 项"),
        ("企业走访", "经确认的记录 1 份"),
        ("技术需求", "经确认的记录 1 份"),
        ("供需对接", "经确认的记录 1 份"),
        ("贡献积分", "贡献积分 15 分以上"),
    ]
    assert [(label, len(topics)) for label, topics in found.modules] == [
        ("公共知识", 3),
        ("政策法规", 5),
        ("实务技能", 5),
        ("能力提升", 3),
    ]


def test_three_questions_whatever_the_size_of_the_tree(now, django_assert_num_queries) -> None:
    load_scheme("ttm-2026-2", now=now)
    with django_assert_num_queries(3):
        requirement_map("senior", now)


@pytest.mark.face
def test_before_there_are_rules_the_page_says_so(client: Client, now) -> None:
    assert requirement_map("junior", now) is None
    level_page()
    assert "还没有生效的考核方案。" in client.get("/levels/junior/").text
