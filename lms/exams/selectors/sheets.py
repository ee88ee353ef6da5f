"""The marked papers of an exam as its statistics read them: what stands, what counts, and which options were taken."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from lms.exams.engine.sums import Mark, Sheet
from lms.exams.enums import CHOICE_KINDS, ENDED_STATES
from lms.exams.models import AttemptAnswer, Result

AT_ONCE = 500
_CHOICES = frozenset(CHOICE_KINDS)
_NONE: Sequence[str] = ()

Row = tuple[int, Any, bool, list[dict[str, str]], list[dict[str, Any]]]


def standing_of(exam_id: int) -> QuerySet[Result]:
    """The newest result of every attempt at an exam; attempts declared void have none."""
    newer = Result.objects.filter(attempt=OuterRef("attempt"), seq__gt=OuterRef("seq"))
    found = Result.objects.filter(attempt__seat__exam=exam_id, attempt__state__in=ENDED_STATES)
    return found.filter(~Exists(newer)).order_by("attempt")


def sheets_of(exam_id: int, excluded: Collection[int]) -> Iterator[Sheet]:
    """Every marked paper without the excluded question versions; two queries for each few hundred papers."""
    rows = standing_of(exam_id).values_list("attempt", "percent", "passed", "marks", "attempt__seat__paper__items")
    papers = iter(rows.iterator(chunk_size=AT_ONCE))
    while batch := list(islice(papers, AT_ONCE)):
        answers = _answers([row[0] for row in batch])
        for row in batch:
            yield _sheet(row, answers.get(row[0], {}), excluded)


@lru_cache(maxsize=4096)
def _chosen(text: str) -> Sequence[str] | None:
    """The options in an answer as it is stored; None if it was taken back."""
    answer = json.loads(text)
    if answer is None:
        return None
    return (answer,) if isinstance(answer, str) else tuple(each for each in answer if isinstance(each, str))


def _answers(attempts: Sequence[int]) -> dict[int, dict[int, str]]:
    """By attempt and slot, the stored text of what was answered."""
    found: dict[int, dict[int, str]] = {}
    rows = AttemptAnswer.objects.filter(attempt__in=attempts, answer__isnull=False)
    for attempt, slot, text in rows.values_list("attempt", "slot", Cast("answer", TextField())).iterator():
        found.setdefault(attempt, {})[slot] = text
    return found


def _taken(kind: str, text: str | None) -> Sequence[str] | None:
    if text is None or text == "null":
        return None
    return _chosen(text) if kind in _CHOICES else _NONE


def _sheet(row: Row, answers: Mapping[int, str], excluded: Collection[int]) -> Sheet:
    _attempt, percent, passed, marks, items = row
    earned = {mark["slot"]: mark for mark in marks}
    counted = []
    for item in items:
        mark, version = earned.get(item["slot"]), item["version"]
        if mark is None or version in excluded or not (worth := float(mark["of"])):
            continue
        taken = _taken(item["kind"], answers.get(item["slot"]))
        counted.append(Mark(version, float(mark["points"]), worth, taken))
    return Sheet(float(percent), passed, counted)
