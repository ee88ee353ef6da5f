"""Saving one question as a plain form sends it, where there is no script."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind, StepKind
from lms.exams.models import Attempt, AttemptStep
from lms.exams.selectors.folding import SlotState, stored
from lms.exams.selectors.grounds import Desk, ground_of
from lms.exams.services.steps import BadStep, StaleWindow, cleaned, in_turn, refuse_if_closed
from lms.kernel.refusals import Refusal

Fields = Mapping[str, Sequence[str]]
Item = Mapping[str, Any]


class PlacedTwice(Refusal):
    code = "placed-twice"
    message = _("Two lines of question %(slot)s have the same place. Give each place once.")


def _one(item: Item, fields: Fields, name: str) -> Any:
    return "".join(fields.get(name, ())[-1:]) or None


def _many(item: Item, fields: Fields, name: str) -> Any:
    return list(fields.get(name, ())) or None


def _number(item: Item, fields: Fields, name: str) -> Any:
    typed = _one(item, fields, name) or ""
    if not item.get("units"):
        return typed.strip() or None
    return {"number": typed, "unit": _one(item, fields, f"unit-{item['slot']}") or ""}


def _pairs(item: Item, fields: Fields, name: str) -> Any:
    made = {option: _one(item, fields, f"{name}-{option}") for option in item["options"]}
    return {option: choice for option, choice in made.items() if choice}


_READERS: dict[str, Callable[[Item, Fields, str], Any]] = {
    QuestionKind.SINGLE: _one,
    QuestionKind.TRUE_FALSE: _one,
    QuestionKind.MULTIPLE: _many,
    QuestionKind.FILL_IN: _many,
    QuestionKind.NUMERIC: _number,
    QuestionKind.MATCHING: _pairs,
    # What was typed beside each line, as text: {option: place}.
    QuestionKind.ORDERING: _pairs,
    QuestionKind.ESSAY: _one,
}


def as_sent(item: Item, fields: Fields) -> Any:
    """What a form says about a question, as it says it."""
    return _READERS[item["kind"]](item, fields, f"answer-{item['slot']}")


def _answer(item: Item, fields: Fields) -> Any:
    sent = as_sent(item, fields)
    if item["kind"] != QuestionKind.ORDERING:
        return sent
    places = list(sent.values())
    if len(set(places)) != len(places):
        raise PlacedTwice(slot=item["slot"])
    if not all(place.isascii() and place.isdigit() for place in places):
        raise BadStep
    return sorted(sent, key=lambda option: int(sent[option]))


def save_page(
    *, attempt: Attempt, client_seq: int, slot: int, fields: Fields, flagged: bool, now: datetime, actor: str
) -> int:
    """Save one question as a plain form sends it: its answer and its flag, where they changed.

    Gives the number of steps written, all of them or none. A form sent twice writes nothing the second time.
    """

    def write() -> int:
        ground = ground_of(Desk(attempt.uid), client_seq=client_seq, slot=slot)
        if ground is None or ground.item is None:
            raise BadStep
        answer = cleaned(ground.item, StepKind.SAVE, slot, _answer(ground.item, fields))
        there = stored(attempt).get(slot, SlotState())
        changes = [(StepKind.SAVE, answer)] if answer != there.answer else []
        changes += [(StepKind.FLAG, flagged)] if flagged != there.flagged else []
        if not changes:
            return 0
        refuse_if_closed(ground, now)
        if ground.twin:
            raise StaleWindow
        steps = [
            AttemptStep(
                attempt=attempt, seq=ground.last_seq + 1 + number, client_seq=client_seq + number,
                kind=kind, slot=slot, answer=value, at=now, actor=actor,
            )
            for number, (kind, value) in enumerate(changes)
        ]  # fmt: skip
        AttemptStep.objects.bulk_create(steps)
        return len(steps)

    try:
        return in_turn(write)
    except IntegrityError:
        raise StaleWindow from None
