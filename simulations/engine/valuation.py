"""Valuation: declared models are computed here, so that no truth value is ever typed by hand."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np

from .parts import Assessment, Model
from .scenario import Scenario
from .utility import curve_at


class BadModel(ValueError):
    """A declared model that cannot be computed."""


def evaluate(model: Model, numbers: Mapping[str, float]) -> float:
    """Compute a declared model: a number, the name of a parameter, or one operation on models."""
    if isinstance(model, str):
        if model not in numbers:
            raise BadModel(f"there is no parameter “{model}”")
        return numbers[model]
    if not isinstance(model, dict):
        return float(model)
    if len(model) != 1:
        raise BadModel("a model has exactly one operation")
    operation, argument = next(iter(model.items()))
    if operation == "npv":
        flows = [evaluate(flow, numbers) for flow in argument["flows"]]
        return npv(evaluate(argument["rate"], numbers), flows)
    if operation not in OPERATIONS or not isinstance(argument, list) or not argument:
        raise BadModel(f"“{operation}” is no operation; use npv, {', '.join(OPERATIONS)} with a list")
    return float(reduce(OPERATIONS[operation], [evaluate(part, numbers) for part in argument]))


def _divided(a: float, b: float) -> float:
    if b == 0:
        raise BadModel("the model divides by zero")
    return a / b


OPERATIONS: dict[str, Any] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": _divided,
    "min": min,
    "max": max,
}


def npv(rate: float, flows: Sequence[float]) -> float:
    """Net present value of yearly flows, the first of them undiscounted."""
    years = np.arange(len(flows))
    return float(np.sum(np.asarray(flows, dtype=float) / (1 + rate) ** years))


def irr(flows: Sequence[float]) -> float | None:
    """The rate at which the flows are worth nothing, between −99 % and 1000 %; None when there is none."""
    low, high = -0.99, 10.0
    if npv(low, flows) * npv(high, flows) > 0:
        return None
    for _ in range(80):
        middle = (low + high) / 2
        if npv(low, flows) * npv(middle, flows) <= 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def truth(sc: Scenario, name: str) -> float | str:
    """What an assessment should have been: the right choice, or the declared model computed."""
    assessment = sc.assessments[name]
    if assessment.kind == "choice":
        return max(assessment.answers, key=lambda answer: assessment.answers[answer].credit)
    assert assessment.model is not None  # noqa: S101 -- checks.check refuses a scenario without one
    return evaluate(assessment.model, sc.numbers)


def credit(sc: Scenario, name: str, answer: Mapping[str, Any]) -> float:
    """The share of the points an answer earns, between 0 and 1."""
    assessment = sc.assessments[name]
    match assessment.kind:
        case "choice":
            return assessment.answers[answer["value"]].credit
        case "number":
            return max(0.0, 1 - abs(answer["value"] - float(truth(sc, name))) / assessment.scale)
        case _:
            return _interval_credit(assessment, answer["low"], answer["high"], float(truth(sc, name)))


def _interval_credit(assessment: Assessment, low: float, high: float, x: float) -> float:
    return curve_at(((0.0, 1.0), (0.2, 1.0), (1.0, 0.0)), interval_score(low, high, x) / assessment.scale)


def interval_score(low: float, high: float, x: float, alpha: float = 0.2) -> float:
    """Gneiting and Raftery's score of a central interval: its width, and a penalty for missing. Less is better."""
    return (high - low) + 2 / alpha * max(0.0, low - x) + 2 / alpha * max(0.0, x - high)
