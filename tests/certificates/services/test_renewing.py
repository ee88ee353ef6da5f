from datetime import date, timedelta

import pytest

from certificates.enums import DecisionOutcome, RenewalState, RenewalStepKind, Result
from certificates.models import Certificate, RenewalStep
from certificates.selectors.certificates import status_of
from certificates.selectors.renewals import renewal_file
from certificates.services.deciding import (
    AlreadyHeld,
    CanBeReinstated,
    FourEyes,
    MayNotPrepare,
    NotEarnedYet,
    approve_decision,
    prepare_decision,
    refuse_decision,
)
from certificates.services.issuing import RenewedIsGone, issue
from certificates.services.renewing import (
    GraceOver,
    MayNotAsk,
    NotAskedFor,
    NotOpenYet,
    NotToBeRenewed,
    RenewedAlready,
    ask_for_renewal,
    prepare_renewal,
)
from certificates.services.revoking import revoke
from lms.kernel.levels import LevelCode
from lms.mailing.selectors.notices import told_since
from lms.schemes.enums import FactKind
from tests.factories.certificates import Bench
from tests.factories.renewals import certificate_until, noon, post, renew_rightly, rules

pytestmark = [pytest.mark.room, pytest.mark.django_db]

LAST = date(2027, 2, 28)
IN_TIME = noon(date(2026, 11, 22))
IN_GRACE = noon(date(2027, 6, 1))
TOO_LATE = noon(date(2028, 2, 29))


@pytest.fixture
def bench(now) -> Bench:
    rules(now)
    return Bench()


@pytest.fixture
def certificate(bench: Bench) -> Certificate:
    return certificate_until(bench, LAST)


def _ask(certificate: Certificate, at):
    return ask_for_renewal(certificate=certificate, user=certificate.person.user, now=at)


def _prepare(bench: Bench, certificate: Certificate, at):
    return prepare_renewal(certificate=certificate, prepared_by=bench.manager, now=at)


def _renew(bench: Bench, certificate: Certificate, at) -> Certificate:
    _ask(certificate, at)
    decision = _prepare(bench, certificate, at)
    return issue(decision=approve_decision(decision=decision, approved_by=bench.certifier, now=at), now=at)


def test_a_renewal_in_time_begins_the_day_after_the_old_one_ends(bench, certificate) -> None:
    renew_rightly(bench.person, date(2025, 5, 1))
    renewed = _renew(bench, certificate, IN_TIME)
    assert (renewed.cycle, renewed.issued_on, renewed.valid_until) == (2, date(2027, 3, 1), date(2030, 2, 28))
    assert renewed.decision.outcome == DecisionOutcome.RENEWAL
    assert status_of(renewed, IN_TIME) == Result.NOT_YET_VALID
    assert status_of(certificate, IN_TIME) == Result.VALID
    assert status_of(renewed, noon(date(2027, 3, 1))) == Result.VALID
    assert status_of(certificate, noon(date(2027, 3, 1))) == Result.EXPIRED
    kinds = [step.kind for step in RenewalStep.objects.filter(certificate=certificate)]
    assert kinds == [RenewalStepKind.ASKED, RenewalStepKind.PREPARED, RenewalStepKind.RENEWED]


def test_the_renewed_certificate_says_what_it_was_renewed_for(bench, certificate) -> None:
    renew_rightly(bench.person, date(2025, 5, 1))
    renewed = _renew(bench, certificate, IN_TIME)
    # 1.11 hours of the bench's own trainee are of the cycle too.
    assert renewed.payload["statement"] == (
        "于 2024 年 3 月至 2026 年 11 月取得贡献积分 15 分，修满继续教育 5.11 学时，"
        f"符合证书 {certificate.serial} 的续期要求，核定续期的能力等级为"
    )
    assert renewed.payload["statement_en"] == (
        "has earned 15 contribution credits and 5.11 continuing class hours between March 2024 and November 2026 and "
        f"met what is required for renewing certificate {certificate.serial} of the level stated above."
    )
    assert [result["code"] for result in renewed.payload["results"]] == ["renewal-credits", "renewal-hours"]
    assert renewed.decision.evidence["renewal"] == {
        "serial": certificate.serial,
        "way": "renewal",
        "since": "2024-03-01",
        "until": "2026-11-22",
    }


