"""What was judged, what it was, and the way there: the clues that bore on it, found or missed."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from simulations.selectors.debriefs import Debrief

from .findings import place_of
from .notebook import GRADES
from .words import figure

_STEPS = 5


@dataclass(frozen=True, slots=True)
class Sign:
    """One clue on the way to a judgement."""

    text: str
    grade: str | Promise
    pips: list[bool]
    found: bool
    places: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a worksheet, or one row of a checklist: what was given, and what it was."""

    text: str
    given: str
    right: str
    why: str
    is_right: bool | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement with the way to it."""

    text: str
    given: str
    right: str
    percent: int
    why: str
    basis: str
    signs: list[Sign]
    lines: list[Line]

    @property
    def found(self) -> int:
        return sum(sign.found for sign in self.signs)


def judgements(told: Debrief) -> list[Judged]:
    """Every judgement of the case, in its order."""
    return [_judged(told, row) for row in told.body["judgements"]]


def _judged(told: Debrief, row: dict[str, Any]) -> Judged:
    unit = row["unit"]
    return Judged(
        text=row["text"],
        given=_given(told, row),
        right="" if row["kind"] == "checklist" else f"{row['truth_text']} {unit}".strip(),
        percent=round(row["credit"] / 10),
        why=row["explanation"],
        basis=(row["answer"] or {}).get("basis", ""),
        signs=[_sign(told, fact) for fact in row["facts"]],
        lines=_figures(row) + _rows(told, row),
    )


def _given(told: Debrief, row: dict[str, Any]) -> str:
    """What the trainee judged, in words."""
    answer, unit = row["answer"], row["unit"]
    if answer is None:
        return _("not judged")
    if row["kind"] == "checklist":
        right = sum(line["given"] == line["right"] for line in row["rows"])
        return _("%(right)s of %(count)s rows right") % {"right": right, "count": len(row["rows"])}
    if "low" in answer:
        return f"{figure(answer['low'])} – {figure(answer['high'])} {unit}".strip()
    if isinstance(answer["value"], str):
        return _answer_text(told, row["assessment"], answer["value"])
    return f"{figure(answer['value'])} {unit}".strip()


def _answer_text(told: Debrief, assessment: str, value: str) -> str:
    asked = next(each for each in told.view["assessments"] if each["id"] == assessment)
    return str(next(each["text"] for each in asked["answers"] if each["id"] == value))


def _sign(told: Debrief, fact: dict[str, Any]) -> Sign:
    step, word = GRADES[fact["grade"]]
    return Sign(
        text=fact["text"],
        grade=word,
        pips=[n < step for n in range(_STEPS)],
        found=fact["found"],
        places=[] if fact["found"] else [place_of(told, where) for where in fact["where"]],
    )


def _figures(row: dict[str, Any]) -> list[Line]:
    """The figures of a worksheet, where one was filled in."""
    return [
        Line(
            text=f"{line['text']} {line['unit']}".strip(),
            given=" / ".join(figure(each) for each in dict.fromkeys(line["given"])) if line["given"] else "–",
            right=figure(line["truth"]),
            why="",
            is_right=None,
        )
        for line in row["figures"]
    ]


def _rows(told: Debrief, row: dict[str, Any]) -> list[Line]:
    """The rows of a checklist; a wrong one says why."""
    return [
        Line(
            text=line["text"],
            given=_answer_text(told, row["assessment"], line["given"]) if line["given"] else "–",
            right=line["right_text"],
            why=line["explanation"],
            is_right=line["given"] == line["right"],
        )
        for line in row["rows"]
    ]
