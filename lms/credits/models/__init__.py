from .credit import CreditLine
from .hour import HourLine

__all__ = ["CreditLine", "HourLine"]
