"""Corrections of an exam: what was proposed, and whose result changes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from lms.exams.enums import RegradeState
from lms.exams.models import Exam, QuestionVersion, Regrade, RegradeLine

if TYPE_CHECKING:
    from lms.exams.models.regrade import RegradeQuerySet

OPEN_STATES = (RegradeState.PREPARED, RegradeState.APPROVED)
TO_PASS = Q(passed_before=False, passed_after=True)
TO_FAIL = Q(passed_before=True, passed_after=False)
# How the table of changes is narrowed.
SHOWN = {"to-pass": TO_PASS, "to-fail": TO_FAIL, "points": Q(passed_before=F("passed_after"))}


@dataclass(frozen=True, slots=True)
class Changes:
    """How many papers a regrade changes, and how."""

    changed: int
    to_pass: int
    to_fail: int
    written: int

    @property
    def same_verdict(self) -> int:
        return self.changed - self.to_pass - self.to_fail


def regrades_of(exam: Exam) -> "RegradeQuerySet":
    """Every correction of an exam with how much it changes, the newest first."""
    found = exam.regrades.select_related("version__question").annotate(
        changed=Count("lines"),
        to_pass=Count("lines", filter=Q(lines__passed_before=False, lines__passed_after=True)),
        to_fail=Count("lines", filter=Q(lines__passed_before=True, lines__passed_after=False)),
    )
    return found.order_by("-prepared_at", "-pk")


def open_regrade(exam: Exam) -> Regrade | None:
    """The correction that waits for approval or is being written."""
    return exam.regrades.filter(state__in=OPEN_STATES).first()


def regrade_of(exam: Exam, uid: UUID) -> Regrade | None:
    """One correction of this exam."""
    return exam.regrades.select_related("version__question").filter(uid=uid).first()


def changes_of(regrade: Regrade) -> Changes:
    """The totals of the dry run, and how many of its lines are written (two queries)."""
    totals: dict[str, Any] = regrade.lines.aggregate(
        changed=Count("pk"), to_pass=Count("pk", filter=TO_PASS), to_fail=Count("pk", filter=TO_FAIL)
    )
    return Changes(**totals, written=regrade.results.count())


def lines_of(regrade: Regrade, shown: str = "") -> QuerySet[RegradeLine]:
    """The lines of a dry run with their people: those whose verdict turns first, then by ticket."""
    lines = regrade.lines.select_related("attempt__seat__person")
    lines = lines.filter(SHOWN[shown]) if shown in SHOWN else lines
    turned = Case(When(passed_before=F("passed_after"), then=Value(1)), default=Value(0), output_field=IntegerField())
    return lines.annotate(turned=turned).order_by("turned", "attempt__seat__ticket_code", "pk")


def questions_of(exam: Exam) -> QuerySet[QuestionVersion]:
    """The question versions that lie in papers of an exam and still count, in the order of their names."""
    used = QuestionVersion.objects.filter(uses__exam=exam, uses__papers__gt=0).exclude(
        pk__in=exam.exclusions.values("version")
    )
    return used.select_related("question").order_by("question__ref", "no")


def other_exams_with(version: QuestionVersion, exam: Exam) -> QuerySet[Exam]:
    """Other exams in whose papers this version lies; a correction here leaves their results as they are."""
    return Exam.objects.filter(uses__version=version, uses__papers__gt=0).exclude(pk=exam.pk).order_by("code")
