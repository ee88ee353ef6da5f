"""Deciding what had waited for a presence answer: credited when it came in time, refused when it did not."""

from collections.abc import Iterable
from datetime import datetime

from courses.enums import EnrolmentState, IntervalReason, ItemState, PartVerdict
from courses.models import ItemProgress, StudyInterval, StudySettlement
from lms.schemes.selectors.study_rules import study_rules_of

from .ceilings import day_left, day_of
from .crediting import credit, write
from .spans import Parts, first, joined, length, minus, of_verdict, spans_of


def waiting_items(person_id: int) -> list[ItemProgress]:
    """The person's items in which something is pending."""
    rows = ItemProgress.objects.filter(enrolment__person_id=person_id, waiting_s__gt=0)
    chain = rows.select_related("enrolment__course_version", "enrolment__progress", "enrolment__course")
    return list(
        chain.select_related("enrolment__scheme_version").defer("enrolment__course_version__body").order_by("pk")
    )


def settle(*, items: Iterable[ItemProgress], upto: int, answered: int | None = None, now: datetime) -> None:
    """Decide what waits in `items` for questions up to number `upto`; that of number `answered` came in time.

    The caller has locked the person's study.
    """
    for progress in items:
        due = {entry[2]: entry[3] for entry in progress.waiting if entry[3] <= upto}
        if not due:
            continue
        was_complete = progress.state == ItemState.COMPLETE
        for interval in StudyInterval.objects.select_related("lease").filter(pk__in=due).order_by("pk"):
            parts = _decided(progress, interval, in_time=due[interval.pk] == answered)
            _write_down(progress, interval, parts, now)
        write(enrolment=progress.enrolment, progress=progress, was_complete=was_complete, now=now)


def _write_down(progress: ItemProgress, interval: StudyInterval, parts: Parts, now: datetime) -> None:
    seconds = of_verdict(parts, PartVerdict.CREDITED)
    StudySettlement.objects.create(interval=interval, parts=parts, accepted_s=length(seconds), at=now)
    progress.waiting = [entry for entry in progress.waiting if entry[2] != interval.pk]
    progress.waiting_s = length(spans_of(progress.waiting))
    credit(lease=interval.lease, progress=progress, seconds=seconds, now=now)


def _decided(progress: ItemProgress, interval: StudyInterval, *, in_time: bool) -> Parts:
    pending = of_verdict(interval.parts, PartVerdict.PENDING)
    if not in_time:
        return _refused(pending, IntervalReason.PRESENCE_MISSED)
    if progress.enrolment.state == EnrolmentState.WITHDRAWN:
        return _refused(pending, IntervalReason.WITHDRAWN)
    rules = study_rules_of(progress.enrolment.scheme_version)
    room = day_left(person_id=interval.lease.person_id, day=day_of(interval.lease.issued_at), rules=rules)
    # A correction may have given these seconds meanwhile.
    fresh = minus(pending, progress.covered)
    held = first(fresh, room)
    parts: Parts = [[start, end, PartVerdict.CREDITED, ""] for start, end in held]
    parts += _refused(minus(fresh, held), IntervalReason.DAILY_CEILING)
    parts += _refused(minus(pending, fresh), IntervalReason.ALREADY_COUNTED)
    return joined(parts)


def _refused(seconds: list[list[int]], reason: IntervalReason) -> Parts:
    return joined([start, end, PartVerdict.REFUSED, reason] for start, end in seconds)
