"""The parts in which a player commits: judgements with their worksheets, and papers. Strict and frozen."""

from typing import Annotated, Literal

from pydantic import Field

from .conditions import Condition
from .parts import Id, Model, Strict, Text


class Choice(Strict):
    """One answer of a choice, with the share of the points it earns (1 is the right one).

    With `model` on every answer the credit is computed: all of it for the highest, less the further below.
    `walk` marks the answer that means not to deal.
    """

    text: Text
    credit: Annotated[float, Field(ge=0, le=1)] = 0
    model: Model | None = None
    walk: bool = False


class Row(Strict):
    """One line of a checklist, with the answer that is right."""

    text: Text
    right: Id
    explanation: Text | None = None


class Input(Strict):
    """One line of a worksheet: what is filled in, between which bounds, and what it truly is.

    `truth` is a model over parameters. With `spread` the true value is not a point: it lies between truth × the
    first and truth × the last, the middle being likeliest (a triangle).
    """

    text: Text
    unit: Text | None = None
    low: float
    high: float
    step: float = 1
    truth: Model
    spread: tuple[float, float, float] | None = None


class Assessment(Strict):
    """A judgement the player commits to. `truth` is computed from a declared model, never typed.

    A `number` loses credit evenly until it is `scale` away; an `interval` is an 80 % interval, scored by width and
    misses; a `trl` is a level with the facts that prove it; a `checklist` answers every row. With `inputs` it has a
    worksheet: `model` is then over the inputs by name, and players work with their own figures. `workbench` names a
    cash-flow model of `valuation` that works the inputs out first; `model` is then over its outputs.
    """

    kind: Literal["choice", "number", "interval", "trl", "checklist"]
    stage: Id
    text: Text
    unit: Text | None = None
    help: Text | None = None
    low: float = 0
    high: float = 100
    step: float = 1
    model: Model | None = None
    workbench: Literal["licence"] | None = None
    inputs: dict[Id, Input] = {}
    scale: Annotated[float, Field(gt=0)] = 1
    answers: dict[Id, Choice] = {}
    rows: dict[Id, Row] = {}
    evidence: tuple[Id, ...] = ()
    explanation: Text


class Clause(Strict):
    """A line that may be written into a paper. `kind` says what it is about, in the words of `kinds.CLAUSES`.

    With `needed_if` a useful line becomes a required one when the condition holds at the end.
    """

    text: Text
    kind: Id | None = None
    role: Literal["required", "useful", "neutral", "harmful"]
    needed_if: Condition | None = None
    why: Text
    law: Id | None = None


class Draft(Strict):
    """A paper that the broker writes by choosing its lines."""

    title: Text
    stage: Id
    aim: Text
    clauses: dict[Id, Clause]
    open_when: Condition | None = None


class Criterion(Strict):
    """One line of the rubric by which two markers read a paper."""

    text: Text
    points: Annotated[int, Field(gt=0, le=100)]


class Paper(Strict):
    """A paper that the player writes in own words. People mark it; it is shown apart from the automatic score."""

    title: Text
    stage: Id
    aim: Text
    criteria: dict[Id, Criterion]
    most_characters: Annotated[int, Field(ge=200, le=20_000)] = 3000
    open_when: Condition | None = None
