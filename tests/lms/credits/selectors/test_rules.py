from datetime import date, timedelta
from decimal import Decimal

import pytest

from lms.credits.models import CreditRules
from lms.credits.selectors.rules import (
    NoCreditRules,
    NoSuchRules,
    published_rules,
    rules_by_code,
    rules_for,
    shipped_table,
    table_by_code,
    table_for,
    table_of,
)
from tests.factories.cohorts import OrganisationFactory
from tests.factories.credit_rules import published
from tests.factories.schemes import SchemeFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

SUMMER, DAY = date(2026, 6, 1), timedelta(1)


def test_the_first_question_lays_the_shipped_rules_down_once():
    SchemeFactory()
    rules = rules_for(organisation_id=None, on=SUMMER)
    assert rules_for(organisation_id=None, on=SUMMER) == rules
    assert list(CreditRules.objects.order_by("code").values_list("code", "state")) == [
        ("2026.1", "published"),
        ("2026.2", "published"),
    ]
    assert table_of(rules) == shipped_table("2026-2")


def test_without_a_scheme_what_the_platform_measures_is_rated_all_the_same():
    with pytest.raises(NoCreditRules):
        rules_for(organisation_id=None, on=SUMMER)
    assert table_for(organisation_id=7, on=SUMMER).rule("exam-passed").points == Decimal("2.00")
    assert CreditRules.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2019, 1, 1), "2026.1"),
        (date(2025, 12, 31), "2026.1"),
        (date(2026, 1, 1), "2026.2"),
        (date(2031, 1, 1), "2026.2"),
    ],
)
@pytest.mark.parametrize("laid", [True, False])
def test_a_day_is_rated_by_the_version_in_force_on_it(day: date, version: str, *, laid: bool):
    if laid:
        SchemeFactory()
        assert rules_for(organisation_id=None, on=day).code == version
    assert table_for(organisation_id=None, on=day).version == version


def test_an_organisation_goes_by_its_own_rules_from_their_first_day():
    base, other = OrganisationFactory(), OrganisationFactory()
    own = published(organisation=base, effective_from=SUMMER)
    days = [SUMMER - DAY, SUMMER, SUMMER + 400 * DAY]
    assert [rules_for(organisation_id=base.pk, on=day).code for day in days] == ["2026.2", own.code, own.code]
    assert [rules_for(organisation_id=other.pk, on=day).code for day in days] == ["2026.2"] * 3
    assert [table_for(organisation_id=None, on=day).version for day in days] == ["2026.2"] * 3


def test_a_draft_rates_nothing():
    base = OrganisationFactory()
    own = published(organisation=base, effective_from=SUMMER, state="draft", published_at=None)
    assert rules_for(organisation_id=base.pk, on=SUMMER).code == "2026.2"
    with pytest.raises(NoSuchRules):
        rules_by_code(own.code)


def test_lines_of_before_find_the_rules_they_name():
    with pytest.raises(NoSuchRules):
        table_by_code("1999.1")
    assert table_by_code("2026.1").rule("simulation-passed").points == Decimal("3.00")
    SchemeFactory()
    rules_for(organisation_id=None, on=SUMMER)
    assert (rules_by_code("2026.1").code, table_by_code("2026.1").version) == ("2026.1", "2026.1")


def test_a_table_costs_no_query_once_known(django_assert_num_queries):
    base = OrganisationFactory()
    rules = published(organisation=base, effective_from=SUMMER)
    table_for(organisation_id=base.pk, on=SUMMER)
    with django_assert_num_queries(0):
        assert table_for(organisation_id=base.pk, on=SUMMER).version == rules.code
        assert table_of(rules).version == rules.code
        assert table_by_code(rules.code).version == rules.code
    with django_assert_num_queries(1):
        assert rules_for(organisation_id=base.pk, on=SUMMER) == rules


def test_versions_are_listed_by_their_first_day():
    later = published(organisation=OrganisationFactory(), effective_from=SUMMER)
    assert [each.code for each in published_rules()] == ["2026.1", "2026.2", later.code]
