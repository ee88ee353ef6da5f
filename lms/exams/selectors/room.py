"""What lies on the desk during an exam: questions without their keys, and what was answered so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from lms.exams.enums import QuestionKind
from lms.exams.models import Attempt, QuestionVersion
from lms.exams.selectors.folding import SlotState, stored


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as it is shown: `body` and `options` are texts with their `_en` twins."""

    slot: int
    kind: QuestionKind
    points: str
    body: dict[str, Any]
    options: Sequence[dict[str, str]]
    answer: Any
    flagged: bool

    @property
    def chosen(self) -> Sequence[str]:
        """The ids of the options that are chosen now."""
        return self.answer if isinstance(self.answer, list) else [self.answer] if self.answer else []

    @property
    def answered(self) -> bool:
        return self.answer is not None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions of one kind, in their order."""

    kind: QuestionKind
    questions: Sequence[QuestionView]


@dataclass(frozen=True, slots=True)
class RoomView:
    """The whole desk."""

    questions: Sequence[QuestionView]
    next_seq: int
    saved_at: datetime | None

    @property
    def sections(self) -> list[Section]:
        kinds = list(dict.fromkeys(question.kind for question in self.questions))
        return [Section(kind, [q for q in self.questions if q.kind == kind]) for kind in kinds]

    @property
    def answered(self) -> int:
        return sum(question.answered for question in self.questions)

    @property
    def open_slots(self) -> list[int]:
        return [question.slot for question in self.questions if not question.answered]

    @property
    def flagged_slots(self) -> list[int]:
        return [question.slot for question in self.questions if question.flagged]


def _question(item: dict[str, Any], version: QuestionVersion, state: SlotState) -> QuestionView:
    texts = {option["id"]: option for option in version.body.get("options", [])}
    return QuestionView(
        slot=item["slot"],
        kind=QuestionKind(item["kind"]),
        points=item["points"].removesuffix(".00"),
        body=version.body,
        options=[texts[option] for option in item["options"]],
        answer=state.answer,
        flagged=state.flagged,
    )


def room_view(attempt: Attempt) -> RoomView:
    """The desk of an attempt; three queries however long the paper."""
    items = attempt.seat.paper.items
    versions = QuestionVersion.objects.in_bulk([item["version"] for item in items])
    states = stored(attempt)
    newest = attempt.steps.aggregate(number=Max("client_seq"), at=Max("at"))
    return RoomView(
        questions=[_question(item, versions[item["version"]], states.get(item["slot"], SlotState())) for item in items],
        next_seq=(newest["number"] or 0) + 1,
        saved_at=newest["at"],
    )
