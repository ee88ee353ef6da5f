"""The parts of a scenario that are read, done, judged and written: strict, frozen, free of behaviour."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .conditions import Condition

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
IsoDay = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Trust = Annotated[int, Field(ge=-100, le=100)]
Curve = tuple[tuple[float, float], ...]
Model = dict[str, Any] | float | int | str


class Strict(BaseModel):
    """Every part refuses unknown keys and wrong types, and cannot be changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Text(Strict):
    """A sentence in both languages. `{name}` stands for a parameter of the variant."""

    zh: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)]


class Law(Strict):
    """A rule that the scenario scores by: what it is, where it stands, and as of when it was read."""

    cite: Text
    gist: Text
    source: str
    jurisdiction: str
    as_of: IsoDay


class Param(Strict):
    """A number that differs from variant to variant, drawn between low and high in steps.

    With `plus` it is drawn on top of another parameter, named before it, so that both move together.
    """

    likely: float
    low: float
    high: float
    step: float
    plus: Id | None = None


class Cost(Strict):
    """Game days, and budget in hundredths of its unit."""

    days: Annotated[int, Field(ge=0)] = 0
    budget: Annotated[int, Field(ge=0)] = 0


class Sprung(Strict):
    """A trap that an act springs unless the condition holds."""

    trap: Id
    unless: Condition | None = None


class Stage(Strict):
    """A span of the bridge: its name and aim, what must be done before it is left, what leaving may spring."""

    id: Id
    title: Text
    aim: Text
    needs: tuple[str, ...] = ()
    leaving: tuple[Sprung, ...] = ()


class Says(Strict):
    """What a fact says about one party's interest in one issue; `at` is the value its text names.

    Without `importance` it is as important as the variant makes it to the party.
    """

    party: Id
    issue: Id
    wants: str
    at: float | Id | None = None
    importance: Annotated[int, Field(ge=1, le=3)] | None = None


class Fact(Strict):
    """Something that can be found out. `key` facts are scored; `data` names the parameters it tells."""

    stage: Id
    text: Text
    key: bool = False
    data: tuple[Id, ...] = ()
    says: tuple[Says, ...] = ()


class Document(Strict):
    """A paper of the case, in full. Reading costs no game time."""

    title: Text
    kind: Literal["notice", "record", "evidence", "memo", "template", "letter"]
    by: Text
    body: Text
    reveals: tuple[Id, ...] = ()
    open_when: Condition | None = None


class Option(Strict):
    """One way of doing an action."""

    text: Text
    reveals: tuple[Id, ...] = ()
    flags: tuple[Id, ...] = ()
    trust: dict[Id, Trust] = {}
    sprung: Sprung | None = None
    reply: Text | None = None


class Action(Strict):
    """Something the broker can do, from its stage on; done later than its stage it costs one more day."""

    kind: Literal["do", "read", "ask", "procedure"]
    stage: Id
    text: Text
    note: Text | None = None
    cost: Cost = Cost()
    requires: Condition | None = None
    party: Id | None = None
    min_trust: Annotated[int, Field(ge=0, le=100)] = 0
    reveals: tuple[Id, ...] = ()
    flags: tuple[Id, ...] = ()
    trust: dict[Id, Trust] = {}
    sprung: Sprung | None = None
    reply: Text | None = None
    options: dict[Id, Option] = {}


class Choice(Strict):
    """One answer of a choice, with the share of the points it earns (1 is the right one)."""

    text: Text
    credit: Annotated[float, Field(ge=0, le=1)] = 0


class Assessment(Strict):
    """A judgement the broker commits to. `truth` is computed from a declared model, never typed.

    A `number` loses credit evenly until it is `scale` away; an `interval` is scored by its width and misses.
    """

    kind: Literal["choice", "number", "interval"]
    stage: Id
    text: Text
    unit: Text | None = None
    help: Text | None = None
    low: float = 0
    high: float = 100
    step: float = 1
    model: Model | None = None
    scale: Annotated[float, Field(gt=0)] = 1
    answers: dict[Id, Choice] = {}
    explanation: Text


class Clause(Strict):
    """A line that may be written into a paper."""

    text: Text
    role: Literal["required", "useful", "neutral", "harmful"]
    why: Text
    law: Id | None = None


class Draft(Strict):
    """A paper that the broker writes by choosing its lines."""

    title: Text
    stage: Id
    aim: Text
    clauses: dict[Id, Clause]
    open_when: Condition | None = None


class Trap(Strict):
    """A mistake with consequences. `cap` limits the total; a hard gate caps at 59 or below."""

    text: Text
    told: Text
    rule: str
    law: Id | None = None
    cap: Annotated[int, Field(ge=0, le=100)] | None = None
    lose_days: Annotated[int, Field(ge=0)] = 0
    trust: dict[Id, Trust] = {}


class Chance(Strict):
    """Something that may happen when an action is done."""

    action: Id
    p: Annotated[float, Field(ge=0, le=1)]
    text: Text
    flag: Id
    lose_days: Annotated[int, Field(ge=0)] = 0
    unless: Condition | None = None


class Item(Strict):
    """One line of the rubric: points for a condition, or for a metric put through a curve."""

    id: Annotated[str, StringConstraints(pattern=r"^I-\d\d$")]
    comp: Annotated[str, StringConstraints(pattern=r"^C\d\d$")]
    points: Annotated[float, Field(gt=0)]
    text: Text
    advice: Text
    when: Condition | None = None
    metric: str | None = None
    arg: str | None = None
    curve: Curve = ()
    source: Text | None = None
    law: Id | None = None
