"""The negotiating table of a scenario: issues, parties, what they value and how they bargain."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .parts import Id, Strict, Text, Trust

Value = float | int | str
Terms = dict[str, Value]
Share = Annotated[float, Field(ge=0, le=1)]
MOST_VALUES = 1_000_000
Knots = tuple[tuple[float | Id, Share], ...]


class Issue(Strict):
    """One thing to agree on. `step` only lays the grid that outcomes are counted on; entry is free."""

    kind: Literal["number", "choice"]
    text: Text
    unit: Text | None = None
    low: float = 0
    high: float = 0
    step: float = 1
    values: dict[Id, Text] = {}

    def grid(self) -> tuple[float | str, ...]:
        """The values that outcomes are counted on."""
        if self.kind == "choice":
            return tuple(self.values)
        count = int((self.high - self.low) / self.step + 1e-9)
        return tuple(self.low + self.step * n for n in range(count + 1))

    @model_validator(mode="after")
    def _is_whole(self) -> "Issue":
        if self.kind == "choice" and len(self.values) < 2:
            raise ValueError("a choice needs at least two values")
        if self.kind == "number" and not (self.low < self.high and 0 < self.step <= self.high - self.low):
            raise ValueError("a number needs low < high and a step between them")
        if self.kind == "number" and (self.high - self.low) / self.step > MOST_VALUES:
            raise ValueError(f"a grid has at most {MOST_VALUES:,} values")
        return self


class Interaction(Strict):
    """Something added to a party's utility when several terms meet."""

    when: dict[Id, tuple[Value, ...]]
    add: float


class Souring(Strict):
    """A fallback that changes: from a day on the walk-away rises by `per_day`, until the party leaves on `gone`."""

    from_day: Annotated[int, Field(ge=0)]
    per_day: Annotated[float, Field(ge=-0.05, le=0.05)]
    gone: Annotated[int, Field(ge=0)] | None = None


class Utility(Strict):
    """What a party values: weights that sum to 1, a value between 0 and 1 for every term, a walk-away.

    A number is valued along knots `[at, value]`; `at` is a number or the name of a parameter.
    """

    reservation: Share
    souring: Souring | None = None
    weights: dict[Id, Share]
    values: dict[Id, Knots | dict[Id, Share]]
    interactions: tuple[Interaction, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> "Utility":
        if abs(sum(self.weights.values()) - 1) > 1e-6:
            raise ValueError(f"the weights sum to {sum(self.weights.values()):g}, not to 1")
        if set(self.weights) != set(self.values):
            raise ValueError("weights and values must name the same issues")
        return self


class Tactic(Strict):
    """How a bot party gives way, from `start` towards its walk-away.

    `time`: with the rounds, early (e > 1) or late (e < 1). `tit_for_tat`: as far as the packages put to it have come
    its way. `micro`: one own outcome further down for every new package it is shown. `scripted`: by the shares of
    `script`, one a round, the last of them for all that follow.
    """

    kind: Literal["time", "tit_for_tat", "micro", "scripted"] = "time"
    script: tuple[Share, ...] = ()
    start: Share
    e: Annotated[float, Field(gt=0)]
    trust_gain: Share
    feedback: Annotated[int, Field(ge=0, le=4)]
    noise: Share
    open_at: Annotated[int, Field(ge=0, le=100)]
    impatience: Annotated[int, Field(ge=0, le=100)]


class Voice(Strict):
    """How a party puts each mood into words. `{issue}` stands for what it asks to look at again."""

    accept: tuple[Text, ...]
    close: tuple[Text, ...]
    reject: tuple[Text, ...]
    insulted: tuple[Text, ...]
    evade: tuple[Text, ...]
    countered: Text


class Party(Strict):
    """Somebody at the table, or who may be called to it. People and firms are invented."""

    name: Text
    person: Text
    role: Text
    public: Text
    controller: Literal["bot", "seat"] = "bot"
    trust: Trust
    confides_at: Annotated[int, Field(ge=0, le=100)]
    towards: dict[Id, str]
    utility: Utility
    tactic: Tactic
    voice: Voice
    rules: tuple[Text, ...]


class Talks(Strict):
    """The negotiation: a principal, those who may be brought to it, and the assessment that brings one.

    As a broker the player puts packages to the principal and the partner; at one side's table (`protocol: side`) the
    principal is the player's own seat and only the partner answers.
    """

    stage: Id
    principal: Id
    partners: tuple[Id, ...]
    chosen_by: Id | None = None
    appeal: dict[Id, float] = {}
    rounds: Annotated[int, Field(ge=1, le=40)]
    round_days: Annotated[int, Field(ge=0)]
    packages: Annotated[int, Field(ge=1, le=3)] = 3
