"""Playing: one attempt of one bot at one variant, from the first event to the score."""

from dataclasses import dataclass
from functools import partial

from simulations.engine.apply import apply, fold
from simulations.engine.chance import u01
from simulations.engine.decide import decide, start
from simulations.engine.events import Event
from simulations.engine.frontier import measures
from simulations.engine.refusing import Refused
from simulations.engine.scenario import Scenario
from simulations.engine.scoring import Score, score
from simulations.engine.state import State
from simulations.engine.view import view

from . import Bot, Command

MOST_COMMANDS = 200
MOST_REFUSALS = 25
GAVE_UP = "gave up"


@dataclass(frozen=True, slots=True)
class Play:
    """One attempt, from the first event to the score."""

    score: Score
    state: State
    events: tuple[Event, ...]
    commands: tuple[Command, ...]
    refused: int
    nash: float

    @property
    def walked(self) -> bool:
        """Whether the player left without a deal, and meant to."""
        return self.state.ended_how == "walked-away" and self.state.ended_why != GAVE_UP


def play(sc: Scenario, bot: Bot, seed: str) -> Play:
    """Let a bot play one attempt at a variant to its end."""
    events = start(sc, seed)
    st = fold(events)
    commands: list[Command] = []
    draw = partial(u01, seed, "bot")
    refused = 0
    while st.status == "playing":
        command = bot.act(view(sc, st, reading=True), draw)
        if command is None or len(commands) >= MOST_COMMANDS or refused >= MOST_REFUSALS:
            command = {"type": "walk_away", "reason": GAVE_UP}
        try:
            brought = decide(sc, st, command)
        except Refused:
            refused += 1
            continue
        for event in brought:
            apply(st, event)
        events.extend(brought)
        commands.append(command)
    nash = measures(sc, st.partner, st.deal)["nash"] if st.deal is not None else 0.0
    return Play(score(sc, st), st, tuple(events), tuple(commands), refused, nash)
