"""Worksheets: how a judgement to be made looks in a view, with the lines to fill in and the model over them."""

from typing import Any

from . import judging
from .desk import Json, once
from .scenario import Scenario
from .sheets import Assessment
from .state import State


def assessment(sc: Scenario, st: State, name: str, lang: str, reading: bool = False) -> Json:
    """A judgement to be made, and what was answered."""
    told: Json = {
        **once(sc, ("assessment", name, lang, reading), lambda: _sheet(sc, name, lang, reading)),
        "open": st.status == "playing" and judging.is_open(sc, st, name),
        "answer": st.answers.get(name),
    }
    return told


def _sheet(sc: Scenario, name: str, lang: str, reading: bool) -> Json:
    each = sc.assessments[name]
    return {
        "id": name,
        "kind": each.kind,
        "stage": each.stage,
        "text": sc.say(each.text, lang),
        "help": sc.say(each.help, lang),
        "unit": sc.say(each.unit, lang),
        "low": each.low,
        "high": each.high,
        "step": each.step,
        "answers": _answers(sc, each, lang, reading),
        "rows": [{"id": key, "text": sc.say(row.text, lang)} for key, row in each.rows.items()],
        "cites": each.kind == "trl",
        "inputs": _inputs(sc, each, lang),
        "workbench": each.workbench,
        **({"model": each.model} if each.inputs else {}),
    }


def _answers(sc: Scenario, each: Assessment, lang: str, reading: bool) -> list[Json]:
    answers = []
    for key, choice in each.answers.items():
        answer: dict[str, Any] = {"id": key, "text": sc.say(choice.text, lang)}
        if each.inputs and choice.model is not None:
            answer["model"] = choice.model
        if reading:
            answer["walk"] = choice.walk
        answers.append(answer)
    return answers


def _inputs(sc: Scenario, each: Assessment, lang: str) -> list[Json]:
    """The lines of the sheet. How far such a figure is usually off is common knowledge; what it truly is, is not."""
    return [
        {
            "id": key,
            "text": sc.say(line.text, lang),
            "unit": sc.say(line.unit, lang),
            "low": line.low,
            "high": line.high,
            "step": line.step,
            "spread": list(line.spread) if line.spread else None,
        }
        for key, line in each.inputs.items()
    ]
