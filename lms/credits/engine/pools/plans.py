"""What somebody enters: the deal, and the plan of a reward for each scenario."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .days import Days
from .statutes import Way

NOUGHT = Decimal("0.00")
HUNDRED = Decimal(100)
MOST_MONEY = Decimal("9999999999.99")
MOST_PEOPLE = 50
MOST_SCENARIOS = 4


@dataclass(frozen=True, slots=True)
class Sharer:
    """Somebody in the split, with credits or any other weight."""

    name: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Deal:
    """What came in and what goes off it. Of own use: the operating profit of one year, and for how many years."""

    way: Way
    value: Decimal
    costs: Decimal = NOUGHT
    public_money: Decimal = NOUGHT
    taxes: Decimal = NOUGHT
    years: int = 1
    days: Days = field(default_factory=Days)
    main: tuple[Sharer, ...] = ()
    staff: tuple[Sharer, ...] = ()

    @property
    def base(self) -> Decimal:
        """What rewards are reckoned from: net income of a transfer; shares and profits as they are."""
        if self.way != Way.TRANSFER:
            return self.value
        return self.value - (self.costs - self.public_money) - self.taxes


@dataclass(frozen=True, slots=True)
class Plan:
    """One scenario: where, on which day, and who is to get how much; None leaves a share to the rule.

    `pool`, `office` and `owners` are percent of the base, `main` and `staff` of the pool. `owners` is the share of
    ownership that completers were given instead; they leave the split of what remains.
    """

    statute: str
    on: date
    pool: Decimal | None = None
    main: Decimal | None = None
    staff: Decimal | None = None
    office: Decimal | None = None
    owners: Decimal | None = None
