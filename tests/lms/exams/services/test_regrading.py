from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from lms.credits.models import CreditLine
from lms.exams.enums import CutMethod, ExclusionRule, RegradeState, ResultReason
from lms.exams.models import CutScore, ItemExclusion, RegradeLine, Result
from lms.exams.services.keys import KeyText, key_in_force
from lms.exams.services.proposing import (
    AlreadyExcluded,
    CorrectionWithoutReason,
    KeyDoesNotFit,
    NothingMarkedYet,
    NothingToCorrect,
    NothingWouldCount,
    NotInThisExam,
    OneAtATime,
    PassMarkNotRight,
    propose_cut,
    propose_exclusion,
    propose_key,
)
from lms.exams.services.regrading import (
    NotYoursToApprove,
    RefusedWithoutReason,
    RegradeDecided,
    ResultsCameIn,
    StillComputing,
    approve,
    refuse,
)
from lms.jobs.services.work import drain
from lms.mailing.models import Notice
from lms.records.models import AuditEvent
from lms.schemes.models import RequirementFact
from tests.factories.accounts import PersonFactory
from tests.factories.exams import make_bank, make_seat
from tests.factories.results import (
    another_key,
    carry_out,
    make_exam,
    make_manager,
    proposed_exclusion,
    proposed_key,
    sat,
    standing,
    version_in,
)

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def exam():
    return make_exam()


@pytest.fixture
def preparing(exam):
    return make_manager(exam)


@pytest.fixture
def approving(exam):
    return make_manager(exam)


def cut(exam, by, now: datetime, percent: str = "80") -> dict:
    return {
        "exam": exam,
        "percent": Decimal(percent),
        "method": CutMethod.ANGOFF,
        "decided_on": date(2026, 11, 20),
        "decided_by": "命题委员会（虚构）",
        "note": "",
        "reason": "标准会议",
        "prepared_by": by,
        "now": now,
    }


def test_a_dry_run_lists_who_changes_and_puts_nothing_into_force(exam, preparing) -> None:
    attempt, blank = sat(exam, slots=4), sat(exam, slots=0)
    regrade = proposed_key(attempt, 1, preparing)
    line = RegradeLine.objects.get()
    assert (regrade.papers, line.attempt, line.points_before, line.points_after) == (2, attempt, 4, 3)
    assert (line.passed_before, line.passed_after) == (True, False)
    assert Result.objects.count() == 2
    assert key_in_force(version_in(attempt, 1)).accepted != regrade.proposal["key"]["accepted"]
    assert standing(blank).points == 0


def test_a_second_person_approves_and_everybody_who_changes_gets_one_new_result(exam, preparing, approving) -> None:
    attempt, blank = sat(exam, slots=4), sat(exam, slots=0)
    regrade = proposed_key(attempt, 1, preparing)
    carry_out(regrade, approving)
    regrade.refresh_from_db()
    result = standing(attempt)
    assert (regrade.state, regrade.decided_by) == (RegradeState.DONE, f"user:{approving.pk}")
    assert (result.seq, result.points, result.passed) == (2, 3, False)
    assert (result.reason, result.regrade, result.mode) == (ResultReason.REGRADED, regrade, "invigilated-on-site")
    assert blank.results.count() == 1
    assert key_in_force(version_in(attempt, 1)).accepted == regrade.proposal["key"]["accepted"]
    assert [event.action for event in AuditEvent.objects.filter(action__startswith="exams.regrade")] == [
        "exams.regrade-prepared",
        "exams.regrade-approved",
    ]


def test_a_pass_that_falls_is_followed_by_its_opposite_in_facts_and_credits(exam, preparing, approving) -> None:
    attempt = sat(exam, slots=4)
    carry_out(proposed_key(attempt, 1, preparing), approving)
    facts = RequirementFact.objects.filter(kind="exam").order_by("pk").values_list("value", "source")
    source = f"exams.attempt:{attempt.uid}"
    assert list(facts) == [(Decimal("66.66"), source), (Decimal("-66.66"), f"{source}:2:back")]
    assert [line.points for line in CreditLine.objects.order_by("seq")] == [2, -2]


