"""Class hours (学时): 45 minutes each, counted in whole minutes and shown to one hundredth."""

from decimal import ROUND_DOWN, Decimal

MINUTES_PER_CLASS_HOUR = 45


def to_class_hours(minutes: int) -> Decimal:
    """Class hours in `minutes`, rounded down to 0.01 so that no figure promises more than was studied."""
    return (Decimal(minutes) / MINUTES_PER_CLASS_HOUR).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
