"""The people of the populated demonstration: how many, in which classes, and how far each has come. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from lms.kernel.levels import LevelCode

from . import cast, stages
from .names import Invented, invented_people
from .stages import Shares, Stage, shared_out, stages_for

# What 496 people divide into; any other number keeps the proportion.
WHOLE = {LevelCode.JUNIOR: 208, LevelCode.INTERMEDIATE: 169, LevelCode.SENIOR: 119}

Days = tuple[int, int]


@dataclass(frozen=True)
class Batch:
    """One class. Its days count from the moment when the demonstration was filled; past ones are below nought."""

    key: str
    level: LevelCode
    weight: int
    starts: int
    ends: int
    shares: Shares
    base: str = cast.BASE.code
    capacity: int = 60
    code: str = ""  # of a class that is there already
    pilot: bool = False
    season: str = "autumn"
    roster: int = 0
    enrols: Days = (0, 0)
    studies: Days = (0, 0)
    sits: Days = (0, 0)
    deals: Days = (0, 0)
    decides: Days = (0, 0)

    def first_day(self, anchor: datetime) -> datetime:
        """When it starts."""
        return anchor + timedelta(days=self.starts)

    def code_at(self, anchor: datetime) -> str:
        """JTB-2026-C: what it is for, the year in which it starts, and a letter of its own."""
        prefix = {LevelCode.JUNIOR: "JTB", LevelCode.INTERMEDIATE: "ITB", LevelCode.SENIOR: "STM"}[self.level]
        return self.code or f"{prefix}-{self.first_day(anchor).year}-{self.key}"


JUNIOR, INTERMEDIATE, SENIOR = LevelCode.JUNIOR, LevelCode.INTERMEDIATE, LevelCode.SENIOR
CAST_COHORT = "JTB-2026-A"
BATCHES = (
    Batch("P", JUNIOR, 8, -1400, -1330, stages.ALUMNI, pilot=True, season="pilot", capacity=20, roster=-1410,
          sits=(-1372, -1366), deals=(-1360, -1345), decides=(-1335, -1325)),
    Batch("S", JUNIOR, 52, -210, -120, stages.SPRING, season="spring", roster=-222, enrols=(-210, -204),
          studies=(-203, -156), sits=(-150, -140), deals=(-138, -124), decides=(-118, -100)),
    Batch("A", JUNIOR, 41, -60, 60, stages.AUTUMN, code=CAST_COHORT, roster=-59, enrols=(-58, -55),
          studies=(-54, -27), sits=(-25, -19), deals=(-18, -10), decides=(-8, -1)),
    Batch("E", JUNIOR, 52, -45, 30, stages.EVENING, roster=-52, enrols=(-45, -33),
          studies=(-32, -1), sits=(-9, -4), deals=(-3, -1), decides=(-1, -1)),
    Batch("W", JUNIOR, 50, 21, 110, stages.NOT_YET, roster=-8, enrols=(-6, -1)),
    Batch("B", INTERMEDIATE, 58, -120, 60, stages.HIGHER_BEGUN, roster=-131, enrols=(-115, -95),
          studies=(-94, -3), deals=(-60, -2)),
    Batch("D", INTERMEDIATE, 56, -50, 130, stages.HIGHER_BEGUN, roster=-57, enrols=(-49, -38),
          studies=(-37, -1), deals=(-20, -1)),
    Batch("F", INTERMEDIATE, 55, 30, 210, stages.NOT_YET, roster=-5, enrols=(-4, -1)),
    Batch("G", SENIOR, 60, -150, 30, stages.HIGHER_BEGUN, roster=-160, enrols=(-140, -110),
          studies=(-109, -6), deals=(-70, -3)),
    Batch("K", SENIOR, 59, 14, 200, stages.NOT_YET, roster=-4, enrols=(-3, -1)),
)  # fmt: skip
# The class of which some sit the exam with an essay.
WRITERS = next(batch for batch in BATCHES if batch.level == INTERMEDIATE)
NEXT_DOOR = Batch("H", JUNIOR, 9, -30, 60, stages.ELSEWHERE, base=cast.OTHER_BASE.code, roster=-33, deals=(-20, -2))


@dataclass(frozen=True)
class Recruit:
    """Somebody on a roster, and how far they have come."""

    who: Invented | cast.Learner
    stage: Stage
    batch: Batch

    @property
    def email(self) -> str:
        """The address that tells people apart here."""
        return self.who.email


def level_counts(people: int) -> dict[LevelCode, int]:
    """How many of `people` stand at each level."""
    return dict(zip(WHOLE, shared_out(people, tuple(WHOLE.values())), strict=True))


def _batch_counts(people: int) -> Iterator[tuple[Batch, int]]:
    """How many newcomers each class takes in; the cast have their places already."""
    for level, total in level_counts(people).items():
        batches = [batch for batch in BATCHES if batch.level == level]
        there = len(cast.LEARNERS) if level == LevelCode.JUNIOR else 0
        counts = shared_out(max(0, total - there), tuple(batch.weight for batch in batches))
        yield from zip(batches, counts, strict=True)


def rosters(people: int) -> list[tuple[Batch, list[Recruit]]]:
    """Every class with the people on its roster, for `people` of the first base and a handful next door."""
    taken = {learner.email for learner in cast.LEARNERS} | {actor.email for actor in cast.ACTORS}
    newcomers = invented_people(taken)
    counts = [*_batch_counts(people), (NEXT_DOOR, NEXT_DOOR.weight if people else 0)]
    return [
        (
            batch,
            [
                Recruit(who, stage, batch)
                for who, stage in zip(islice(newcomers, count), stages_for(count, batch.shares), strict=True)
            ],
        )
        for batch, count in counts
        if count
    ]


def cast_recruits() -> list[Recruit]:
    """Where the cast themselves stand in a populated demonstration; whoever is not named here has not begun."""
    batch = next(batch for batch in BATCHES if batch.code)
    return [Recruit(learner, stage, batch) for learner, stage in CAST_STAGES]


CAST_STAGES = (
    (cast.TRAINEE, stages.BEGUN),
    (cast.HOLDER, stages.CERTIFIED),
    (cast.SITTING, stages.BETWEEN),
    (cast.LEARNERS[3], stages.FAILED),
)
