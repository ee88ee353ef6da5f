"""When the window of an attempt was left, and until when that is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from lms.exams.enums import AppealState, AttemptState, StepKind
from lms.exams.models import Appeal, Attempt, FocusNote, Result


@dataclass(frozen=True, slots=True)
class Absence:
    """One time that the window was left; `until` is empty if it was not taken up again."""

    since: datetime
    until: datetime | None

    @property
    def seconds(self) -> int | None:
        """How long it lasted."""
        return None if self.until is None else round((self.until - self.since).total_seconds())


def focus_of(attempt: Attempt) -> list[Absence]:
    """The absences of an attempt in their order; a second leaving without a return between them is the same one."""
    absences: list[Absence] = []
    since: datetime | None = None
    for note in FocusNote.objects.filter(attempt=attempt).order_by("at", "client_seq"):
        if note.kind == StepKind.FOCUS_LOST:
            since = since or note.at
        elif since:
            absences.append(Absence(since, note.at))
            since = None
    return [*absences, Absence(since, None)] if since else absences


def attempts_to_forget(now: datetime) -> Iterator[int]:
    """Ended attempts with notes whose term of appeal is over and about which no appeal is open.

    The term runs from the standing result, or from the day on which results are shown if that is later; for an
    attempt without a result, from its end.
    """
    standing = Result.objects.filter(attempt=OuterRef("pk")).order_by("-seq").values("at")[:1]
    appeals = Appeal.objects.filter(attempt=OuterRef("pk"), state=AppealState.FILED)
    noted = (
        Attempt.objects.exclude(state=AttemptState.OPEN)
        .filter(Exists(FocusNote.objects.filter(attempt=OuterRef("pk"))), ~Exists(appeals))
        .annotate(result_at=Subquery(standing))
    )
    rows = noted.values_list(
        "pk", "state", "result_at", "accepts_until", "seat__exam__results_at", "seat__exam__appeal_days"
    )
    for pk, state, result_at, accepts_until, shown_at, days in rows:
        if result_at is None and state != AttemptState.VOID:
            continue
        begins = max(filter(None, (result_at or accepts_until, shown_at)))
        if begins + timedelta(days=days) < now:
            yield pk
