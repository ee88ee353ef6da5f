from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client

from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact
from lms.schemes.services.loading import load_scheme
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def _visit(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def _fact(person, kind: FactKind, ref: str, value: str, now, number: int = 0) -> None:
    source = f"test:{person.pk}:{kind}:{ref}:{number}"
    record_fact(person_id=person.pk, kind=kind, ref=ref, value=Decimal(value), source=source, occurred_at=now, now=now)


@pytest.mark.parametrize("number", [10, 1000])
def test_the_map_of_ones_own_level_asks_the_same_number_of_questions(
    number: int, clock, now, django_assert_num_queries
) -> None:
    cohort = CohortFactory(scheme_version=load_scheme("ttm-2026-2", now=now), level="junior")
    people = [MembershipFactory(cohort=cohort).person for _each in range(2)]
    for line in range(number):
        _fact(people[1], FactKind.CLASS_HOURS, "public-knowledge", "0.02", now, line)
    _visit(people[0]).get("/me/level/junior/")
    client = _visit(people[1])
    cache.clear()
    with django_assert_num_queries(8):
        page = client.get("/me/level/junior/").text
    assert "按你所在班次的规则" in page


def test_every_rule_says_its_state_why_and_leads_to_one_place(clock, now) -> None:
    load_scheme("ttm-2026-2", now=now)
    person = PersonFactory()
    _fact(person, FactKind.IDENTITY, "resident", "1", now)
    _fact(person, FactKind.PRACTICE, "visit", "1", now)
    page = _visit(person).get("/en/me/level/intermediate/")
    rules = {rule.code: rule for rule in page.context["map"].rules}
    assert {code: str(rule.state) for code, rule in rules.items()} == {
        "identity": "done",
        "prior-certificate": "not-started",
        "class-hours": "not-started",
        "course": "blocked",
        "exam": "blocked",
        "simulation": "not-started",
        "practice": "doing",
        "contribution": "not-started",
    }
    assert rules["exam"].first == (
        "The scheme puts this first: A valid junior technology broker certificate, "
        "The course “Practice of the intermediate technology broker”."
    )
    assert rules["exam"].act_url == rules["prior-certificate"].act_url == "/en/me/level/junior/"
    assert (rules["practice"].reached, rules["practice"].required) == ("1", "2")
    assert rules["practice"].of == "2 of these suffice"
    assert rules["practice"].act_url == "/en/me/practice/"
    assert [rule.act_url for rule in rules.values() if rule.done] == [""]


def test_topics_carry_hours_or_say_that_there_is_no_figure(clock, now) -> None:
    load_scheme("ttm-2026-2", now=now)
    page = _visit(PersonFactory()).get("/me/level/junior/").text
    assert "按平台已发布课时申报" in page
    assert "暂不设数" in page
    assert "2026.2 版" in page


def test_before_there_are_rules_the_map_says_so_and_a_strange_level_is_not_found(clock) -> None:
    client = _visit(PersonFactory())
    assert "还没有生效的考核方案。" in client.get("/me/level/junior/").text
    assert client.get("/me/level/master/").status_code == 404
