"""Policies: which bots a playtest sends out, and by which name it reports them."""

from collections.abc import Callable, Mapping

from . import Bot
from .cheats import (
    DoubleFeeBot,
    HomeworkBot,
    IncuriousBot,
    LeakerBot,
    ParrotBot,
    ReciterBot,
    StallerBot,
    TellTaleBot,
    WigglerBot,
)
from .simple import ClickerBot, GreedyBot, RandomBot
from .skilled import AverageBot, ExpertBot, GoodBot, NoviceBot

SKILLS: Mapping[str, Callable[[], Bot]] = {
    "random": RandomBot,
    "novice": NoviceBot,
    "average": AverageBot,
    "good": GoodBot,
    "expert": ExpertBot,
}
CHEATS: Mapping[str, Callable[[], Bot]] = {
    "greedy": GreedyBot,
    "clicker": ClickerBot,
    "staller": StallerBot,
    "incurious": IncuriousBot,
    "homework": HomeworkBot,
    "parrot": ParrotBot,
    "wiggler": WigglerBot,
    "reciter": ReciterBot,
}
GATES: Mapping[str, Callable[[], Bot]] = {
    "gate-leaker": LeakerBot,
    "gate-double-fee": DoubleFeeBot,
    "gate-tell-tale": TellTaleBot,
}
POLICIES: Mapping[str, Callable[[], Bot]] = {**SKILLS, **CHEATS, **GATES}
