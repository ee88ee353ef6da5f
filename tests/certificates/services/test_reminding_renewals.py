from datetime import date, timedelta

import pytest

from certificates.enums import RenewalStepKind
from certificates.models import Certificate, RenewalStep
from certificates.services.reminding_renewals import remind_of_renewals, write_down_lapses
from certificates.services.renewing import ask_for_renewal, prepare_renewal
from lms.mailing.selectors.notices import told_since
from lms.schemes.selectors.facts import history_of
from tests.factories.certificates import Bench
from tests.factories.renewals import certificate_until, noon, renew_rightly, rules

pytestmark = [pytest.mark.room, pytest.mark.django_db]

LAST = date(2027, 2, 28)


@pytest.fixture
def bench(now) -> Bench:
    rules(now)
    return Bench()


@pytest.fixture
def certificate(bench) -> Certificate:
    return certificate_until(bench, LAST)


def _kinds(certificate: Certificate) -> list[str]:
    return [step.kind for step in RenewalStep.objects.filter(certificate=certificate)]


def test_a_holder_is_reminded_three_times_and_each_time_once(certificate) -> None:
    told = []
    for ahead in range(200, -1, -1):
        told += [ahead] * remind_of_renewals(now=noon(LAST - timedelta(days=ahead)))
    assert told == [180, 90, 30]
    assert _kinds(certificate) == [
        RenewalStepKind.REMINDED_180,
        RenewalStepKind.REMINDED_90,
        RenewalStepKind.REMINDED_30,
    ]
    assert {ref for _user, ref in told_since("renewal-due", noon(date(2026, 1, 1)))} == {
        f"certificates.renewal:{certificate.pk}:reminded-{days}" for days in (180, 90, 30)
    }


def test_whoever_is_first_reminded_late_hears_only_what_fits_the_day(certificate) -> None:
    at = noon(LAST - timedelta(days=12))
    assert (remind_of_renewals(now=at), remind_of_renewals(now=at)) == (1, 0)
    assert _kinds(certificate) == [RenewalStepKind.REMINDED_30]


def test_by_night_nobody_is_reminded(certificate) -> None:
    midnight = noon(LAST - timedelta(days=20)) + timedelta(hours=12)
    assert remind_of_renewals(now=midnight) == 0


def test_with_a_decision_under_way_nobody_is_reminded(bench, certificate) -> None:
    at = noon(LAST - timedelta(days=20))
    renew_rightly(certificate.person, date(2026, 5, 1))
    ask_for_renewal(certificate=certificate, user=certificate.person.user, now=at)
    prepare_renewal(certificate=certificate, prepared_by=bench.manager, now=at)
    assert remind_of_renewals(now=at) == 0


def test_a_lapse_is_written_down_once_and_leaves_the_certificate_alone(certificate) -> None:
    before = Certificate.objects.filter(pk=certificate.pk).values().get()
    assert write_down_lapses(now=noon(LAST)) == 0
    after = noon(LAST + timedelta(days=1))
    assert (write_down_lapses(now=after), write_down_lapses(now=after)) == (1, 0)
    assert Certificate.objects.filter(pk=certificate.pk).values().get() == before
    assert _kinds(certificate) == [RenewalStepKind.LAPSED]
    held = [fact.value for fact in history_of(certificate.person_id) if fact.kind == "certificate"]
    assert [int(value) for value in held] == [1, -1]
    assert {user for user, _ref in told_since("certificate-lapsed", after - timedelta(days=1))} == {
        certificate.person.user_id
    }


def test_long_after_the_time_of_grace_a_lapse_is_written_down_without_a_word(certificate) -> None:
    after = noon(date(2029, 1, 1))
    assert write_down_lapses(now=after) == 1
    assert list(told_since("certificate-lapsed", after - timedelta(days=1))) == []
