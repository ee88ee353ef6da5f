from datetime import datetime, timedelta

import pytest

from certificates.enums import DecisionOutcome, DecisionState
from certificates.models import Decision
from certificates.services.deciding import (
    AlreadyDecided,
    AlreadyHeld,
    FourEyes,
    MayNotDecide,
    MayNotPrepare,
    NotEarnedYet,
    NotTrainedHere,
    ReasonMissing,
    approve_decision,
    prepare_decision,
    refuse_decision,
)
from certificates.services.evidence import evidence_hash, freeze_evidence
from certificates.services.issuing import issue
from certificates.services.revoking import revoke
from certificates.views.presenting import proofs_in
from lms.cohorts.enums import Role
from lms.exams.services.attempts import submit
from lms.kernel.levels import LevelCode
from lms.records.selectors.audit import events_about
from lms.schemes.selectors.standing import standing
from tests.factories.accounts import PersonFactory
from tests.factories.certificates import Bench, earn, staff
from tests.factories.cohorts import MembershipFactory
from tests.factories.exams import ExamFactory, answer_rightly, make_attempt, make_seat
from tests.factories.schemes import LevelFactory, leaf

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def _prepare(bench: Bench, now: datetime, **changes: object) -> Decision:
    asked = {
        "person": bench.person,
        "level": LevelCode.JUNIOR,
        "organisation": bench.organisation,
        "prepared_by": bench.manager,
        "now": now,
        **changes,
    }
    return prepare_decision(**asked)  # type: ignore[arg-type]


def test_a_prepared_decision_freezes_all_that_it_rests_on(bench: Bench, now) -> None:
    decision = _prepare(bench, now)
    evidence = decision.evidence
    assert decision.state == DecisionState.PREPARED
    assert decision.outcome == DecisionOutcome.AWARD
    assert decision.evidence_hash == evidence_hash(evidence)
    assert evidence["person"]["name"] == "段文博"
    assert [(leaf["code"], leaf["reached"], leaf["met"]) for leaf in evidence["leaves"]] == [
        ("hours-total", "1.11", True),
        ("exam", "75.00", True),
        ("simulation", "1", True),
    ]
    assert [fact["kind"] for fact in evidence["facts"]] == ["class-hours", "class-hours", "exam", "simulation"]
    assert evidence["ledgers"]["hours"]["lines"] == 0


def test_what_happens_later_does_not_reach_the_evidence(bench: Bench, now) -> None:
    decision = _prepare(bench, now)
    bench.person.real_name = "段文搏"
    bench.person.save()
    decision.refresh_from_db()
    assert decision.evidence["person"]["name"] == "段文博"


def test_preparing_twice_answers_the_decision_that_waits(bench: Bench, now) -> None:
    assert _prepare(bench, now) == _prepare(bench, now)
    assert Decision.objects.count() == 1


def test_what_is_missing_is_named_requirement_by_requirement(bench: Bench, now) -> None:
    with pytest.raises(NotEarnedYet) as refusal:
        _prepare(bench, now, person=bench.trainee("林小舟", earned=False))
    assert [leaf.code for leaf in refusal.value.leaves] == ["hours-total", "exam", "simulation"]
    assert str(refusal.value).count(".") >= 3
    assert Decision.objects.count() == 0


def test_only_a_manager_of_this_base_prepares(bench: Bench, now) -> None:
    elsewhere = Bench(name="另一培训基地")
    for user in (bench.certifier, elsewhere.manager, staff(bench.organisation, Role.TRAINER)):
        with pytest.raises(MayNotPrepare):
            _prepare(bench, now, prepared_by=user)


def test_nobody_prepares_their_own_case(bench: Bench, now) -> None:
    MembershipFactory(cohort=bench.cohort, person=bench.manager.person)
    earn(bench.manager.person)
    with pytest.raises(MayNotPrepare):
        _prepare(bench, now, person=bench.manager.person)


def test_a_stranger_to_the_base_is_refused(bench: Bench, now) -> None:
    with pytest.raises(NotTrainedHere):
        _prepare(bench, now, person=PersonFactory(real_name="外来人"))


def test_another_person_approves(bench: Bench, now) -> None:
    decision = approve_decision(decision=_prepare(bench, now), approved_by=bench.certifier, now=now)
    assert (decision.state, decision.decided_by, decision.decided_at) == (DecisionState.APPROVED, bench.certifier, now)
    actions = [event.action for event in events_about(f"certificates.decision:{decision.pk}")]
    assert actions == ["certificates.decision.prepare", "certificates.decision.approve"]


