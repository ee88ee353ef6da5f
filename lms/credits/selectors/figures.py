"""Sums that are exact on both engines."""

from decimal import Decimal

HUNDREDTH = Decimal("0.01")


def hundredths(total: Decimal | None) -> Decimal:
    """The sum of figures with two places as the database gives it, brought back to two places.

    SQLite adds decimals as floating numbers and answers 0.0600000000000001; nothing is nothing.
    """
    return (total or Decimal(0)).quantize(HUNDREDTH)
