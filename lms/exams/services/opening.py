"""Offering an exam whole and at once, as a data set or a demonstration does; a desk plans it step by step."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from lms.exams.enums import ExamMode
from lms.exams.models import Exam, QuestionBank
from lms.exams.services.blueprints import in_shape
from lms.exams.services.planning import checked, rehearse
from lms.kernel.levels import LevelCode

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation
    from lms.schemes.models import SchemeVersion


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
    **further: Any,
) -> Exam:
    """Offer an exam; the code again answers the exam that is there.

    `lines` are the blueprint: {kind, count, points} and, where wanted, level, module, topic and difficulty.
    A paper is drawn for trial, so that a bank that cannot fill it is found out here and not at the bell.
    `further` are the exam's other settings: attempts, exposure, the phases of review, the days of appeal.
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
        blueprint={"schema": 1, "lines": in_shape(lines)},
        created_at=now,
        **further,
    )
    checked(exam)
    rehearse(exam)
    exam.save(force_insert=True)
    return exam
