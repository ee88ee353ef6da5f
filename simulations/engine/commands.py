"""Commands: what a person asked for. JSON objects with a `type`, checked before any rule reads them."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from .refusing import Refused

PROTOCOL = 2


class _Command(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
    v: Literal[1, 2] = 2


class Act(_Command):
    """Do an action, perhaps in one of its ways."""

    type: Literal["act"]
    action: str
    option: str | None = None


class Ask(_Command):
    """Put a question: an action of the kind `ask`."""

    type: Literal["ask"]
    action: str
    option: str | None = None


class Procedure(_Command):
    """Carry out a formal step: an action of the kind `procedure`."""

    type: Literal["procedure"]
    action: str
    option: str | None = None


class Read(_Command):
    """Open a document."""

    type: Literal["read"]
    document: str


Figure = Annotated[tuple[float, float, float], Field()]


class Assess(_Command):
    """Commit to a judgement: a value, low and high, or rows, with the evidence, the figures and the basis in words.

    `evidence` names facts; `rows` answers a checklist; `figures` are low, likely and high for inputs of a worksheet.
    """

    type: Literal["assess"]
    assessment: str
    value: float | str | None = None
    low: float | None = None
    high: float | None = None
    rows: Annotated[dict[str, str], Field(max_length=60)] = {}
    evidence: Annotated[tuple[str, ...], Field(max_length=30)] = ()
    figures: Annotated[dict[str, Figure], Field(max_length=40)] = {}
    basis: Annotated[str, Field(max_length=600)] = ""


class Propose(_Command):
    """Put one to three whole packages before both parties."""

    type: Literal["propose"]
    packages: Annotated[tuple[dict[str, float | str], ...], Field(min_length=1, max_length=3)]


class Write(_Command):
    """Write a paper by choosing its lines."""

    type: Literal["draft"]
    draft: str
    clauses: Annotated[tuple[str, ...], Field(max_length=60)]


class Compose(_Command):
    """Write a paper in one's own words."""

    type: Literal["write"]
    paper: str
    text: Annotated[str, Field(max_length=20_000)]


class Advance(_Command):
    """Go on to the next stage."""

    type: Literal["advance"]


class WalkAway(_Command):
    """End the case without a deal, and say why."""

    type: Literal["walk_away"]
    reason: Annotated[str, Field(max_length=600)] = ""


class Close(_Command):
    """End the case at its last stage."""

    type: Literal["close"]


class TimeUp(_Command):
    """End the case as it stands: the house gives this command when the window of an assignment has closed."""

    type: Literal["time_up"]


Command = Annotated[
    Act | Ask | Procedure | Read | Assess | Propose | Write | Compose | Advance | WalkAway | Close | TimeUp,
    Field(discriminator="type"),
]
ADAPTER: TypeAdapter[Command] = TypeAdapter(Command)


def parse(body: Mapping[str, Any]) -> Command:
    """Read a command from JSON values, or refuse it in words."""
    try:
        text = json.dumps(body)
        if "\\u0000" in text:
            raise ValueError("NUL")
        return ADAPTER.validate_json(text)
    except (ValidationError, TypeError, ValueError) as fault:
        raise Refused("command-unreadable", detail=_detail(fault)) from fault


def _detail(fault: Exception) -> str:
    if isinstance(fault, ValidationError):
        first = fault.errors(include_url=False, include_context=False)[0]
        return f"{'.'.join(str(part) for part in first['loc']) or 'command'} – {first['msg']}"
    return "not JSON"


def to_json(command: Command) -> dict[str, Any]:
    """The command as it is stored."""
    return command.model_dump(mode="json", exclude_none=True)
