"""The parts of a scenario that are read, done, judged and written: strict, frozen, free of behaviour."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .conditions import Condition

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
IsoDay = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Trust = Annotated[int, Field(ge=-100, le=100)]
Curve = tuple[tuple[float, float], ...]
Model = dict[str, Any] | float | int | str
Grade = Literal["claim", "statement", "record", "test", "register", "law"]


class Strict(BaseModel):
    """Every part refuses unknown keys and wrong types, and cannot be changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Text(Strict):
    """A sentence in Chinese, and in English where the scenario speaks it. `{name}` stands for a parameter."""

    zh: Annotated[str, StringConstraints(min_length=1)]
    en: str = ""


class Law(Strict):
    """A rule that the scenario scores by: what it is, where it stands, and as of when it was read.

    `known` says whether the text itself was read or only what others say of it.
    """

    cite: Text
    gist: Text
    source: str
    jurisdiction: str
    as_of: IsoDay
    known: Literal["read", "second-hand"] = "read"


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


class Bearing(Strict):
    """What a fact, taken at its word, speaks for or against.

    `on` names an answer (`assess:trl:5`, `assess:dd.owner:risk`), an act (`done:visit`, `done:offer:refuse`)
    or a clause (`clause:licence.k_board`). The debrief shows it as the way to a judgement; checks use it to see
    that every question can be decided by evidence; it is never part of a page before the end.
    """

    on: str
    against: bool = False


class Limit(Strict):
    """A bound that a term must keep: not wished for, but needed."""

    ge: float | Id | None = None
    le: float | Id | None = None
    among: tuple[Id, ...] = ()


class Fact(Strict):
    """Something that can be found out. `key` facts are scored.

    `grade` says what kind of evidence it is, from a mere claim to a test or an entry in a register. `data` names the
    parameters that it tells truly; `claims` maps an input of a worksheet to the parameter it tells instead, which
    may be wrong. `limits` are bounds on terms that it makes known, by issue; a bound may be the name of a parameter.
    `law` is the entry of the scenario's law that it states.
    """

    stage: Id
    text: Text
    key: bool = False
    grade: Grade = "statement"
    data: tuple[Id, ...] = ()
    claims: dict[Id, Id] = {}
    says: tuple[Says, ...] = ()
    bears: tuple[Bearing, ...] = ()
    limits: dict[Id, Limit] = {}
    law: Id | None = None


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
    move: Id | None = None
    reveals: tuple[Id, ...] = ()
    flags: tuple[Id, ...] = ()
    trust: dict[Id, Trust] = {}
    sprung: Sprung | None = None
    reply: Text | None = None


class Procedure(Strict):
    """A formal step with an outcome of its own: who bid or quoted, and how much.

    Between `least` and `most` bids are drawn, evenly between the parameters `low` and `high`; the best of them (the
    highest, or the lowest for an inquiry of cost) is told as the input or parameter `tells`.
    """

    form: Literal["listing", "inquiry", "auction", "witness", "notice", "decision", "registration"]
    least: Annotated[int, Field(ge=0, le=20)] = 0
    most: Annotated[int, Field(ge=0, le=20)] = 0
    low: Id | float = 0.0
    high: Id | float = 0.0
    best: Literal["highest", "lowest"] = "highest"
    unit: Text | None = None
    tells: Id | None = None


class Action(Strict):
    """Something the player can do, from its stage on; done later than its stage it costs one more day.

    `move` names what kind of act it is, in the words of `kinds.MOVES`, so that rules speak of kinds and not of names.
    """

    kind: Literal["do", "read", "ask", "procedure"]
    stage: Id
    text: Text
    move: Id | None = None
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
    procedure: Procedure | None = None
    options: dict[Id, Option] = {}

    def ways(self) -> "tuple[Action | Option, ...]":
        """The action itself and every way of doing it: what each of them may bring about."""
        return (self, *self.options.values())


class Trap(Strict):
    """A mistake with consequences. `cap` limits the total; a hard gate caps at 59 or below.

    `rule` is an id of the scenario's rule set (R01 …) or a name of the scenario's own.
    """

    text: Text
    told: Text
    rule: str
    law: Id | None = None
    cap: Annotated[int, Field(ge=0, le=100)] | None = None
    lose_days: Annotated[int, Field(ge=0)] = 0
    trust: dict[Id, Trust] = {}


class Chance(Strict):
    """Something that may happen when an action is done, when a stage is entered, or when a deal is struck.

    With `card` it lies on the table as an event card; `answer` names the action that answers it, and the stage is not
    left before that is done.
    """

    action: Id | None = None
    stage: Id | None = None
    on_deal: bool = False
    p: Annotated[float, Field(ge=0, le=1)]
    text: Text
    card: Text | None = None
    answer: Id | None = None
    flag: Id
    lose_days: Annotated[int, Field(ge=0)] = 0
    unless: Condition | None = None


class Effect(Strict):
    """What the terms of a deal bring with them later: told when the deal is struck."""

    when: Condition
    text: Text
    add_days: Annotated[int, Field(ge=0)] = 0
    add_budget: Annotated[int, Field(ge=0)] = 0
    flags: tuple[Id, ...] = ()
    reveals: tuple[Id, ...] = ()
    trust: dict[Id, Trust] = {}
    sprung: Sprung | None = None


class Flavour(Strict):
    """Another shape of the same case: parts of the scenario put in place of the written ones.

    `patch` is merged into the scenario: objects by key, null takes away, all else is put in its place.
    """

    told: Text
    patch: dict[str, Any] = {}


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
