from datetime import UTC, date, datetime

import pytest
from django.db.models import Count, F, Sum

from lms.cohorts.models import Cohort, Organisation
from lms.credits.models import HourLine
from lms.kernel.tallies import (
    Tallies,
    gather,
    midnight,
    month,
    month_key,
    months_until,
    own,
    tally,
    week,
    week_key,
    weeks_until,
)
from tests.factories.cohorts import CohortFactory, OrganisationFactory
from tests.factories.credits import make_hours

ROWS = [("people", 2, "b", 3), ("people", 1, "a", 4), ("people", 1, "b", 5), ("hours", 0, "", 90)]


@pytest.mark.unit
def test_figures_are_read_by_name_number_and_part() -> None:
    told = Tallies(ROWS)
    assert [(row.key, row.part, row.figure) for row in told.of("people")] == [(1, "a", 4), (1, "b", 5), (2, "b", 3)]
    assert (told.total("people"), told.total("people", key=1), told.total("people", part="b")) == (12, 9, 8)
    assert told.by_key("people") == {1: 9, 2: 3}
    assert told.by_key("people", part="a") == {1: 4}
    assert (told.total("nothing"), told.of("nothing"), told.by_key("nothing")) == (0, [], {})


@pytest.mark.unit
def test_weeks_and_months_run_up_to_a_day() -> None:
    assert list(weeks_until(date(2026, 11, 22), 3)) == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    assert list(months_until(date(2026, 2, 10), 3)) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert (week_key(date(2027, 1, 1)), month_key(date(2027, 1, 1))) == (202653, 202701)
    assert midnight(date(2026, 11, 22)).astimezone(UTC) == datetime(2026, 11, 21, 16, tzinfo=UTC)


@pytest.mark.room
@pytest.mark.django_db
def test_tallies_of_several_tables_are_one_question(django_assert_num_queries) -> None:
    base = OrganisationFactory()
    CohortFactory.create_batch(2, organisation=base)
    CohortFactory(organisation=base, level="senior")
    with django_assert_num_queries(1):
        told = gather(
            tally(Cohort.objects.all(), "cohorts", key=own("organisation"), part=F("level"), figure=Count("pk")),
            tally(Organisation.objects.filter(pk=base.pk), "bases", figure=Count("pk")),
            tally(Cohort.objects.none(), "none", figure=Count("pk")),
        )
    assert told.by_key("cohorts") == {base.pk: 3}
    assert (told.total("cohorts", part="junior"), told.total("bases"), told.total("none")) == (2, 1, 0)


@pytest.mark.room
@pytest.mark.django_db
def test_a_week_begins_on_monday_in_beijing() -> None:
    sunday_evening = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)
    monday_morning = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    make_hours(occurred_at=sunday_evening, minutes=10)
    make_hours(occurred_at=monday_morning, minutes=20)
    told = gather(tally(HourLine.objects.all(), "hours", key=week("occurred_at"), figure=Sum("minutes")))
    assert told.by_key("hours") == {week_key(date(2026, 11, 16)): 10, week_key(date(2026, 11, 23)): 20}


@pytest.mark.room
@pytest.mark.django_db
def test_days_are_counted_by_month() -> None:
    CohortFactory(starts_on=date(2026, 9, 30))
    CohortFactory(starts_on=date(2026, 10, 1))
    told = gather(tally(Cohort.objects.all(), "begun", key=month("starts_on"), figure=Count("pk")))
    assert told.by_key("begun") == {202609: 1, 202610: 1}
