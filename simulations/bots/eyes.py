"""Eyes: what a player of some skill sees in this attempt. How hard a thing is to see is the same in every case."""

from dataclasses import dataclass
from math import exp

from . import Draw

STEEPNESS = 11.0
READING = 0.22
JUDGEMENT = 0.46
SHEET = 0.48
CLAUSE = 0.45
BOUND = 0.42
PLANNING = 0.5


@dataclass(frozen=True, slots=True)
class Eyes:
    """A player's skill between 0 and 1, and what it lets the player see."""

    skill: float

    def see(self, what: str, hard: float, u01: Draw) -> bool:
        """Whether this attempt's player sees it: the more skill, the likelier; drawn once for every label."""
        return u01(f"sees:{what}") < 1 / (1 + exp(-STEEPNESS * (self.skill - hard)))
