"""What counts for a renewal, through the ledger itself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from certificates.models import Certificate
from certificates.selectors.renewals import cycle_since, grace_until, opens_on, renewal_file, renewals_of
from lms.credits.services.hours import post_class_hours
from lms.credits.services.reversal import reverse
from lms.schemes.enums import FactKind, ModuleCode
from lms.schemes.selectors.facts import history_of
from tests.factories.certificates import Bench
from tests.factories.renewals import certificate_until, noon, rules

pytestmark = [pytest.mark.room, pytest.mark.django_db]

LAST = date(2027, 2, 28)
TODAY = date(2026, 11, 22)


@pytest.fixture
def bench(now) -> Bench:
    rules(now)
    return Bench()


@pytest.fixture
def certificate(bench: Bench) -> Certificate:
    return certificate_until(bench, LAST)


def _hours(bench: Bench, day: date, number: int):
    return post_class_hours(
        person_id=bench.person.pk,
        organisation_id=bench.organisation.pk,
        module=ModuleCode.POLICY_AND_LAW,
        minutes=90,
        source=f"tests.renewals:{number}",
        occurred_at=noon(day),
        now=noon(TODAY),
    )


def _counted(certificate: Certificate) -> Decimal:
    standing = renewal_file(certificate, on=TODAY).standing
    assert standing is not None
    return {leaf.fact: leaf.reached for leaf in standing.leaves()}[FactKind.CLASS_HOURS]


def test_a_line_of_before_the_cycle_that_is_taken_back_today_takes_nothing_from_the_cycle(bench, certificate) -> None:
    before = _counted(certificate)
    old = _hours(bench, date(2024, 1, 15), 1)
    new = _hours(bench, date(2025, 6, 1), 2)
    assert _counted(certificate) == before + Decimal("2.00")
    reverse(line=old, reason="登记有误", actor="user:1", now=noon(TODAY))
    assert _counted(certificate) == before + Decimal("2.00")
    reverse(line=new, reason="登记有误", actor="user:1", now=noon(TODAY))
    assert _counted(certificate) == before
    days = [fact.at for fact in history_of(bench.person.pk) if fact.value < 0 and fact.kind == FactKind.CLASS_HOURS]
    assert days == [noon(date(2024, 1, 15)), noon(date(2025, 6, 1))]


def test_the_days_that_bind_follow_from_the_last_one(certificate) -> None:
    file = renewal_file(certificate, on=TODAY)
    assert file.rules is not None
    assert cycle_since(certificate) == certificate.issued_on + timedelta(days=1)
    assert opens_on(certificate, file.rules) == date(2026, 2, 28)
    assert grace_until(certificate, file.rules) == date(2028, 2, 28)
    assert (file.ends_on, file.days_left, file.missing) == (LAST, 98, 2)


def test_the_desk_shows_what_can_be_renewed_now_the_most_urgent_first(bench, certificate) -> None:
    assert renewals_of(bench.person.pk, on=date(2026, 2, 27)) == []
    assert [file.certificate for file in renewals_of(bench.person.pk, on=TODAY)] == [certificate]
    assert renewals_of(bench.trainee("何亚楠").pk, on=TODAY) == []


def test_one_file_takes_as_many_queries_as_a_hundred(bench, certificate, django_assert_num_queries) -> None:
    with django_assert_num_queries(7):
        renewal_file(certificate, on=TODAY)
