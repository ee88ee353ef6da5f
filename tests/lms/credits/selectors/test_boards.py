from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lms.accounts.models import Person
from lms.credits.models import BoardConsent, CreditLine
from lms.credits.selectors.boards import board
from lms.credits.selectors.distribution import distribution, spread, width_for
from lms.credits.services.boards import join_board, leave_board
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory
from tests.factories.credits import make_points

POINTS = st.integers(1, 9_999_999).map(lambda hundredths: Decimal(hundredths).scaleb(-2))


def _crowd(organisation: Any, number: int, now: datetime) -> list[Person]:
    """So many people with a line each, written in bulk: only how often the database is asked is counted here."""
    people = Person.objects.bulk_create([PersonFactory.build(user=None) for _one in range(number)])
    BoardConsent.objects.bulk_create(
        [BoardConsent(person=person, organisation=organisation, shown_as="渔者", since=now) for person in people]
    )
    model = make_points(organisation=organisation)
    common = {
        "organisation": organisation,
        "seq": 1,
        "kind": model.kind,
        "rule": model.rule,
        "rule_version": model.rule_version,
        "points": model.points,
        "occurred_at": now,
        "occurred_on": model.occurred_on,
        "year": model.year,
        "recorded_at": now,
    }
    CreditLine.objects.bulk_create(
        [
            CreditLine(person=person, source=f"exams.seat:crowd:{person.pk}", hash=f"{person.pk:064d}", **common)
            for person in people
        ]
    )
    return people


def _people(cohort: Any, number: int, now: datetime, *, agreed: bool = True, lines: int = 1) -> list[Any]:
    people = [MembershipFactory(cohort=cohort).person for _one in range(number)]
    for person in people:
        for one in range(lines):
            make_points(person=person, organisation=cohort.organisation, source=f"exams.seat:{person.pk}:{one}")
        if agreed:
            join_board(person=person, organisation=cohort.organisation, shown_as=f"渔者{person.pk}", now=now)
    return people


@pytest.mark.room
@pytest.mark.django_db
class TestBoard:
    def test_four_people_are_too_few_and_five_are_shown(self, now: datetime) -> None:
        cohort = CohortFactory()
        people = _people(cohort, 4, now)
        few = board(cohort.organisation.pk, 2026, people[0])
        assert (few.shown, few.people, list(few.places)) == (False, 4, [])
        _people(cohort, 1, now)
        enough = board(cohort.organisation.pk, 2026, people[0])
        assert (enough.shown, enough.people, len(enough.places)) == (True, 5, 5)

    def test_who_did_not_agree_is_never_on_it(self, now: datetime) -> None:
        cohort = CohortFactory()
        people = _people(cohort, 5, now)
        _people(cohort, 3, now, agreed=False)
        shown = [place.shown_as for place in board(cohort.organisation.pk, 2026, people[0]).places]
        assert sorted(shown) == sorted(f"渔者{person.pk}" for person in people)

    def test_a_consent_that_ended_takes_the_name_down_at_once(self, now: datetime) -> None:
        cohort = CohortFactory()
        people = _people(cohort, 6, now)
        leave_board(person=people[0], organisation=cohort.organisation, now=now)
        shown = board(cohort.organisation.pk, 2026, people[0])
        assert f"渔者{people[0].pk}" not in [place.shown_as for place in shown.places]
        assert (shown.people, shown.consent) == (5, None)

    def test_equal_points_share_a_place_and_the_next_is_counted_on(self, now: datetime) -> None:
        cohort = CohortFactory()
        first = _people(cohort, 1, now, lines=2)
        _people(cohort, 4, now)
        make_points(person=first[0], organisation=cohort.organisation)
        ranks = [place.rank for place in board(cohort.organisation.pk, 2026, first[0]).places]
        assert ranks == [1, 2, 2, 2, 2]

    def test_credits_earned_elsewhere_or_in_another_year_do_not_count(self, now: datetime) -> None:
        cohort = CohortFactory()
        people = _people(cohort, 5, now)
        make_points(person=people[0])
        points = [place.points for place in board(cohort.organisation.pk, 2026, people[0]).places]
        assert points == [Decimal("2.00")] * 5
        assert board(cohort.organisation.pk, 2025, people[0]).people == 0

    @pytest.mark.parametrize("number", [10, 1000])
    def test_the_number_of_queries_does_not_grow_with_the_people(
        self, number: int, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        organisation = CohortFactory().organisation
        people = _crowd(organisation, number, now)
        with django_assert_num_queries(2):
            found = board(organisation.pk, 2026, people[-1])
        assert (found.people, len(found.places)) == (number, min(number, 50) + (number > 50))
        with django_assert_num_queries(1):
            assert distribution(organisation.pk, 2026, people[0].pk).people == number + 1


@pytest.mark.room
@pytest.mark.django_db
class TestDistribution:
    def test_nine_people_are_not_drawn_and_ten_are(self, now: datetime) -> None:
        cohort = CohortFactory()
        _people(cohort, 9, now, agreed=False)
        stranger = PersonFactory()
        few = distribution(cohort.organisation.pk, 2026, stranger.pk)
        assert (few.people, few.chart) == (9, None)
        one = _people(cohort, 1, now, agreed=False, lines=2)[0]
        enough = distribution(cohort.organisation.pk, 2026, one.pk)
        assert enough.chart is not None
        assert (enough.people, enough.own, enough.below) == (10, Decimal("4.00"), 9)
        assert [limit.value for limit in enough.chart.limits] == [Decimal("4.00")]

    def test_who_earned_nothing_stands_nowhere(self, now: datetime) -> None:
        cohort = CohortFactory()
        _people(cohort, 10, now, agreed=False)
        found = distribution(cohort.organisation.pk, 2026, PersonFactory().pk)
        assert found.chart is not None
        assert (found.own, list(found.chart.limits)) == (Decimal("0.00"), [])


@pytest.mark.unit
@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw loads tables
@given(st.lists(POINTS, min_size=10, max_size=60))
def test_every_figure_falls_into_one_column(figures: list[Decimal]) -> None:
    drawn = spread(figures, figures[0])
    assert sum(drawn.counts) == len(figures)
    for low, high, count in zip(drawn.edges, drawn.edges[1:], drawn.counts, strict=False):
        assert count == sum(low <= figure < high for figure in figures)
    assert max(figures) < drawn.edges[-1]


@pytest.mark.unit
@given(POINTS)
def test_eight_columns_reach_over_the_highest_figure(highest: Decimal) -> None:
    assert width_for(highest) * 8 > highest
