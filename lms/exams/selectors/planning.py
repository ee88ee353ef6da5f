"""The exams that a base plans and runs, each with where it stands, and what its bank has to draw from."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import ENDED_STATES, EXAM_ROLES, AttemptState
from lms.exams.models import Attempt, Exam, QuestionBank, Seat
from lms.exams.selectors.bank import current_versions
from lms.exams.selectors.phases import results_out
from lms.kernel.lookups import says_all
from lms.schemes.enums import ModuleCode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

OVER = "over"


class Stage(TextChoices):
    """Where an exam stands for those who run it."""

    PLANNED = "planned", pgettext_lazy("an exam", "Planned")
    OPEN = "open", pgettext_lazy("an exam", "Open")
    CLOSED = "closed", pgettext_lazy("an exam", "Closed")
    WAITING = "waiting", _("Waiting for marks")
    OUT = "out", _("Results out")


@dataclass(frozen=True, slots=True)
class ExamRow:
    """One exam of the list; the figures are those of its query."""

    exam: Exam
    stage: Stage


def exams_run_by(user: "User | AnonymousUser") -> QuerySet[Exam]:
    """Exams of the bases that `user` manages, the last to open first, with how many people are at which point."""
    found = Exam.objects.visible_to(user)
    if not user.is_superuser:
        found = found.filter(organisation__in=organisations_of(user, *EXAM_ROLES))
    attempts = Attempt.objects.filter(seat__exam=OuterRef("pk"))
    return (
        found.select_related("organisation", "bank", "scheme_version")
        .annotate(
            seated=_number(Seat.objects.filter(exam=OuterRef("pk"), withdrawn_at__isnull=True), "exam"),
            under_way=_number(attempts.filter(state=AttemptState.OPEN), "seat__exam"),
            ended=_number(attempts.filter(state__in=ENDED_STATES), "seat__exam"),
            unmarked=_number(attempts.filter(state__in=ENDED_STATES, results__isnull=True), "seat__exam"),
        )
        .order_by("-opens_at", "-pk")
    )


def _number(rows: QuerySet, of: str) -> Coalesce:
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def narrowed(exams: QuerySet[Exam], *, stage: str, words: str, now: datetime) -> QuerySet[Exam]:
    """Those before, in or after their window, and with these words in title or code."""
    by_stage = {
        Stage.PLANNED.value: Q(opens_at__gt=now),
        Stage.OPEN.value: Q(opens_at__lte=now, closes_at__gt=now),
        OVER: Q(closes_at__lte=now),
    }
    return exams.filter(by_stage.get(stage, Q()), says_all(words.split(), "title", "title_en", "code"))


def stage_of(exam: Exam, now: datetime) -> Stage:
    """Where an exam of `exams_run_by` stands; it stays open while anybody with extra time still sits."""
    if now < exam.opens_at:
        return Stage.PLANNED
    if now < exam.closes_at or exam.under_way:  # type: ignore[attr-defined]
        return Stage.OPEN
    if exam.unmarked:  # type: ignore[attr-defined]
        return Stage.WAITING
    return Stage.OUT if exam.ended and results_out(exam, now) else Stage.CLOSED  # type: ignore[attr-defined]


def banks_to_draw_from(user: "User | AnonymousUser") -> QuerySet[QuestionBank]:
    """Banks of the bases whose exams `user` runs."""
    found = QuestionBank.objects.visible_to(user).select_related("organisation").order_by("organisation__code", "code")
    return found if user.is_superuser else found.filter(organisation__in=organisations_of(user, *EXAM_ROLES))


def is_drawn(exam: Exam) -> bool:
    """Whether a paper has been drawn, so that the plan stands still (one query)."""
    return exam.papers.exists()


@dataclass(frozen=True, slots=True)
class Stock:
    """What a bank has for a level: modules and topics of its published questions, with their numbers.

    `names` are the titles of the topics that the scheme knows.
    """

    level: str
    modules: list[tuple[str, str]]
    topics: list[tuple[str, str]]
    names: dict[str, str]


def stock_of(exam: Exam) -> Stock:
    """Which modules and topics a line can ask for (two queries). `level` is empty where a bank does not tag levels."""
    versions = list(current_versions(exam.bank_id))
    level = exam.level if any(version.level == exam.level for version in versions) else ""
    fitting = [version for version in versions if not level or version.level == level]
    topics = Counter(version.topic for version in fitting)
    modules = Counter(version.module for version in fitting if version.module)
    names = {topic.code: topic.label for topic in exam.scheme_version.topics.filter(level_code=exam.level)}
    labels = dict(ModuleCode.choices)
    return Stock(
        level,
        [(code, f"{labels.get(code, code)} ({number})") for code, number in sorted(modules.items())],
        [
            (code, f"{names.get(code, code)} ({number})")
            for code, number in sorted(topics.items(), key=lambda each: (each[0] not in names, each[0]))
        ],
        names,
    )
