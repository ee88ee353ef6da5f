"""Planning an exam: its settings and its blueprint, which stand still once a paper has been drawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.models import Exam, QuestionBank
from lms.exams.policies import can_run_exams
from lms.exams.selectors.bank import current_versions
from lms.exams.services.blueprints import in_shape
from lms.exams.services.drawing import Exposure, NotEnoughQuestions, draw_items
from lms.exams.services.papers import cases_of
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.records.services import audit
from lms.schemes.selectors.eligibility import pass_mark

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.schemes.models import SchemeVersion

# What a manager writes down besides level, bank and scheme; the pass mark is the scheme's.
FIELDS = (
    "title",
    "title_en",
    "opens_at",
    "closes_at",
    "minutes",
    "grace_s",
    "mode",
    "attempts_allowed",
    "exposure_percent",
    "results_at",
    "review_from",
    "keys_from",
    "appeal_days",
    "decision_days",
)
# A plan with a bound on exposure is tried on so many papers at once.
WHOLE, REHEARSED = 100, 20
# Words that stand in an address where the code of an exam would.
TAKEN_WORDS = ("new",)


class NotYourExam(NotAllowed):
    code = "not-your-exam"
    message = _("Only a manager of this training base plans its exams.")


class ExamCodeTaken(Conflict):
    code = "exam-code-taken"
    message = _("There is an exam with the code %(code)s already.")


class ExamInUse(Conflict):
    code = "exam-in-use"
    message = _(
        "Papers of this exam have been drawn, so its plan stays as it is: everybody sits the same exam. "
        "Plan another one to ask differently."
    )


class ExamNotRight(Refusal):
    code = "exam-not-right"
    message = _("This exam cannot be offered. %(problems)s")


class NoExamAtLevel(Refusal):
    code = "no-exam-at-level"
    message = _("The scheme asks for no exam at this level.")


class BankOfAnotherBase(Refusal):
    code = "bank-of-another-base"
    message = _("An exam is drawn from a bank of its own training base.")


class ExposureTooTight(Refusal):
    code = "exposure-too-tight"
    message = _(
        "The bank is too small to keep each question out of all but %(percent)s percent of the papers. "
        "Ask for fewer questions of a kind, or allow a question in more papers."
    )


@transaction.atomic
def plan_exam(
    *,
    code: str,
    bank: QuestionBank,
    scheme_version: "SchemeVersion",
    level: LevelCode | str,
    planned_by: "User",
    now: datetime,
    **given: Any,
) -> Exam:
    """Plan an exam of the bank's base; its blueprint comes next, and nobody can be seated before it."""
    if not can_run_exams(planned_by, bank.organisation_id):
        raise NotYourExam
    if code in TAKEN_WORDS or Exam.objects.filter(code=code).exists():
        raise ExamCodeTaken(code=code)
    exam = Exam(
        code=code,
        organisation=bank.organisation,
        bank=bank,
        scheme_version=scheme_version,
        level=LevelCode(level),
        pass_percent=_pass_mark(scheme_version, level),
        blueprint={"schema": 1, "lines": []},
        created_at=now,
        **given,
    )
    checked(exam)
    exam.save(force_insert=True)
    _record("exams.exam-planned", exam, planned_by, {"code": code}, now)
    return exam


@transaction.atomic
def change_exam(*, exam: Exam, changed_by: "User", now: datetime, **given: Any) -> Exam:
    """Change the settings of an exam of which no paper has been drawn."""
    held = _hold(exam, changed_by)
    changed = [name for name in FIELDS if name in given and given[name] != getattr(held, name)]
    for name in changed:
        setattr(held, name, given[name])
    checked(held)
    if held.blueprint["lines"]:
        rehearse(held)
    if changed:
        held.save(update_fields=changed)
        _record("exams.exam-changed", held, changed_by, {"changed": changed}, now)
    return held


@transaction.atomic
def set_blueprint(*, exam: Exam, lines: Sequence[dict[str, Any]], changed_by: "User", now: datetime) -> Exam:
    """Say what papers are made of. A paper is drawn for trial: what the bank cannot fill is refused."""
    held = _hold(exam, changed_by)
    held.blueprint = {"schema": 1, "lines": in_shape(lines)}
    rehearse(held)
    held.save(update_fields=["blueprint"])
    _record("exams.blueprint-set", held, changed_by, {"lines": len(held.blueprint["lines"])}, now)
    return held


def draw_for_trial(exam: Exam, seed: str = "trial") -> list[dict[str, Any]]:
    """The items of one paper as the bank stands today; nothing of it is kept."""
    return draw_items(
        blueprint=exam.blueprint,
        versions=list(current_versions(exam.bank_id)),
        seed=seed,
        cases=cases_of(exam.bank_id),
    )


def rehearse(exam: Exam) -> None:
    """Refuse a plan that the bank cannot fill, or not for a room of people within the bound on exposure."""
    draw_for_trial(exam)
    if exam.exposure_percent == WHOLE:
        return
    versions, cases = list(current_versions(exam.bank_id)), cases_of(exam.bank_id)
    exposure = Exposure(expected=REHEARSED, percent=exam.exposure_percent)
    try:
        for number in range(REHEARSED):
            items = draw_items(
                blueprint=exam.blueprint, versions=versions, seed=f"room {number}", cases=cases, exposure=exposure
            )
            exposure.count([item["version"] for item in items])
    except NotEnoughQuestions as error:
        raise ExposureTooTight(percent=exam.exposure_percent) from error


def checked(exam: Exam) -> None:
    """Refuse an exam that its own rules do not allow, with their sentences."""
    if exam.bank.organisation_id != exam.organisation_id:
        raise BankOfAnotherBase
    try:
        exam.full_clean(exclude=["blueprint"])
    except ValidationError as error:
        raise ExamNotRight(problems=" ".join(error.messages)) from error


def _pass_mark(scheme_version: "SchemeVersion", level: LevelCode | str) -> int:
    mark = pass_mark(scheme_version, level)
    if mark is None:
        raise NoExamAtLevel
    return mark


def _hold(exam: Exam, user: "User") -> Exam:
    if not can_run_exams(user, exam.organisation_id):
        raise NotYourExam
    held = (
        Exam.objects.select_for_update(of=("self",))
        .select_related("organisation", "bank", "scheme_version")
        .get(pk=exam.pk)
    )
    if held.papers.exists():
        raise ExamInUse
    return held


def _record(action: str, exam: Exam, user: "User", detail: dict[str, Any], now: datetime) -> None:
    audit.record(
        action=action,
        actor=f"user:{user.pk}",
        subject=f"exams.exam:{exam.pk}",
        organisation=exam.organisation.code,
        detail=detail,
        now=now,
    )
