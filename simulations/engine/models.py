"""Declared models: a number, a name, or one operation on models. Computed here, so that no truth is typed by hand."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

from .parts import Model

Operations = Mapping[str, Callable[[Any, Any], Any]]


class BadModel(ValueError):
    """A declared model that cannot be computed."""


def _divided(a: float, b: float) -> float:
    if b == 0:
        raise BadModel("the model divides by zero")
    return a / b


ARITHMETIC: Operations = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": _divided,
    "min": min,
    "max": max,
}


def evaluate(model: Model, numbers: Mapping[str, Any], operations: Operations = ARITHMETIC) -> Any:
    """Compute a declared model over named numbers; over arrays of them with `operations` that take arrays."""
    if isinstance(model, str):
        if model not in numbers:
            raise BadModel(f"there is no number “{model}”")
        return numbers[model]
    if not isinstance(model, dict):
        return float(model)
    if len(model) != 1:
        raise BadModel("a model has exactly one operation")
    operation, argument = next(iter(model.items()))
    if operation == "npv":
        return _npv_of(argument, numbers, operations)
    if operation not in operations or not isinstance(argument, list) or not argument:
        raise BadModel(f"“{operation}” is no operation; use npv, {', '.join(operations)} with a list")
    return reduce(operations[operation], [evaluate(part, numbers, operations) for part in argument])


def _npv_of(argument: Any, numbers: Mapping[str, Any], operations: Operations) -> Any:
    if not isinstance(argument, dict) or set(argument) != {"rate", "flows"} or not isinstance(argument["flows"], list):
        raise BadModel("“npv” takes a rate and a list of flows")
    flows = [evaluate(flow, numbers, operations) for flow in argument["flows"]]
    return npv(evaluate(argument["rate"], numbers, operations), flows)


def npv(rate: Any, flows: Sequence[Any]) -> Any:
    """Net present value of yearly flows, the first of them undiscounted."""
    value: Any = 0.0
    for flow in reversed(flows):
        value = flow + value / (1 + rate)
    return value


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


def names(model: Model | None) -> set[str]:
    """Every name that a model asks for."""
    if isinstance(model, str):
        return {model}
    if isinstance(model, dict):
        return set().union(*(names(part) for part in model.values()))
    if isinstance(model, list):
        return set().union(*(names(part) for part in model))
    return set()
