"""Results of an exam for those who run it: every attempt with the result that stands."""

from django.db.models import F, OrderBy, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.exams.enums import ENDED_STATES, AttemptState
from lms.exams.models import Attempt, Exam, Result
from lms.kernel.lookups import says_all

FIGURES = ("points", "max_points", "percent", "passed", "seq")


class Show(TextChoices):
    """Which attempts the table shows."""

    ALL = "", pgettext_lazy("attempts", "All")
    PASSED = "passed", _("Passed")
    NOT_PASSED = "not", _("Not passed")
    WAITING = "waiting", _("Waiting for marks")
    UNDER_WAY = "under-way", _("Under way")
    VOID = "void", _("Void")


class Sort(TextChoices):
    """In which order."""

    NAME = "name", _("By name")
    HIGHEST = "highest", _("Highest first")
    LOWEST = "lowest", _("Lowest first")
    ENDED = "ended", _("Last handed in first")


_SHOWN = {
    Show.PASSED: Q(state__in=ENDED_STATES, passed=True),
    Show.NOT_PASSED: Q(state__in=ENDED_STATES, passed=False),
    Show.WAITING: Q(state__in=ENDED_STATES, passed__isnull=True),
    Show.UNDER_WAY: Q(state=AttemptState.OPEN),
    Show.VOID: Q(state=AttemptState.VOID),
}
_SORTED: dict[Sort, tuple[str | OrderBy, ...]] = {
    Sort.NAME: ("seat__person__real_name", "seat_id", "no"),
    Sort.HIGHEST: (F("percent").desc(nulls_last=True), "seat__person__real_name", "pk"),
    Sort.LOWEST: (F("percent").asc(nulls_last=True), "seat__person__real_name", "pk"),
    Sort.ENDED: (F("ended_at").desc(nulls_last=True), "pk"),
}


def marksheet(exam: Exam, *, show: str = "", sort: str = "", words: str = "") -> QuerySet[Attempt]:
    """Attempts with `points`, `max_points`, `percent`, `passed` and `seq` of the result that stands, empty before."""
    newest = Result.objects.filter(attempt=OuterRef("pk")).order_by("-seq")
    figures = {name: Subquery(newest.values(name)[:1]) for name in FIGURES}
    shown = _SHOWN.get(Show(show), Q()) if show in Show.values else Q()
    order = _SORTED[Sort(sort) if sort in Sort.values else Sort.NAME]
    return (
        Attempt.objects.filter(says_all(words.split(), "seat__person__real_name", "seat__ticket_code"), seat__exam=exam)
        .annotate(**figures)
        .filter(shown)
        .select_related("seat__person", "seat__organisation")
        .order_by(*order)
    )
