"""What lies on the desk during an exam: questions without their keys, and what was answered so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Max, Q

from lms.exams.enums import QuestionKind, StepKind
from lms.exams.models import Attempt, AttemptStep, CaseVersion, QuestionFigure, QuestionVersion
from lms.exams.selectors.folding import SlotState, stored

Texts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseView:
    """The text that the questions of a case share, with the slots of these questions."""

    pk: int
    body: Texts
    figures: Sequence[QuestionFigure]
    slots: Sequence[int]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as it is shown: `body`, `options`, `choices` and `units` are texts with their `_en` twins.

    `answer` is the saved one, or what a refused form held.
    """

    slot: int
    kind: QuestionKind
    points: str
    body: Texts
    options: Sequence[Texts]
    choices: Sequence[Texts]
    units: Sequence[Texts]
    blanks: int
    limit: int
    figures: Sequence[QuestionFigure]
    case: CaseView | None
    answer: Any
    flagged: bool
    seen: bool

    @property
    def chosen(self) -> Sequence[str]:
        """The ids of the options that are chosen now."""
        return self.answer if isinstance(self.answer, list) else [self.answer] if self.answer else []

    @property
    def answered(self) -> bool:
        return self.answer is not None

    @property
    def filled(self) -> Sequence[str]:
        """What stands in the blanks."""
        return self.answer if isinstance(self.answer, list) else [""] * self.blanks

    @property
    def number(self) -> str:
        """What stands in the field for a number."""
        return self.answer.get("number", "") if isinstance(self.answer, Mapping) else self.answer or ""

    @property
    def unit(self) -> str:
        """The id of the chosen unit."""
        return self.answer.get("unit", "") if isinstance(self.answer, Mapping) else ""

    @property
    def rows(self) -> list[tuple[Texts, str]]:
        """The lines of a matching or an ordering, each with what was matched to it or its place.

        The lines of an ordering stand as they have been put, the ones without a place after them.
        """
        if self.kind == QuestionKind.ORDERING:
            places = self._places()
            ordered = sorted(self.options, key=lambda option: int(places.get(option["id"], "999")))
            return [(option, places.get(option["id"], "")) for option in ordered]
        made = self.answer or {}
        return [(option, made.get(option["id"], "")) for option in self.options]

    def _places(self) -> dict[str, str]:
        if isinstance(self.answer, Mapping):
            return {option: place for option, place in self.answer.items() if place.isascii() and place.isdigit()}
        return {option: str(place) for place, option in enumerate(self.answer or [], start=1)}


@dataclass(frozen=True, slots=True)
class Section:
    """Questions of one kind, or of one case, in their order."""

    kind: QuestionKind
    case: CaseView | None
    questions: Sequence[QuestionView]


@dataclass(frozen=True, slots=True)
class RoomView:
    """The whole desk."""

    questions: Sequence[QuestionView]
    cases: Sequence[CaseView]
    next_seq: int
    saved_at: datetime | None

    @property
    def sections(self) -> list[Section]:
        grouped = groupby(self.questions, key=lambda q: q.case.pk if q.case else q.kind)
        groups = [list(questions) for _key, questions in grouped]
        return [Section(group[0].kind, group[0].case, group) for group in groups]

    @property
    def answered(self) -> int:
        return sum(question.answered for question in self.questions)

    @property
    def open_slots(self) -> list[int]:
        return [question.slot for question in self.questions if not question.answered]

    @property
    def flagged_slots(self) -> list[int]:
        return [question.slot for question in self.questions if question.flagged]

    def holding(self, slot: int, answer: Any, flagged: bool) -> "RoomView":
        """The same desk with what a refused form held, so that nothing has to be chosen or typed again."""
        held = [replace(q, answer=answer, flagged=flagged) if q.slot == slot else q for q in self.questions]
        return replace(self, questions=held)


def _in_order(texts: Iterable[Texts], ids: Sequence[str]) -> list[Texts]:
    found = {text["id"]: text for text in texts}
    return [found[each] for each in ids]


def _cases(items: Sequence[Texts]) -> dict[int, tuple[CaseVersion, list[int]]]:
    slots: dict[int, list[int]] = {}
    for item in items:
        if item.get("case"):
            slots.setdefault(item["case"], []).append(item["slot"])
    versions = CaseVersion.objects.in_bulk(slots) if slots else {}
    return {pk: (versions[pk], slots[pk]) for pk in slots}


def _figures(bodies: Iterable[Texts]) -> dict[str, QuestionFigure]:
    uids = {uid for body in bodies for uid in body.get("figures", ())}
    found = QuestionFigure.objects.filter(uid__in=uids) if uids else ()
    return {str(figure.uid): figure for figure in found}


def _history(attempt: Attempt) -> tuple[int, datetime | None, set[int]]:
    """The newest number and its time, and the slots that were looked at: one query."""
    steps = AttemptStep.objects.filter(attempt=attempt)
    newest = steps.order_by().values("attempt").annotate(newest=Max("client_seq")).values("newest")
    told = steps.filter(Q(kind=StepKind.SEEN) | Q(client_seq__in=newest))
    number, at, seen = 0, None, set[int]()
    for step in told.only("kind", "client_seq", "answer", "at"):
        if step.kind == StepKind.SEEN:
            seen.update(step.answer or ())
        else:
            number, at = step.client_seq or 0, step.at
    return number, at, seen


def room_view(attempt: Attempt) -> RoomView:
    """The desk of an attempt; five queries at most, however long the paper."""
    items = attempt.seat.paper.items
    versions = QuestionVersion.objects.only("body").in_bulk([item["version"] for item in items])
    cases = _cases(items)
    figures = _figures([*(v.body for v in versions.values()), *(case.body for case, _slots in cases.values())])
    states = stored(attempt)
    number, saved_at, seen = _history(attempt)

    def pictures(body: Texts) -> list[QuestionFigure]:
        return [figures[uid] for uid in body.get("figures", ()) if uid in figures]

    shown = {pk: CaseView(pk, case.body, pictures(case.body), slots) for pk, (case, slots) in cases.items()}

    def question(item: Texts) -> QuestionView:
        body, state = versions[item["version"]].body, states.get(item["slot"], SlotState())
        return QuestionView(
            slot=item["slot"],
            kind=QuestionKind(item["kind"]),
            points=item["points"].removesuffix(".00"),
            body=body,
            options=_in_order(body.get("options", ()), item["options"]),
            choices=_in_order(body.get("choices", ()), item.get("choices", ())),
            units=body.get("units", ()),
            blanks=item.get("blanks", 0),
            limit=item.get("limit", 0),
            figures=pictures(body),
            case=shown.get(item.get("case", 0)),
            answer=state.answer,
            flagged=state.flagged,
            seen=item["slot"] in seen or item["slot"] in states,
        )

    return RoomView([question(item) for item in items], list(shown.values()), number + 1, saved_at)