def test_nothing_counts_twice_and_nothing_done_after_the_evidence_was_frozen_is_lost(bench, certificate) -> None:
    renew_rightly(bench.person, date(2026, 11, 22))
    renewed = _renew(bench, certificate, IN_TIME)
    post(bench.person, FactKind.CONTRIBUTION, "contract", "7.00", date(2026, 12, 24))  # before the new one begins
    file = renewal_file(Certificate.objects.get(pk=renewed.pk), on=date(2027, 4, 1))
    assert file.state == RenewalState.EARLY
    assert file.standing is not None
    assert f"{file.standing.leaves()[0].reached:.2f}" == "7.00"


def test_what_was_earned_for_the_award_does_not_renew_it(bench, certificate) -> None:
    renew_rightly(bench.person, date(2024, 2, 29))  # the day on which the evidence was frozen
    _ask(certificate, IN_TIME)
    with pytest.raises(NotEarnedYet) as refused:
        _prepare(bench, certificate, IN_TIME)
    assert [leaf.code for leaf in refused.value.leaves] == ["renewal-credits", "renewal-hours"]


def test_teaching_alone_does_not_renew(bench, certificate) -> None:
    post(bench.person, FactKind.CONTRIBUTION, "teaching", "90.00", date(2025, 5, 1))
    post(bench.person, FactKind.CLASS_HOURS, "policy-and-law", "9.00", date(2025, 5, 1))
    _ask(certificate, IN_TIME)
    with pytest.raises(NotEarnedYet) as refused:
        _prepare(bench, certificate, IN_TIME)
    assert [leaf.code for leaf in refused.value.leaves] == ["renewal-credits"]


def test_a_violation_that_stands_stops_a_renewal_until_it_is_taken_back(bench, certificate) -> None:
    renew_rightly(bench.person, date(2025, 5, 1), points="25.00")
    post(bench.person, FactKind.CONTRIBUTION, "violation", "-3.00", date(2026, 1, 1))
    _ask(certificate, IN_TIME)
    with pytest.raises(NotEarnedYet) as refused:
        _prepare(bench, certificate, IN_TIME)
    assert [leaf.code for leaf in refused.value.leaves] == ["renewal-no-violation"]
    post(bench.person, FactKind.CONTRIBUTION, "violation", "3.00", date(2026, 1, 1))
    assert _prepare(bench, certificate, IN_TIME).cycle == 2


def test_renewal_opens_a_year_before_the_last_day(bench) -> None:
    later = certificate_until(bench, date(2028, 5, 31))
    with pytest.raises(NotOpenYet):
        _ask(later, noon(date(2027, 5, 30)))
    assert _ask(later, noon(date(2027, 5, 31))).asked is not None


def test_only_the_holder_asks_and_the_managers_are_told_once(bench, certificate) -> None:
    with pytest.raises(MayNotAsk):
        ask_for_renewal(certificate=certificate, user=bench.manager, now=IN_TIME)
    _ask(certificate, IN_TIME)
    _ask(certificate, IN_TIME + timedelta(hours=1))
    assert RenewalStep.objects.filter(kind=RenewalStepKind.ASKED).count() == 1
    assert list(told_since("renewal-asked", IN_TIME - timedelta(days=1))) == [
        (bench.manager.pk, f"certificates.renewal:{certificate.pk}")
    ]


def test_a_manager_prepares_what_was_asked_for_and_a_second_person_decides(bench, certificate) -> None:
    renew_rightly(bench.person, date(2025, 5, 1))
    with pytest.raises(NotAskedFor):
        _prepare(bench, certificate, IN_TIME)
    _ask(certificate, IN_TIME)
    with pytest.raises(MayNotPrepare):
        prepare_renewal(certificate=certificate, prepared_by=bench.certifier, now=IN_TIME)
    with pytest.raises(MayNotPrepare):
        prepare_renewal(certificate=certificate, prepared_by=bench.person.user, now=IN_TIME)
    decision = _prepare(bench, certificate, IN_TIME)
    assert _prepare(bench, certificate, IN_TIME) == decision
    with pytest.raises(FourEyes):
        approve_decision(decision=decision, approved_by=bench.manager, now=IN_TIME)
    refuse_decision(decision=decision, refused_by=bench.certifier, reason="材料不全", now=IN_TIME)
    assert _prepare(bench, certificate, IN_TIME) != decision


