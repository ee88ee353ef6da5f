"""How the study time of a course was counted: lesson by lesson, sitting by sitting, to the second."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from courses.enums import IntervalReason, PartVerdict
from courses.models import Enrolment, StudyCorrection, StudyInterval

from .progress import ItemStanding, item_standings

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

# A pause longer than this begins another sitting.
PAUSE = timedelta(minutes=10)
# Said to the page while it counts; nothing of it is lost, so it is no loss to explain.
REPEATED = (IntervalReason.AHEAD_OF_CLOCK, IntervalReason.ALREADY_COUNTED, IntervalReason.DECLARED_REACHED)


@dataclass(frozen=True, slots=True)
class Refused:
    """Seconds refused for one reason."""

    reason: IntervalReason
    seconds: int

    @property
    def sentence(self) -> str:
        """Why, in the language now active."""
        return str(self.reason.label)


@dataclass(slots=True)
class Sitting:
    """One stretch of study at one lesson."""

    begun_at: datetime
    ended_at: datetime
    credited_s: int = 0
    pending_s: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)

    @property
    def refused(self) -> list[Refused]:
        """What was lost, by reason."""
        return _refused(self.lost)

    @property
    def overlap_s(self) -> int:
        """Seconds claimed again or too early; they are counted once, elsewhere."""
        return self.repeated.total()


@dataclass(frozen=True, slots=True)
class LessonHours:
    """One lesson: where it stands, how it was studied, and what a base corrected."""

    standing: ItemStanding
    sittings: list[Sitting]
    corrections: list[StudyCorrection]

    @property
    def begun(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.sittings or self.corrections or self.standing.covered_s)

    @property
    def pending_s(self) -> int:
        """Seconds that wait for an answer."""
        return sum(sitting.pending_s for sitting in self.sittings)

    @property
    def refused_s(self) -> int:
        """Seconds that were studied and not counted."""
        return sum(sitting.lost.total() for sitting in self.sittings)


def lesson_hours(enrolment: Enrolment) -> list[LessonHours]:
    """Every lesson of the enrolment's version (three queries)."""
    sittings: dict[str, list[Sitting]] = defaultdict(list)
    for row in _claims(enrolment):
        _count(sittings[row.lease.item_uid], row)
    corrections: dict[str, list[StudyCorrection]] = defaultdict(list)
    for correction in StudyCorrection.objects.filter(enrolment=enrolment):
        corrections[correction.item_uid].append(correction)
    return [
        LessonHours(standing, sittings[standing.item.uid], corrections[standing.item.uid])
        for standing in item_standings(enrolment)
    ]


def _claims(enrolment: Enrolment) -> Iterable[StudyInterval]:
    rows = StudyInterval.objects.filter(lease__enrolment=enrolment).select_related("lease", "settlement")
    return rows.order_by("lease__issued_at", "pk").iterator(chunk_size=500)


def _count(sittings: list[Sitting], row: StudyInterval) -> None:
    ended = min(row.lease.expires_at, max(row.received_at, row.lease.issued_at))
    if not sittings or row.lease.issued_at - sittings[-1].ended_at > PAUSE:
        sittings.append(Sitting(row.lease.issued_at, ended))
    sitting = sittings[-1]
    sitting.ended_at = max(sitting.ended_at, ended)
    for start, end, verdict, reason in _final(row):
        if verdict == PartVerdict.CREDITED:
            sitting.credited_s += end - start
        elif verdict == PartVerdict.PENDING:
            sitting.pending_s += end - start
        else:
            (sitting.repeated if reason in REPEATED else sitting.lost)[reason] += end - start


def _final(row: StudyInterval) -> list[list[Any]]:
    """The parts as they stand now: what was settled takes the place of what was pending."""
    settled = getattr(row, "settlement", None)
    if settled is None:
        return list(row.parts)
    return [part for part in row.parts if part[2] != PartVerdict.PENDING] + list(settled.parts)


def _refused(lost: Counter[str]) -> list[Refused]:
    return [Refused(reason, lost[reason]) for reason in IntervalReason if lost[reason]]


def enrolments_to_correct(user: "User | AnonymousUser") -> Any:
    """Enrolments whose hours the reader may look into."""
    return Enrolment.objects.visible_to(user).with_outline().select_related("person", "organisation")
