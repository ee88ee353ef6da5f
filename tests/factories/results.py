"""Papers that were sat and marked, and the people who correct them."""

from datetime import datetime, timedelta
from typing import Any

from lms.accounts.models import User
from lms.exams.enums import ExclusionRule
from lms.exams.models import Attempt, Exam, QuestionVersion, Regrade, Result
from lms.exams.services.attempts import submit
from lms.exams.services.keys import KeyText, key_in_force
from lms.exams.services.proposing import propose_exclusion, propose_key
from lms.exams.services.regrading import approve
from lms.jobs.services.work import drain
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import ExamFactory, answer_rightly, make_attempt, make_seat

SIX = [{"kind": "single", "count": 6, "points": "1.00"}]


def make_exam(**given: Any) -> Exam:
    """Six questions of one point; four are enough."""
    return ExamFactory(**{"blueprint": {"schema": 1, "lines": SIX}, "pass_percent": 60, **given})


def make_manager(exam: Exam, **given: Any) -> User:
    """Somebody who runs the exams of the base."""
    return RoleGrantFactory(user=PersonFactory(**given).user, organisation=exam.organisation, role="base-manager").user


def sat(exam: Exam | None = None, *, slots: int = 6, now: datetime = NOON, person: Any = None) -> Attempt:
    """A paper handed in with its first `slots` questions answered rightly and the others open."""
    attempt = make_attempt(make_seat(exam or make_exam(), person), now=now)
    answer_rightly(attempt, slots=slots, now=now)
    submit(attempt=attempt, now=now)
    return attempt


def standing(attempt: Attempt) -> Result:
    return attempt.results.order_by("-seq")[0]


def version_in(attempt: Attempt, slot: int) -> QuestionVersion:
    """The question that lies at this place of the paper."""
    item = next(item for item in attempt.seat.paper.items if item["slot"] == slot)
    return QuestionVersion.objects.select_related("question").get(pk=item["version"])


def another_key(version: QuestionVersion) -> KeyText:
    """The key of a single choice with another option as the right one."""
    key = key_in_force(version)
    other = next(o["id"] for o in version.body["options"] if o["id"] != key.accepted["option"])
    return KeyText({"option": other}, key.explanation, key.explanation_en, key.source)


def proposed_key(attempt: Attempt, slot: int, by: User, now: datetime = NOON) -> Regrade:
    """A corrected key for a place of a paper, computed dry."""
    version = version_in(attempt, slot)
    regrade = propose_key(
        exam=attempt.seat.exam,
        version=version,
        key=another_key(version),
        reason="新条文已施行",
        prepared_by=by,
        now=now,
    )
    drain(now=now)
    regrade.refresh_from_db()
    return regrade


def proposed_exclusion(attempt: Attempt, slot: int, rule: ExclusionRule, by: User, now: datetime = NOON) -> Regrade:
    """A faulty question at a place of a paper, computed dry."""
    regrade = propose_exclusion(
        exam=attempt.seat.exam,
        version=version_in(attempt, slot),
        rule=rule,
        reason="两个选项都说得通",
        prepared_by=by,
        now=now,
    )
    drain(now=now)
    regrade.refresh_from_db()
    return regrade


def carry_out(regrade: Regrade, by: User, now: datetime = NOON + timedelta(minutes=5)) -> None:
    """Approve a correction and have it written."""
    approve(regrade=regrade, decided_by=by, now=now)
    drain(now=now)
