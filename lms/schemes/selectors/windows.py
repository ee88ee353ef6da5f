"""Windows of time in requirement trees: which days of a person's history count. Pure: no clock, no database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from lms.kernel.beijing import BEIJING
from lms.schemes.enums import FactKind
from lms.schemes.validators import Leaf, Years

# Who somebody is, and what they hold, does not begin anew with a period.
LASTING = frozenset({FactKind.IDENTITY, FactKind.CERTIFICATE})


@dataclass(frozen=True, slots=True)
class Window:
    """Days by the Beijing calendar, the first and the last included."""

    since: date
    until: date

    def holds(self, moment: datetime) -> bool:
        """Whether a moment falls on one of its days."""
        return self.since <= day_of(moment) <= self.until


@dataclass(frozen=True, slots=True)
class Asked:
    """When a tree is asked: `on` that day, for a certificate whose cycle began on `cycle`.

    With `anew` only what happened from that day on counts, whatever the leaves say: after a lapse the whole level is
    earned again.
    """

    on: date
    cycle: date | None = None
    anew: date | None = None


class NoCycle(ValueError):
    """A leaf counts within the cycle of a certificate, and no certificate was named."""


def day_of(moment: datetime) -> date:
    """The Beijing day of a moment."""
    return moment.astimezone(BEIJING).date()


def years_before(day: date, years: int) -> date:
    """The same date so many years earlier; for the 29th of February, where there is none, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def months_after(day: date, months: int) -> date:
    """The same date so many months later (or earlier, if negative); past the end of a month, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def window_of(leaf: Leaf, asked: Asked) -> Window | None:
    """The days that count for a leaf; nothing where all do."""
    since = _since(leaf.within, asked)
    if asked.anew is not None and leaf.fact not in LASTING:
        since = max(since or asked.anew, asked.anew)
    return None if since is None else Window(since, asked.on)


def _since(within: Years | Literal["cycle"] | None, asked: Asked) -> date | None:
    if within is None:
        return None
    if isinstance(within, Years):
        return years_before(asked.on, within.years) + timedelta(days=1)
    if asked.cycle is None:
        raise NoCycle("this tree counts within the cycle of a certificate; say when it began")
    return asked.cycle