def test_a_pass_that_comes_back_is_reported_anew(exam, preparing, approving, now: datetime) -> None:
    attempt = sat(exam, slots=4)
    carry_out(proposed_key(attempt, 1, preparing), approving)
    later = now + timedelta(hours=1)
    grant = proposed_exclusion(attempt, 6, ExclusionRule.GRANT, preparing, now=later)
    carry_out(grant, approving, now=later)
    facts = RequirementFact.objects.filter(kind="exam").order_by("pk").values_list("value", flat=True)
    assert list(facts) == [Decimal("66.66"), Decimal("-66.66"), Decimal("66.66")]
    assert [line.points for line in CreditLine.objects.order_by("seq")] == [2, -2, 2]
    assert sum(RequirementFact.objects.filter(kind="contribution").values_list("value", flat=True)) == 2


def test_the_person_reads_what_changed_and_why(exam, preparing, approving) -> None:
    attempt = sat(exam, slots=4)
    carry_out(proposed_key(attempt, 1, preparing), approving)
    told = Notice.objects.get(kind="exam-corrected")
    assert told.user_id == attempt.seat.person.user_id
    assert (told.context["before"], told.context["points"], told.context["passed"]) == ("4 / 6", "3 / 6", False)
    assert told.context["reason"] == "新条文已施行"


def test_the_other_managers_are_asked_and_never_the_one_who_prepared(exam, preparing, approving) -> None:
    proposed_key(sat(exam), 1, preparing)
    assert [notice.user_id for notice in Notice.objects.filter(kind="regrade-waiting")] == [approving.pk]


def test_nobody_approves_what_they_prepared_whatever_their_rank(exam, preparing) -> None:
    regrade = proposed_key(sat(exam), 1, preparing)
    preparing.is_superuser = True
    preparing.save()
    outsider = make_manager(make_exam())
    for user in (preparing, outsider):
        with pytest.raises(NotYoursToApprove):
            approve(regrade=regrade, decided_by=user, now=regrade.prepared_at)
        with pytest.raises(NotYoursToApprove):
            refuse(regrade=regrade, reason="不对", decided_by=user, now=regrade.prepared_at)


def test_turning_down_wants_a_reason_and_leaves_everything(exam, preparing, approving, now: datetime) -> None:
    attempt = sat(exam, slots=4)
    regrade = proposed_key(attempt, 1, preparing)
    with pytest.raises(RefusedWithoutReason):
        refuse(regrade=regrade, reason="  ", decided_by=approving, now=now)
    refuse(regrade=regrade, reason="依据有误", decided_by=approving, now=now)
    regrade.refresh_from_db()
    assert (regrade.state, regrade.refusal, Result.objects.count()) == (RegradeState.REFUSED, "依据有误", 1)
    with pytest.raises(RegradeDecided):
        approve(regrade=regrade, decided_by=approving, now=now)


def test_approval_waits_for_the_dry_run_and_for_no_result_that_it_has_not_seen(exam, preparing, approving) -> None:
    attempt = sat(exam, slots=4)
    version = version_in(attempt, 1)
    asked = {"exam": exam, "version": version, "key": another_key(version), "reason": "新条文", "now": exam.opens_at}
    regrade = propose_key(**asked, prepared_by=preparing)
    with pytest.raises(StillComputing):
        approve(regrade=regrade, decided_by=approving, now=exam.opens_at)
    drain(now=exam.opens_at + timedelta(hours=2))
    sat(exam, slots=2)
    with pytest.raises(ResultsCameIn):
        approve(regrade=regrade, decided_by=approving, now=exam.opens_at)


def test_a_changed_cut_score_turns_verdicts_and_stands_with_its_method(exam, preparing, approving, now) -> None:
    four, six = sat(exam, slots=4), sat(exam, slots=6)
    regrade = propose_cut(**cut(exam, preparing, now))
    drain(now=now)
    carry_out(regrade, approving)
    assert (standing(four).passed, standing(four).seq, standing(six).seq) == (False, 2, 1)
    assert standing(four).basis["cut"] == {
        "percent": "80.00",
        "method": "angoff",
        "decided_on": "2026-11-20",
        "no": 1,
    }
    assert (CutScore.objects.get().no, CutScore.objects.get().decided_by) == (1, "命题委员会（虚构）")


