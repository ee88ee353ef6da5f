from datetime import date, timedelta

import pytest

from certificates.enums import DecisionState
from certificates.models import Decision
from certificates.selectors import figures
from certificates.selectors.registry import freshness
from lms.cohorts.models import Organisation
from lms.kernel.tallies import gather
from tests.factories.certificates import Bench
from tests.factories.desks import look_ups

pytestmark = [pytest.mark.room, pytest.mark.django_db]
ALL = Organisation.objects.all()


def test_certificates_are_counted_by_month_level_and_organisation(now, clock) -> None:
    bench, other = Bench(), Bench()
    bench.issue(now)
    bench.issue(now, person=bench.trainee("第二人"))
    other.issue(now)
    here = ALL.filter(pk=bench.organisation.pk)
    told = gather(
        figures.issued_by_month(here, date(2026, 11, 1)),
        figures.issued_by_organisation(ALL),
        figures.by_level_and_worth(date(2026, 11, 22)),
    )
    assert told.by_key(figures.BY_MONTH, part="junior") == {202611: 2}
    assert told.by_key(figures.BY_ORGANISATION) == {bench.organisation.pk: 2, other.organisation.pk: 1}
    assert told.total(figures.BY_LEVEL, part="junior/valid") == 3


def test_the_day_after_the_last_day_a_certificate_is_worth_nothing(now, clock) -> None:
    last = Bench().issue(now).valid_until
    worth = [gather(figures.by_level_and_worth(last + timedelta(days=n))).of(figures.BY_LEVEL)[0].part for n in (0, 1)]
    assert worth == ["junior/valid", "junior/expired"]


def test_decisions_under_way_and_overdue(now, clock) -> None:
    bench = Bench()
    bench.prepare(now)
    bench.approve(now, person=bench.trainee("已批准"))
    bench.issue(now, person=bench.trainee("已签发"))
    told = gather(figures.decisions_by_state(ALL), figures.decisions_overdue(ALL, now + timedelta(days=7)))
    assert (told.total(figures.DECISIONS, part=DecisionState.PREPARED), told.total(figures.DECISIONS)) == (1, 2)
    assert told.total(figures.OVERDUE) == 1
    assert (
        gather(figures.decisions_overdue(ALL, Decision.objects.earliest("pk").prepared_at)).total("decisions-overdue")
        == 0
    )


def test_look_ups_are_counted_by_answer_and_nobody_is_named(now) -> None:
    look_ups(3)
    look_ups(2, "unknown")
    look_ups(1, "revoked", at=now - timedelta(days=40))
    told = gather(figures.look_ups(now - timedelta(days=30)), figures.look_ups_by_week(now - timedelta(days=60)))
    assert {row.part: row.figure for row in told.of(figures.LOOK_UPS)} == {"valid": 3, "unknown": 2}
    assert told.total(figures.LOOK_UPS_BY_WEEK) == 6


def test_lists_are_as_fresh_as_their_newest_text(now, clock, django_assert_num_queries) -> None:
    assert freshness().registry_at is None
    Bench().issue(now)
    later = clock.advance(timedelta(days=1))
    Bench(cohort=None, code="TZZZ").issue(later)
    with django_assert_num_queries(1):
        found = freshness()
    assert (found.newest_status_at, found.status_lists) == (later, 6)
    assert found.registry_at == later
