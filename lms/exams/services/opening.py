"""Offering an exam."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import ExamMode
from lms.exams.models import Exam, QuestionBank
from lms.exams.selectors.bank import current_versions
from lms.exams.services.drawing import draw_items
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation
    from lms.schemes.models import SchemeVersion


class ExamNotRight(Refusal):
    code = "exam-not-right"
    message = _("This exam cannot be offered. %(problems)s")


@transaction.atomic
def open_exam(
    *,
    code: str,
    organisation: "Organisation",
    scheme_version: "SchemeVersion",
    bank: QuestionBank,
    level: LevelCode | str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    minutes: int,
    pass_percent: int,
    lines: Sequence[dict[str, Any]],
    now: datetime,
    title_en: str = "",
    mode: ExamMode | str = ExamMode.INVIGILATED,
    grace_s: int = 60,
) -> Exam:
    """Offer an exam; the code again answers the exam that is there.

    `lines` are the blueprint: {kind, count, points} and, where wanted, topic and difficulty. A paper is
    drawn for trial, so that a bank that cannot fill it is found out here and not at the bell.
    """
    there = Exam.objects.filter(code=code).first()
    if there:
        return there
    exam = Exam(
        code=code,
        organisation=organisation,
        scheme_version=scheme_version,
        bank=bank,
        level=LevelCode(level),
        title=title,
        title_en=title_en,
        opens_at=opens_at,
        closes_at=closes_at,
        minutes=minutes,
        grace_s=grace_s,
        pass_percent=pass_percent,
        mode=ExamMode(mode),
        blueprint={"schema": 1, "lines": list(lines)},
        created_at=now,
    )
    try:
        exam.full_clean()
    except ValidationError as error:
        raise ExamNotRight(problems=" ".join(error.messages)) from error
    draw_items(blueprint=exam.blueprint, versions=list(current_versions(bank.pk)), seed="trial")
    exam.save(force_insert=True)
    return exam