def test_a_result_left_as_it_was_counts_an_earlier_correction_when_it_is_computed_next(
    exam, preparing, approving, now: datetime
) -> None:
    two = sat(exam, slots=2)
    sat(exam, slots=4)
    regrade = propose_cut(**cut(exam, preparing, now, "50"))
    drain(now=now)
    carry_out(regrade, approving)
    assert two.results.count() == 1
    later = now + timedelta(hours=1)
    grant = proposed_exclusion(two, 6, ExclusionRule.GRANT, preparing, now=later)
    carry_out(grant, approving, now=later)
    assert (standing(two).percent, standing(two).passed) == (Decimal("50.00"), True)


def test_what_cannot_be_corrected_is_refused_with_its_reason(exam, preparing, now: datetime) -> None:
    asked = {"exam": exam, "prepared_by": preparing, "now": now, "rule": ExclusionRule.DROP}
    seat = make_seat(exam, PersonFactory())
    version = seat.paper.exam.bank.questions.first().versions.get()
    with pytest.raises(NothingMarkedYet):
        propose_exclusion(**asked, version=version, reason="缺陷")
    attempt = sat(exam, slots=4)
    with pytest.raises(CorrectionWithoutReason):
        propose_exclusion(**asked, version=version_in(attempt, 1), reason=" ")
    elsewhere = make_bank(make_exam().organisation).questions.first().versions.get()
    with pytest.raises(NotInThisExam):
        propose_exclusion(**asked, version=elsewhere, reason="缺陷")
    key = key_in_force(version_in(attempt, 1))
    by_key = {"exam": exam, "version": version_in(attempt, 1), "reason": "条文", "prepared_by": preparing, "now": now}
    with pytest.raises(NothingToCorrect):
        propose_key(**by_key, key=key)
    with pytest.raises(KeyDoesNotFit):
        propose_key(**by_key, key=KeyText({"option": "nowhere"}, "", "", ""))
    with pytest.raises(NothingToCorrect):
        propose_cut(**cut(exam, preparing, now, "60"))
    with pytest.raises(PassMarkNotRight):
        propose_cut(**{**cut(exam, preparing, now), "decided_on": date(2027, 1, 1)})


def test_who_had_the_points_of_a_granted_question_keeps_the_result(exam, preparing, approving) -> None:
    had, had_not = sat(exam, slots=6), sat(exam, slots=0)
    regrade = proposed_exclusion(had, 1, ExclusionRule.GRANT, preparing)
    assert list(regrade.lines.values_list("attempt", flat=True)) == [had_not.pk]
    carry_out(regrade, approving)
    assert (had.results.count(), standing(had_not).points) == (1, 1)


def test_one_correction_at_a_time_and_no_question_twice(exam, preparing, approving, now: datetime) -> None:
    attempt = sat(exam, slots=4)
    regrade = proposed_exclusion(attempt, 6, ExclusionRule.DROP, preparing)
    asked = {"exam": exam, "prepared_by": preparing, "rule": ExclusionRule.DROP, "reason": "缺陷", "now": now}
    with pytest.raises(OneAtATime):
        propose_exclusion(**asked, version=version_in(attempt, 5))
    carry_out(regrade, approving)
    assert ItemExclusion.objects.get().version == version_in(attempt, 6)
    with pytest.raises(AlreadyExcluded):
        propose_exclusion(**asked, version=version_in(attempt, 6))


def test_a_paper_keeps_at_least_one_question_that_counts(now: datetime) -> None:
    exam = make_exam(blueprint={"schema": 1, "lines": [{"kind": "single", "count": 1, "points": "1.00"}]})
    attempt = sat(exam, slots=1)
    with pytest.raises(NothingWouldCount):
        proposed_exclusion(attempt, 1, ExclusionRule.DROP, make_manager(exam))
