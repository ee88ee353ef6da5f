"""Rating what was posted once more, by another table: piece after piece, with the caps of each year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .awarding import NOTHING, Award, NoMeasure, award, base_of, split
from .rules import RuleTable

Why = Literal["base", "band", "per", "most", "shared", "diminished", "capped", "gone", "no-measure", "same"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One person's part of a piece of work, as it was rated.

    `fixed` counts towards caps as it stands and is not rated anew. `percents` are the shares of everybody in it,
    `mine` the place of this person among them.
    """

    source: str
    rule: str
    kind: str
    year: int
    before: Decimal
    fixed: bool = False
    measure: Decimal | None = None
    percents: tuple[Decimal, ...] = (Decimal(100),)
    mine: int = 0


@dataclass(frozen=True, slots=True)
class Rerated:
    """What a piece gives by the other table, and the last thing that was done to it there."""

    piece: Piece
    after: Decimal
    why: Why

    @property
    def gain(self) -> Decimal:
        return self.after - self.piece.before


def rerate(pieces: Iterable[Piece], table: RuleTable) -> Iterator[Rerated]:
    """One person's pieces in the order in which they were posted, each by `table`."""
    points: defaultdict[tuple[str, int], Decimal] = defaultdict(lambda: NOTHING)
    times: defaultdict[tuple[str, int], int] = defaultdict(int)
    known = {rule.code: rule for rule in table.rules}
    for piece in pieces:
        rule = known.get(piece.rule)
        kind = rule.kind if rule and not piece.fixed else piece.kind
        place, nth = (kind, piece.year), (piece.rule, piece.year)
        if piece.fixed:
            done = Rerated(piece, piece.before, "same")
        elif rule is None:
            done = Rerated(piece, NOTHING, "gone")
        else:
            done = _again(piece, table, points[place], times[nth] + 1)
        points[place] += done.after
        times[nth] += bool(done.after)
        yield done


def _again(piece: Piece, table: RuleTable, in_year: Decimal, nth: int) -> Rerated:
    rule = table.rule(piece.rule)
    try:
        whole = base_of(rule, piece.measure).points
    except NoMeasure:
        return Rerated(piece, piece.before, "no-measure")
    made: Award = award(
        rule,
        table.kind(rule.kind),
        measure=piece.measure,
        percent=piece.percents[piece.mine],
        kind_points_in_year=in_year,
        nth_in_year=nth,
        share=split(whole, list(piece.percents))[piece.mine],
    )
    return Rerated(piece, made.points, made.steps[-1].what)
