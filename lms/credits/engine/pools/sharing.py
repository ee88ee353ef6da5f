"""Dividing a sum so that the parts come to it exactly: the largest remainder gets the last fen."""

from collections.abc import Sequence
from decimal import Decimal, localcontext

FEN = Decimal("0.01")
_PLACES = 60  # more digits than any sum and any weight have together


def shared(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Divide `total`, whole fen and not below nought, by `weights`; equal remainders go to whoever stands first.

    Nobody gets more than a fen beside the exact share, and who has no weight gets nothing.
    """
    whole = sum(weights, Decimal(0))
    if not weights or whole <= 0 or min(weights) < 0:
        raise ValueError("a sum is divided by weights that are not below nought and not all nought")
    fen = int(total / FEN)
    if fen < 0 or fen * FEN != total:
        raise ValueError("a sum that is divided is not below nought and has whole fen")
    with localcontext() as context:
        context.prec = _PLACES
        floors, remainders = [], []
        for weight in weights:
            exact, rest = divmod(fen * weight, whole)
            floors.append(int(exact))
            remainders.append(rest)
    missing = fen - sum(floors)
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[:missing]:
        floors[place] += 1
    return [each * FEN for each in floors]
