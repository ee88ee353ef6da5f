"""Statistics of an exam: computed by a job from the results that stand, and kept with the moment."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from lms.exams.engine.flags import flags_of
from lms.exams.engine.statistics import Figures, ItemFigures, compute
from lms.exams.enums import CHOICE_KINDS
from lms.exams.models import Exam, ExamStatistics, ItemStatistics, QuestionVersion
from lms.exams.selectors.sheets import sheets_of
from lms.exams.services.marking import keys_of
from lms.jobs.services.queue import enqueue

COMPUTE = "exams.compute-statistics"
# Results that come out close together are computed together, when their window is over.
WINDOW = timedelta(minutes=5)
# A result written as its window ends is committed by then.
MARGIN = timedelta(seconds=30)
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def _rounded(value: float | None, places: int) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.{places}f}")


def right_options(version_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The right options of questions with a choice, for staff alone (one query)."""
    return {
        version: frozenset(key.accepted.get("options") or [key.accepted["option"]])
        for version, key in keys_of(version_ids).items()
        if "option" in key.accepted or "options" in key.accepted
    }


def ask(*, exam: Exam, now: datetime, owner: str) -> None:
    """Have the statistics of an exam computed again; asked twice, once."""
    enqueue(task=COMPUTE, key=f"exam:{exam.pk}", payload={"exam_id": exam.pk}, now=now, owner=owner)


def ask_later(*, exam_id: int, now: datetime) -> None:
    """Have them computed when the window of `now` is over, once for all results that come out in it."""
    window = (now - _EPOCH) // WINDOW + 1
    enqueue(
        task=COMPUTE,
        key=f"exam:{exam_id}:{window}",
        payload={"exam_id": exam_id},
        now=now,
        run_after=_EPOCH + window * WINDOW + MARGIN,
    )


@contextmanager
def _collecting_only_what_is_new() -> Iterator[None]:
    """A million short-lived rows pass by: do not look through the whole platform for garbage at every few of them."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@transaction.atomic
def compute_statistics(*, exam_id: int, now: datetime) -> ExamStatistics:
    """Compute and keep them. Of earlier computations the figures of the exam stay, those of its questions go."""
    exam = Exam.objects.get(pk=exam_id)
    excluded = frozenset(exam.exclusions.values_list("version", flat=True))
    with _collecting_only_what_is_new():
        figures = compute(sheets_of(exam.pk, excluded))
    row = _write(exam, figures, now)
    ItemStatistics.objects.filter(of_exam__exam=exam).exclude(of_exam=row).delete()
    ItemStatistics.objects.bulk_create(_items(row, figures.items), batch_size=500)
    return row


def _write(exam: Exam, figures: Figures, now: datetime) -> ExamStatistics:
    reliability = figures.reliability
    return ExamStatistics.objects.create(
        exam=exam,
        attempts=figures.attempts,
        items=len(figures.items),
        mean=_rounded(figures.mean, 2),
        deviation=_rounded(figures.deviation, 2),
        reliability=_rounded(reliability.value, 3) if reliability else None,
        reliability_method=reliability.method if reliability else "",
        standard_error=_rounded(reliability.standard_error, 2) if reliability else None,
        passed=figures.passed,
        histogram=list(figures.histogram),
        computed_at=now,
    )


def _offered(version_ids: Iterable[int]) -> dict[int, list[str]]:
    """The options of questions with a choice, in their author's order."""
    versions = QuestionVersion.objects.filter(pk__in=list(version_ids), question__kind__in=CHOICE_KINDS)
    return {pk: [option["id"] for option in body["options"]] for pk, body in versions.values_list("pk", "body")}


def _items(row: ExamStatistics, items: Mapping[int, ItemFigures]) -> list[ItemStatistics]:
    offered = _offered(items)
    right = right_options(offered)
    return [
        ItemStatistics(
            of_exam=row,
            version_id=version,
            attempts=item.attempts,
            facility=_rounded(item.facility, 3),
            discrimination=_rounded(item.discrimination, 3),
            omitted=item.omitted,
            distractors=_distractors(item, offered.get(version, [])),
            flags=flags_of(item, offered.get(version, []), right.get(version, frozenset())),
        )
        for version, item in sorted(items.items())
    ]


def _distractors(item: ItemFigures, offered: Iterable[str]) -> dict[str, Any]:
    """How often each option was taken, also the ones that nobody took; the mean rest score of who took it."""
    found = {}
    for option in offered:
        taken = item.options.get(option)
        found[option] = {"n": taken.taken, "mean_rest": round(taken.mean_rest, 1)} if taken else {"n": 0}
    return found