def test_whoever_prepared_it_does_not_approve_it(bench: Bench, now) -> None:
    both = staff(bench.organisation, Role.CERTIFIER)
    from tests.factories.cohorts import RoleGrantFactory

    RoleGrantFactory(user=both, organisation=bench.organisation, role=Role.BASE_MANAGER)
    decision = _prepare(bench, now, prepared_by=both)
    with pytest.raises(FourEyes):
        approve_decision(decision=decision, approved_by=both, now=now)
    decision.refresh_from_db()
    assert decision.state == DecisionState.PREPARED


def test_a_certifier_of_another_base_or_the_trainee_does_not_approve(bench: Bench, now) -> None:
    from tests.factories.cohorts import RoleGrantFactory

    decision = _prepare(bench, now)
    RoleGrantFactory(user=bench.person.user, organisation=bench.organisation, role=Role.CERTIFIER)
    for user in (Bench(name="另一培训基地").certifier, bench.person.user, staff(bench.organisation, Role.TRAINER)):
        with pytest.raises(MayNotDecide):
            approve_decision(decision=decision, approved_by=user, now=now)


def test_approving_twice_changes_nothing(bench: Bench, now) -> None:
    decision = _prepare(bench, now)
    first = approve_decision(decision=decision, approved_by=bench.certifier, now=now)
    again = approve_decision(decision=decision, approved_by=bench.second_certifier, now=now + timedelta(hours=1))
    assert (again.decided_by, again.decided_at) == (first.decided_by, first.decided_at)


def test_a_refusal_has_a_reason_and_can_be_prepared_again(bench: Bench, now) -> None:
    decision = _prepare(bench, now)
    with pytest.raises(ReasonMissing):
        refuse_decision(decision=decision, refused_by=bench.certifier, reason=" ", now=now)
    refused = refuse_decision(decision=decision, refused_by=bench.certifier, reason="考试身份未核实", now=now)
    assert (refused.state, refused.refusal_reason) == (DecisionState.REFUSED, "考试身份未核实")
    with pytest.raises(AlreadyDecided):
        approve_decision(decision=decision, approved_by=bench.certifier, now=now)
    assert _prepare(bench, now) != decision


def test_who_holds_a_valid_certificate_gets_no_second_decision(bench: Bench, now) -> None:
    certificate = bench.issue(now)
    with pytest.raises(AlreadyHeld, match=certificate.serial):
        _prepare(bench, now + timedelta(days=30))


def test_after_expiry_the_next_cycle_begins(bench: Bench, now) -> None:
    bench.issue(now)
    later = now + timedelta(days=3 * 366)
    decision = _prepare(bench, later)
    assert (decision.cycle, decision.outcome) == (2, DecisionOutcome.RENEWAL)
    approve_decision(decision=decision, approved_by=bench.certifier, now=later)
    assert issue(decision=decision, now=later).cycle == 2


def test_a_revoked_certificate_leaves_its_cycle_free(bench: Bench, now) -> None:
    revoke(certificate=bench.issue(now), reason="替考查实", revoked_by=bench.certifier, now=now)
    assert _prepare(bench, now).cycle == 1


def test_an_exam_says_under_whose_eyes_it_was_sat(now) -> None:
    attempt = make_attempt(make_seat(ExamFactory(mode="online-unproctored")))
    answer_rightly(attempt)
    submit(attempt=attempt, now=now)
    seat = attempt.seat
    exam_alone = leaf("exam", fact="exam", refs=["junior"], at_least="60")
    tree = {"kind": "all-of", "title": "全部", "title_en": "All", "children": [exam_alone]}
    level = LevelFactory(requirements=tree)
    evidence = freeze_evidence(
        person=seat.person,
        organisation=seat.organisation,
        standing=standing(person_id=seat.person_id, level=level),
        now=now,
    )
    assert [(fact["kind"], fact.get("mode")) for fact in evidence["facts"]] == [
        ("exam", "online-unproctored"),
        ("contribution", None),
    ]
    assert [(leaf["code"], leaf.get("mode")) for leaf in evidence["leaves"]] == [("exam", "online-unproctored")]
    [proof] = proofs_in(evidence["leaves"])
    assert "考试方式：线上，无人监考。" in proof.text
