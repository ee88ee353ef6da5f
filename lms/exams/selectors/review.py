"""A marked paper before its person: own answers with their points, and the keys once their moment has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from lms.exams.enums import ExclusionRule, ReviewPhase
from lms.exams.models import Attempt, Result
from lms.exams.models.key import AnswerKey
from lms.exams.selectors.phases import reaches
from lms.exams.selectors.room import CaseView, QuestionView, room_view
from lms.exams.selectors.saying import Line, accepted_words, said, stem


@dataclass(frozen=True, slots=True)
class KeyView:
    """What is right, why, and where it stands."""

    lines: Sequence[Line]
    explanation: str
    source: str
    # Read out in Chinese on an English page, where nobody has put it into English.
    in_chinese: bool


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question of a marked paper; `key` is there in the phase of the keys only."""

    question: QuestionView
    stem: str
    answer: Sequence[Line]
    points: Decimal
    max_points: Decimal
    excluded: ExclusionRule | None
    by_appeal: bool
    key: KeyView | None

    @property
    def is_full(self) -> bool:
        return self.points == self.max_points


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """Questions that stand together: of one case, or of one kind."""

    case: CaseView | None
    title: str
    lines: Sequence[ReviewLine]


def _key_view(question: QuestionView, key: AnswerKey) -> KeyView:
    in_english = get_language() == "en" and bool(key.explanation_en)
    words = key.explanation_en if in_english else key.explanation
    lines = accepted_words(question, key.accepted)
    return KeyView(lines, words, key.source, in_chinese=get_language() == "en" and not in_english)


def _keys(attempt: Attempt, result: Result, phase: ReviewPhase) -> dict[int, AnswerKey]:
    """The keys by which the result was computed, by slot; none before their phase."""
    if not reaches(phase, ReviewPhase.KEYS):
        return {}
    named = result.basis.get("keys", {})
    slots = {item["version"]: item["slot"] for item in attempt.seat.paper.items}
    found: dict[int, AnswerKey] = {}
    for key in AnswerKey.objects.filter(version__in=slots).order_by("no"):
        slot = slots[key.version_id]
        if named.get(str(slot), key.content_hash) == key.content_hash:
            found[slot] = key
    return found


def review_of(attempt: Attempt, result: Result, phase: ReviewPhase, only: Collection[int] = ()) -> list[ReviewSection]:
    """The paper, or `only` these questions of it, as `phase` opens it (six queries however long).

    Before own answers are shown there is nothing. Who decides an appeal reads it as in the last phase.
    """
    if not reaches(phase, ReviewPhase.ANSWERS):
        return []
    marks = {mark["slot"]: mark for mark in result.marks}
    keys = _keys(attempt, result, phase)
    adjusted = result.basis.get("adjusted", {})

    def line(question: QuestionView) -> ReviewLine:
        mark: dict[str, Any] = marks[question.slot]
        excluded = mark.get("excluded")
        return ReviewLine(
            question=question,
            stem=stem(question),
            answer=said(question),
            points=Decimal(mark["points"]),
            max_points=Decimal(mark["of"]),
            excluded=ExclusionRule(excluded) if excluded else None,
            by_appeal=str(question.slot) in adjusted and not excluded,
            key=_key_view(question, keys[question.slot]) if question.slot in keys else None,
        )

    sections = [
        ReviewSection(
            section.case,
            str(section.kind.label),
            [line(question) for question in section.questions if not only or question.slot in only],
        )
        for section in room_view(attempt).sections
    ]
    return [section for section in sections if section.lines]
