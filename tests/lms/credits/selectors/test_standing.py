from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lms.credits.enums import PRACTICE_KINDS, CreditKind
from lms.credits.models import CreditLine
from lms.credits.selectors.rules import shipped_table
from lms.credits.selectors.standing import GROUPS, practice, standing
from lms.credits.selectors.totals import Balance
from lms.credits.selectors.windows import lapsing, twelve_months
from lms.credits.services.reversal import reverse
from tests.factories.claims import claimant_at
from tests.factories.credits import make_points
from tests.factories.schemes import LevelFactory, leaf
from tests.factories.standing import confirmed_claim

TODAY = date(2026, 11, 22)
FIGURES = st.dictionaries(
    st.sampled_from([kind.value for kind in CreditKind if kind != CreditKind.VIOLATION]),
    st.integers(1, 50_000).map(lambda hundredths: Decimal(hundredths).scaleb(-2)),
    max_size=8,
)


@pytest.mark.unit
def test_every_kind_but_violations_is_drawn_once() -> None:
    drawn = [kind for group in GROUPS for kind in group]
    assert sorted(drawn) == sorted(kind for kind in CreditKind if kind != CreditKind.VIOLATION)


@pytest.mark.unit
@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw loads tables
@given(FIGURES)
def test_renewal_counts_no_more_than_practice_carries(figures: dict[str, Decimal]) -> None:
    table = shipped_table("2026-2")
    found = practice(Balance({(kind, 2026): points for kind, points in figures.items()}), table)
    whole = sum(figures.values(), Decimal(0))
    real = sum((figures.get(kind.value, Decimal(0)) for kind in PRACTICE_KINDS), Decimal(0))
    assert found.points == real
    assert real <= found.counted <= whole
    assert real * 100 >= found.counted * table.practice_percent
    assert found.enough is (bool(whole) and real * 100 >= whole * table.practice_percent)
    assert not found.enough or found.counted == whole


@pytest.mark.room
@pytest.mark.django_db
class TestStanding:
    def test_a_claim_and_an_exam_stand_by_kind_with_their_share_from_practice(self, now: datetime) -> None:
        place = claimant_at()
        claim = confirmed_claim(place)
        make_points(person=place.person, organisation=place.cohort.organisation)
        found = standing(place.person.pk, TODAY)
        given_for_contract = CreditLine.objects.get(evidence=f"credits.claim:{claim.uid}").points
        assert [(row.kind, row.total, row.counts) for row in found.rows] == [
            ("contract", given_for_contract, given_for_contract),
            ("exam", Decimal("2.00"), Decimal("2.00")),
        ]
        assert found.balance.total == found.counting.total == given_for_contract + 2
        assert found.practice.points == given_for_contract
        assert found.chart.has_data

    def test_what_ends_within_a_year_is_told_by_its_last_day(self) -> None:
        place = claimant_at()
        confirmed_claim(place)
        last_day = CreditLine.objects.get(person=place.person).valid_to
        before = last_day - timedelta(days=30)
        assert [lapse.last_day for lapse in standing(place.person.pk, before).lapses] == [last_day]
        assert standing(place.person.pk, last_day).counting.total > 0
        after = standing(place.person.pk, last_day + timedelta(days=1))
        assert (after.counting.total, after.lapses) == (Decimal("0.00"), [])
        assert after.balance.total > 0

    def test_a_line_that_was_taken_back_does_not_lapse(self, now: datetime) -> None:
        line = make_points()
        reverse(line=line, reason="重复登记", actor="user:1", now=now)
        assert line.valid_to is not None
        assert lapsing(line.person_id, on=line.valid_to, until=twelve_months(line.valid_to)) == []

    @pytest.mark.parametrize("lines", [10, 1000])
    def test_five_queries_whatever_the_number_of_lines(
        self, lines: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        place = claimant_at()
        organisation = place.cohort.organisation
        LevelFactory(
            version=place.cohort.scheme_version, requirements=leaf("points", fact="contribution", at_least="5.00")
        )
        for number in range(lines):
            make_points(person=place.person, organisation=organisation, source=f"exams.seat:of:{number}")
        standing(place.person.pk, TODAY)  # the versions of the rules are known from here on
        # Balance, what counts, what lapses, the place, and the facts before its level.
        with django_assert_num_queries(5):
            standing(place.person.pk, TODAY)
