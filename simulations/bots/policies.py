"""Policies: which bots a playtest sends out, and by which name it reports them."""

from collections.abc import Callable, Mapping
from functools import partial

from simulations.engine.scenario import Scenario
from simulations.engine.scoring import HARD_GATE

from . import Bot
from .cheats import (
    GateBreakerBot,
    HomeworkBot,
    IncuriousBot,
    LeakerBot,
    Lesson,
    LuckyReciterBot,
    ParrotBot,
    ReciterBot,
    StallerBot,
    WigglerBot,
)
from .knowledge import LEAK
from .simple import ClickerBot, GreedyBot, RandomBot
from .skilled import AverageBot, ExpertBot, GoodBot, NoviceBot, SkilledBot

SKILLS: Mapping[str, Callable[[], Bot]] = {
    "random": RandomBot,
    "novice": NoviceBot,
    "average": AverageBot,
    "good": GoodBot,
    "expert": ExpertBot,
}
ABLATED = "incurious"
CHEATS: Mapping[str, Callable[[], Bot]] = {
    "greedy": GreedyBot,
    "clicker": ClickerBot,
    "staller": StallerBot,
    "homework": HomeworkBot,
}
LEARNT: Mapping[str, Callable[[Lesson], Bot]] = {"parrot": ParrotBot, "wiggler": WigglerBot, "reciter": ReciterBot}
LUCKY = "reciter-same"
LEAKER = "leaker"
POLICIES: Mapping[str, Callable[[], Bot]] = {**SKILLS, **CHEATS, ABLATED: IncuriousBot, LEAKER: LeakerBot}
GATE = "gate-"
# Where no deal is right, not dealing is no cheat.
ONLY_WHERE_DEALS_ARE_RIGHT = frozenset({"homework"})


def names(scenario: Scenario) -> tuple[str, ...]:
    """Every policy that can be sent to this scenario, in the order of reports."""
    leaker = (LEAKER,) if leaks(scenario) else ()
    gates = tuple(f"{GATE}{rule}" for rule in gate_rules(scenario))
    return (*SKILLS, *CHEATS, *LEARNT, LUCKY, ABLATED, *leaker, *gates)


def gate_rules(scenario: Scenario) -> tuple[str, ...]:
    """The rules whose breach caps the total in any shape of the case."""
    traps = [trap for shape in shapes(scenario) for trap in shape.traps.values()]
    return tuple(sorted({trap.rule for trap in traps if trap.cap is not None and trap.cap <= HARD_GATE}))


def leaks(scenario: Scenario) -> bool:
    """Whether somebody's limits can be passed on at all."""
    kinds = {
        kind
        for shape in shapes(scenario)
        for action in shape.actions.values()
        for kind in (action.move, *(option.move for option in action.options.values()))
    }
    return bool(kinds & LEAK.does)


def shapes(scenario: Scenario) -> tuple[Scenario, ...]:
    """The case as it is written, and in each of its flavours."""
    return tuple(scenario.flavoured(name) for name in ("", *scenario.flavours))


def maker(name: str) -> Callable[[Lesson], Bot]:
    """How a bot of this name is made from what cheats have learnt elsewhere."""
    if name in LEARNT:
        return LEARNT[name]
    if name == LUCKY:
        return LuckyReciterBot
    if name.startswith(GATE):
        return partial(_gate_breaker, name.removeprefix(GATE))
    return lambda _lesson: POLICIES[name]()


def _gate_breaker(rule: str, _lesson: Lesson) -> Bot:
    return GateBreakerBot(rule)


def trainee(skill: float) -> Bot:
    """A virtual trainee of any skill."""
    bot = type("Trainee", (SkilledBot,), {"skill": skill})()
    assert isinstance(bot, SkilledBot)  # noqa: S101 -- for the type checker
    return bot
