"""How far people have come: the stages of the demonstration, and how many of a class stand at each. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from lms.kernel.levels import LevelCode

ALL = 100  # percent of what the lessons of the level's course declare together


# What the lessons of each level's course declare together; a test holds it against the files.
COURSE_MINUTES = {LevelCode.JUNIOR: 240, LevelCode.INTERMEDIATE: 90, LevelCode.SENIOR: 90}


class Exam(StrEnum):
    """How somebody's exam went."""

    NONE = ""
    SEAT = "seat"
    UNFINISHED = "unfinished"
    FAILED = "failed"
    PASSED = "passed"
    SECOND_TRY = "second-try"


class Play(StrEnum):
    """How somebody's counted deal went."""

    NONE = ""
    OPEN = "open"
    BADLY = "badly"
    WELL = "well"


class Award(StrEnum):
    """How far somebody's certificate has come."""

    NONE = ""
    PREPARED = "prepared"
    REFUSED = "refused"
    APPROVED = "approved"
    ISSUED = "issued"
    REVOKED = "revoked"
    RENEWED = "renewed"


@dataclass(frozen=True)
class Stage:
    """How far a person has come; each field is one thing that happened, or did not.

    `least_studied` and `most_studied` are percent of the declared minutes of the level's course.
    """

    enrolled: bool = False
    least_studied: int = 0
    most_studied: int = 0
    practised: bool = False
    exam: Exam = Exam.NONE
    play: Play = Play.NONE
    award: Award = Award.NONE


INVITED = Stage()
ENROLLED = Stage(enrolled=True)
STUDYING = Stage(enrolled=True, least_studied=2, most_studied=50)
BEGUN = Stage(enrolled=True, least_studied=22, most_studied=22, practised=True)
STUDIED = Stage(enrolled=True, least_studied=ALL, most_studied=ALL)
PRACTISING = replace(STUDIED, practised=True)
SEATED = replace(STUDIED, exam=Exam.SEAT)
SITTING = replace(STUDIED, exam=Exam.UNFINISHED)
FAILED = replace(STUDIED, exam=Exam.FAILED)
PASSED = replace(STUDIED, exam=Exam.PASSED)
BETWEEN = replace(STUDIED, play=Play.OPEN)
MID_DEAL = replace(PASSED, play=Play.OPEN)
LOST = replace(PASSED, play=Play.BADLY)
READY = replace(PASSED, play=Play.WELL)
SECOND_TRY = replace(READY, exam=Exam.SECOND_TRY)
PREPARED = replace(READY, award=Award.PREPARED)
REFUSED = replace(READY, award=Award.REFUSED)
APPROVED = replace(READY, award=Award.APPROVED)
CERTIFIED = replace(READY, award=Award.ISSUED)
REVOKED = replace(READY, award=Award.REVOKED)
# Years ago there was no course yet: an exam and a deal, and the certificate.
EXPIRED = Stage(exam=Exam.PASSED, play=Play.WELL, award=Award.ISSUED)
RENEWED = replace(EXPIRED, award=Award.RENEWED)
# Of the higher levels some are ahead with their deals before anything else is there.
DEALING = Stage(play=Play.WELL)
STUDIED_AND_DEALING = replace(STUDIED, play=Play.WELL)

Shares = tuple[tuple[Stage, int], ...]

ALUMNI: Shares = ((EXPIRED, 6), (RENEWED, 2))
SPRING: Shares = (
    (CERTIFIED, 26),
    (LOST, 6),
    (FAILED, 5),
    (READY, 3),
    (PREPARED, 3),
    (APPROVED, 2),
    (STUDIED, 2),
    (STUDYING, 2),
    (SECOND_TRY, 1),
    (REFUSED, 1),
    (REVOKED, 1),
)
AUTUMN: Shares = (
    (STUDYING, 8),
    (SEATED, 6),
    (PASSED, 4),
    (PREPARED, 4),
    (LOST, 3),
    (READY, 3),
    (FAILED, 3),
    (PRACTISING, 3),
    (MID_DEAL, 2),
    (CERTIFIED, 2),
    (ENROLLED, 2),
    (SITTING, 1),
)
EVENING: Shares = (
    (STUDYING, 22),
    (ENROLLED, 8),
    (STUDIED, 6),
    (SEATED, 5),
    (INVITED, 5),
    (PASSED, 3),
    (LOST, 2),
    (SITTING, 1),
)
NOT_YET: Shares = ((INVITED, 8), (ENROLLED, 1))
HIGHER_BEGUN: Shares = ((STUDYING, 14), (INVITED, 12), (STUDIED, 8), (STUDIED_AND_DEALING, 2), (DEALING, 1))
ELSEWHERE: Shares = ((INVITED, 3), (DEALING, 1))


def shared_out(total: int, shares: tuple[int, ...]) -> list[int]:
    """`total` things divided in the proportion of `shares`, by the largest remainder."""
    whole = sum(shares)
    counts = [total * share // whole for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda at: (-(total * shares[at] % whole), at))
    for at in by_rest[: total - sum(counts)]:
        counts[at] += 1
    return counts


def stages_for(total: int, shares: Shares) -> list[Stage]:
    """The stages of `total` people, spread so that neighbours on a roster stand at different ones."""
    counts = shared_out(total, tuple(share for _stage, share in shares))
    spread = [
        ((number + 0.5) / count, place, stage)
        for place, ((stage, _share), count) in enumerate(zip(shares, counts, strict=True))
        for number in range(count)
    ]
    return [stage for _where, _place, stage in sorted(spread, key=lambda entry: entry[:2])]