def test_a_lapsed_certificate_is_reinstated_for_more_and_from_the_day_of_issue(bench, certificate) -> None:
    renew_rightly(bench.person, date(2025, 5, 1))
    _ask(certificate, IN_GRACE)
    with pytest.raises(NotEarnedYet) as refused:
        _prepare(bench, certificate, IN_GRACE)
    assert [leaf.code for leaf in refused.value.leaves] == ["reinstatement-credits"]
    post(bench.person, FactKind.CONTRIBUTION, "match", "5.00", date(2027, 5, 2))
    renewed = _renew(bench, certificate, IN_GRACE)
    assert (renewed.cycle, renewed.issued_on, renewed.valid_until) == (2, date(2027, 6, 1), date(2030, 5, 31))
    assert renewed.payload["statement"].endswith("的恢复要求，核定恢复的能力等级为")
    assert RenewalStep.objects.filter(certificate=certificate).last().kind == RenewalStepKind.REINSTATED


def test_in_the_time_of_grace_the_old_way_is_closed_and_later_the_level_is_earned_anew(bench, certificate) -> None:
    asked = {
        "person": bench.person,
        "level": LevelCode.JUNIOR,
        "organisation": bench.organisation,
        "prepared_by": bench.manager,
    }
    with pytest.raises(AlreadyHeld):
        prepare_decision(**asked, now=IN_TIME)
    with pytest.raises(CanBeReinstated):
        prepare_decision(**asked, now=IN_GRACE)
    with pytest.raises(GraceOver):
        _ask(certificate, TOO_LATE)
    with pytest.raises(NotEarnedYet) as refused:
        prepare_decision(**asked, now=TOO_LATE)
    assert [leaf.code for leaf in refused.value.leaves] == ["hours-total", "exam", "simulation"]
    day = date(2027, 9, 1)
    post(bench.person, FactKind.CLASS_HOURS, "public-knowledge", "1.20", day)
    post(bench.person, FactKind.EXAM, "junior", "80", day)
    post(bench.person, FactKind.SIMULATION, "d-01-gas-heater", "75", day)
    assert prepare_decision(**asked, now=TOO_LATE).cycle == 2


def test_grace_ends_a_year_after_the_last_day(bench, certificate) -> None:
    assert renewal_file(certificate, on=date(2028, 2, 28)).state == RenewalState.GRACE
    assert renewal_file(certificate, on=date(2028, 2, 29)).state == RenewalState.ENDED


def test_what_is_renewed_is_not_renewed_again(bench, certificate) -> None:
    renew_rightly(bench.person, date(2025, 5, 1))
    _renew(bench, certificate, IN_TIME)
    with pytest.raises(RenewedAlready):
        _ask(certificate, IN_TIME)


def test_what_was_revoked_meanwhile_is_not_renewed(bench, certificate) -> None:
    renew_rightly(bench.person, date(2025, 5, 1))
    _ask(certificate, IN_TIME)
    decision = approve_decision(
        decision=_prepare(bench, certificate, IN_TIME), approved_by=bench.certifier, now=IN_TIME
    )
    revoke(certificate=certificate, reason="材料不实", revoked_by=bench.certifier, now=IN_TIME)
    with pytest.raises(RenewedIsGone):
        issue(decision=decision, now=IN_TIME)
    with pytest.raises(NotToBeRenewed):
        _ask(certificate, IN_TIME)


def test_without_rules_for_it_nothing_is_renewed_and_the_level_is_asked_as_before(now) -> None:
    bench = Bench()
    certificate = certificate_until(bench, LAST)
    assert renewal_file(certificate, on=date(2026, 11, 22)).state == RenewalState.CLOSED
    with pytest.raises(NotToBeRenewed):
        _ask(certificate, IN_TIME)
    assert bench.prepare(IN_GRACE).cycle == 2
