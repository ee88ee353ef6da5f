"""A tiny language of conditions over a state: one word and its argument, never any code.

`{fact: f}` `{flag: f}` `{done: action}` `{done: "action:option"}` `{read: document}` `{stage: s}` `{trap: t}`
`{clause: draft.clause}` `{drafted: draft}` `{paper: p}` `{partner: party}` `{struck: true}` `{moved: kind of act}`
`{effect: e}`
`{deal: {issue: {le: 3}}}` `{assess: {id: {is: x}}}` `{before: [key, key]}` `{all: […]}` `{any: […]}` `{not: …}`
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema

from .state import State

NAMING = (
    "fact", "flag", "done", "read", "stage", "trap", "clause", "drafted", "partner", "moved", "paper", "effect",
)  # fmt: skip
WORDS = (*NAMING, "struck", "deal", "assess", "before", "all", "any", "not")
BOUNDS = ("ge", "le", "gt", "lt", "is", "in")
LIMITS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("ge", "le", "gt", "lt"), (int, float)),
    "is": (int, float, str),
    "in": (list, tuple),
}


def _shaped(condition: Any) -> dict[str, Any]:
    if not isinstance(condition, dict) or len(condition) != 1:
        raise ValueError(f"a condition has exactly one word of {', '.join(WORDS)}")
    word, argument = next(iter(condition.items()))
    if word not in WORDS:
        raise ValueError(f"“{word}” is no word of a condition; use one of {', '.join(WORDS)}")
    if word == "not":
        _shaped(argument)
    elif word in ("all", "any", "before"):
        _shaped_list(word, argument)
    elif word in ("deal", "assess"):
        _shaped_bounds(word, argument)
    elif not isinstance(argument, bool if word == "struck" else str):
        raise ValueError(f"“{word}” takes {'true or false' if word == 'struck' else 'one name'}")
    return condition


def _shaped_list(word: str, argument: Any) -> None:
    if not isinstance(argument, list) or not argument:
        raise ValueError(f"“{word}” takes a list")
    if word == "before":
        if len(argument) != 2 or not all(isinstance(key, str) for key in argument):
            raise ValueError("“before” takes two keys, such as [flag:nda, done:share]")
        return
    for part in argument:
        _shaped(part)


def _shaped_bounds(word: str, argument: Any) -> None:
    if not isinstance(argument, dict) or not argument:
        raise ValueError(f"“{word}” takes names with bounds")
    for bounds in argument.values():
        if not isinstance(bounds, dict) or not bounds or set(bounds) - set(BOUNDS):
            raise ValueError(f"bounds are written with {', '.join(BOUNDS)}")
        for word, limit in bounds.items():
            if not isinstance(limit, LIMITS[word]) or isinstance(limit, bool):
                raise ValueError(f"“{word}” takes {'a list' if word == 'in' else 'one value'} of its kind")


Condition = Annotated[
    dict[str, Any],
    AfterValidator(_shaped),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"enum": list(WORDS)},
            "description": "one condition word and its argument",
        }
    ),
]


def holds(condition: Mapping[str, Any] | None, st: State) -> bool:
    """Whether the condition is true in this state. No condition is always true."""
    if condition is None:
        return True
    word, argument = next(iter(condition.items()))
    match word:
        case "all":
            return all(holds(part, st) for part in argument)
        case "any":
            return any(holds(part, st) for part in argument)
        case "not":
            return not holds(argument, st)
        case "deal":
            return st.deal is not None and all(_within(st.deal.get(k), b) for k, b in argument.items())
        case "assess":
            return all(_within(st.answers.get(k, {}).get("value"), b) for k, b in argument.items())
        case "before":
            first, second = (st.seen.get(key) for key in argument)
            return bool(first and second and first[0] < second[0])
        case "struck":
            return (st.deal is not None) is bool(argument)
    return st.partner == argument if word == "partner" else key_of(word, argument) in st.seen


def key_of(word: str, argument: str) -> str:
    """The key of `State.seen` that a word with one name looks at."""
    return f"{'move' if word == 'moved' else word}:{argument}"


def _within(value: Any, bounds: Mapping[str, Any]) -> bool:
    if value is None:
        return False
    tests = {
        "ge": lambda limit: value >= limit,
        "le": lambda limit: value <= limit,
        "gt": lambda limit: value > limit,
        "lt": lambda limit: value < limit,
        "is": lambda limit: value == limit,
        "in": lambda limit: value in limit,
    }
    measured = not isinstance(value, str)
    return all((measured or word in ("is", "in")) and tests[word](limit) for word, limit in bounds.items())


def keys(condition: Mapping[str, Any] | None) -> Iterator[str]:
    """Every key of `State.seen` that the condition looks at: the trail of its evidence."""
    if condition is None:
        return
    word, argument = next(iter(condition.items()))
    match word:
        case "all" | "any":
            for part in argument:
                yield from keys(part)
        case "not":
            yield from keys(argument)
        case "deal" | "struck":
            yield "deal"
        case "assess":
            yield from (f"assess:{name}" for name in argument)
        case "before":
            yield from argument
        case _:
            yield from _named(word, argument)


def _named(word: str, argument: str) -> Iterator[str]:
    yield "partner" if word == "partner" else key_of(word, argument)
    if word == "clause":
        yield f"drafted:{argument.partition('.')[0]}"
