"""The field: who plays which variant of which flavour, and what comes of it, spread over processes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from simulations.engine.frontier import prospects
from simulations.engine.scenario import Scenario

from . import Bot
from .cheats import Lesson
from .playing import Play, play
from .policies import maker, trainee
from .skilled import ExpertBot

ATTEMPTS = 3
APART = 7
LEAST_SKILL = 0.1
TRAINEE = "trainee"
Special = Callable[[], Bot]


@dataclass(frozen=True, slots=True)
class Seat:
    """One attempt to be played: by which policy (or a trainee of some skill), where, with which seed."""

    policy: str
    flavour: str
    number: int
    seed: str
    who: int = 0
    skill: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: the total, the weighted points of each item, and how it went."""

    policy: str
    flavour: str
    number: int
    who: int
    total: float
    items: dict[str, float]
    shares: dict[str, float]
    deal: bool
    walked: bool
    nash: float
    days: float
    budget: float
    refused: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What a variant offers: whether no deal is right in it, and how much of the grid both sides could sign."""

    flavour: str
    number: int
    walk_right: bool
    zopa: float
    ids: tuple[str, ...]


def seats(scenario: Scenario, policies: Sequence[str], plays: int, seed: int, flavours: Sequence[str]) -> list[Seat]:
    """The attempts of all policies: the same variants and chances for each, spread evenly over flavours."""
    places = list(_places(scenario, plays, flavours))
    return [
        Seat(policy, flavour, number, f"{seed}:{n}")
        for policy in policies
        for n, (flavour, number) in enumerate(places)
    ]


def trainees(scenario: Scenario, count: int, seed: int, flavours: Sequence[str]) -> list[Seat]:
    """Virtual trainees of skills between .1 and 1, each with three attempts at different variants."""
    cells = list(_places(scenario, len(flavours) * scenario.variants, flavours))
    return [
        Seat(TRAINEE, *cells[(who + t * APART) % len(cells)], f"{seed}:t{who}.{t}", who, _skill(who, count))
        for who in range(count)
        for t in range(ATTEMPTS)
    ]


def _skill(who: int, count: int) -> float:
    return LEAST_SKILL + (1 - LEAST_SKILL) * (who + 0.5) / count


def _places(scenario: Scenario, plays: int, flavours: Sequence[str]) -> Iterator[tuple[str, int]]:
    for n in range(plays):
        round_no = n // len(flavours)
        yield flavours[n % len(flavours)], 1 + round_no % scenario.variants


def hold(
    scenario: Scenario, all_seats: Sequence[Seat], *, jobs: int = 1, special: Special | None = None
) -> tuple[list[Outcome], list[Ground]]:
    """Play every seat; those at one variant together, so that what it offers is worked out once."""
    cells: dict[tuple[str, int], list[Seat]] = {}
    for seat in all_seats:
        cells.setdefault((seat.flavour, seat.number), []).append(seat)
    work = sorted(cells.items())
    if jobs <= 1:
        done = [_cell(scenario, cell, there, special) for cell, there in work]
    else:
        with ProcessPoolExecutor(jobs, get_context("fork"), _bring, (scenario.model_dump_json(), special)) as pool:
            done = list(pool.map(_brought_cell, work))
    return [each for outcomes, _ in done for each in outcomes], [ground for _, ground in done]


_here: dict[str, tuple[Scenario, Special | None]] = {}


def _bring(text: str, special: Special | None) -> None:
    _here["work"] = (Scenario.model_validate_json(text), special)


def _brought_cell(work: tuple[tuple[str, int], list[Seat]]) -> tuple[list[Outcome], Ground]:
    scenario, special = _here["work"]
    return _cell(scenario, *work, special)


def _cell(
    scenario: Scenario, cell: tuple[str, int], there: list[Seat], special: Special | None
) -> tuple[list[Outcome], Ground]:
    sc = scenario.varied(*cell)
    lesson = _lessons(scenario, cell) if any(seat.policy != TRAINEE for seat in there) and not special else None
    outcomes = [_outcome(sc, seat, play(sc, _bot(seat, lesson, special), seat.seed)) for seat in there]
    return outcomes, Ground(*cell, sc.walk_right, prospects(sc).zopa_share, tuple(item.id for item in sc.rubric))


def _bot(seat: Seat, lesson: Lesson | None, special: Special | None) -> Bot:
    if special is not None:
        return special()
    return trainee(seat.skill) if lesson is None or seat.policy == TRAINEE else maker(seat.policy)(lesson)


def _lessons(scenario: Scenario, cell: tuple[str, int]) -> Lesson:
    """The best package and an expert's commands, learnt at another variant of another flavour."""
    flavour, number = cell
    names = ("", *scenario.flavours)
    other = names[(names.index(flavour) + 1) % len(names)]
    next_number = number % scenario.variants + 1
    elsewhere, again = scenario.varied(other, next_number), scenario.varied(flavour, next_number)
    return Lesson(
        package=prospects(elsewhere).nash.terms,
        commands=play(elsewhere, ExpertBot(), f"lesson:{number}").commands,
        same=play(again, ExpertBot(), f"lesson:{number}").commands,
    )


def _outcome(sc: Scenario, seat: Seat, done: Play) -> Outcome:
    worth = {line.code: float(line.weight) * 100 / float(line.max) for line in done.score.competencies}
    items = {item.id: float(item.points) * worth[item.comp] for item in done.score.items}
    st = done.state
    return Outcome(
        policy=seat.policy,
        flavour=seat.flavour,
        number=seat.number,
        who=seat.who,
        total=float(done.score.total),
        items=items,
        shares={item.id: float(item.points / item.max) for item in done.score.items},
        deal=st.deal is not None,
        walked=done.walked,
        nash=done.nash,
        days=1 - st.days_left / sc.days,
        budget=1 - st.budget_left / sc.budget if sc.budget else 0.0,
        refused=done.refused,
    )
