"""What somebody who knows nothing would earn by a trick: no habit of the authors may give keys away."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from lms.exams.enums import QuestionKind
from lms.exams.services.bank_file import Item

# Words of certainty, which careless authors put into wrong options.
CERTAIN = ("必须", "一律", "所有", "任何", "只能", "不得", "从不", "总是", "绝对", "一定")
FEW = 12
# A trick that earns more than chance by over two standard errors is no accident of the draw.
ERRORS = 2

Score = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Guess:
    """How a trick does on some questions: its share of right answers, what chance gives, and what is too much."""

    trick: str
    questions: int
    share: float
    chance: float

    @property
    def limit(self) -> float:
        """Chance, and two standard errors of it."""
        return self.chance + ERRORS * sqrt(self.chance * (1 - self.chance) / self.questions)

    @property
    def works(self) -> bool:
        """Whether the trick answers questions."""
        return self.questions >= FEW and self.share > self.limit


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _likeness(stem: str, option: str) -> float:
    return len(_pairs(stem) & _pairs(option)) / max(1, len(_pairs(option)))


# Each gives an option a score by stem and text; the trick takes the highest, and guesses among equals.
TRICKS: dict[str, Score] = {
    "longest": lambda _stem, option: len(option),
    "shortest": lambda _stem, option: -len(option),
    "most like the stem": _likeness,
    "no word of certainty": lambda _stem, option: -sum(word in option for word in CERTAIN),
    "a word of certainty": lambda _stem, option: sum(word in option for word in CERTAIN),
    "most figures": lambda _stem, option: sum(sign.isdigit() for sign in option),
}


def _luck(item: Item, score: Score) -> float:
    """The chance that the trick hits the key."""
    scores = {option.id: score(item.stem, option.text) for option in item.options}
    best = [option for option, value in scores.items() if value == max(scores.values())]
    return (item.key.option in best) / len(best)


def _places(singles: Sequence[Item]) -> Iterator[Guess]:
    chance = sum(1 / len(item.options) for item in singles) / len(singles)
    for place in range(4):
        hits = sum(item.key.option == item.options[place].id for item in singles if len(item.options) > place)
        yield Guess(f"always number {place + 1}", len(singles), hits / len(singles), chance)


def _texts(singles: Sequence[Item]) -> Iterator[Guess]:
    chance = sum(1 / len(item.options) for item in singles) / len(singles)
    for name, score in TRICKS.items():
        yield Guess(name, len(singles), sum(_luck(item, score) for item in singles) / len(singles), chance)


def _truths(items: Sequence[Item]) -> Iterator[Guess]:
    for side in ("true", "false"):
        share = sum(item.key.option == side for item in items) / len(items)
        yield Guess(f"always {side}", len(items), share, 0.5)


def _multiples(items: Sequence[Item]) -> Iterator[Guess]:
    """Ticking a place in every question must not be right more often than ticking any option."""
    chance = sum(len(item.key.options or []) / len(item.options) for item in items) / len(items)
    for place in range(4):
        hits = sum(item.options[place].id in (item.key.options or []) for item in items if len(item.options) > place)
        yield Guess(f"tick number {place + 1}", len(items), hits / len(items), chance)
    whole = sum(len(item.key.options or []) == len(item.options) for item in items) / len(items)
    yield Guess("tick everything", len(items), whole, 0.25)


def guesses(items: Sequence[Item]) -> list[Guess]:
    """How every trick does on these questions; kinds that nobody can guess have none."""

    def of(kind: QuestionKind) -> list[Item]:
        return [item for item in items if item.kind == kind]

    singles, truths, multiples = of(QuestionKind.SINGLE), of(QuestionKind.TRUE_FALSE), of(QuestionKind.MULTIPLE)
    return [
        *(_places(singles) if singles else ()),
        *(_texts(singles) if singles else ()),
        *(_truths(truths) if truths else ()),
        *(_multiples(multiples) if multiples else ()),
    ]
