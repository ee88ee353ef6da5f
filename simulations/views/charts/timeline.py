"""How the days went: stages as bands, trust of the two sides, money left, clues found and missed, traps."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .scale import Mark, Point, Scale, place, polyline, staircase

_TRUST_TOP, _TRUST_FOOT = 40, 136
_MONEY_TOP, _MONEY_FOOT = 158, 216


@dataclass(frozen=True, slots=True)
class Band:
    """One stage: its name and the days it took."""

    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Days:
    """What happened on which day. Trust runs from 0 to 100, money in the scenario's own unit."""

    last: float
    bands: Sequence[Band]
    trust_a: Sequence[Point]
    trust_b: Sequence[Point]
    money: Sequence[Point]
    money_unit: str
    found: Sequence[float] = ()
    sprung: Sequence[float] = ()
    offers: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper, and where the clues stand on it."""

    width: int
    height: int
    left: int
    right: int
    clues: int
    dot_place: str
    kind: str


WIDE = Sheet(1150, 292, 66, 1136, 242, "5", "wide-only")
NARROW = Sheet(328, 270, 6, 320, 236, "3.5", "narrow-only")


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything the template writes down."""

    sheet: Sheet
    bands: list[tuple[str, str, str]]
    band_height: int
    grid: list[str]
    trust_a: str
    trust_b: str
    money: str
    area: str
    found: list[str]
    offers: list[str]
    traps: list[str]
    marks: list[Mark] = field(default_factory=list)


def _width(word: str) -> float:
    """How many units `word` takes in the small type: a Chinese character is twice a Latin letter."""
    return sum(13 if unicodedata.east_asian_width(letter) in "WF" else 7 for letter in word) + 4


def _band_marks(days: Days, x: Scale) -> list[Mark]:
    return [
        Mark(place((x.at(band.start) + x.at(band.end)) / 2), "23", band.name, "t-mid t-sm")
        for band in days.bands
        if x.at(band.end) - x.at(band.start) > _width(band.name)
    ]


def _day_marks(days: Days, x: Scale, sheet: Sheet) -> list[Mark]:
    foot = str(sheet.height - 8)
    quarters = [days.last * part / 4 for part in (1, 2, 3)]
    return [
        Mark(str(sheet.left), foot, _("Day 0"), "t-sm"),
        *(Mark(x.place(day), foot, str(round(day)), "t-mid t-sm") for day in quarters),
        Mark(str(sheet.right), foot, _("day %(day)s") % {"day": round(days.last)}, "t-end t-sm"),
    ]


def _side_marks(days: Days, most: float, sheet: Sheet) -> list[Mark]:
    if sheet is NARROW:
        return []
    return [
        *(Mark("58", str(136 - v * 96 // 100 + 4), str(v), "t-end t-sm") for v in (0, 50, 100)),
        Mark("58", str(_MONEY_TOP + 5), place(most), "t-end t-sm"),
        Mark("58", str(_MONEY_FOOT + 3), "0", "t-end t-sm"),
        Mark("0", "92", pgettext("simulation", "Trust"), "t-strong"),
        Mark("0", "185", pgettext("simulation", "Money"), "t-strong"),
        Mark("0", "201", days.money_unit, "t-sm"),
        Mark("0", str(sheet.clues + 4), pgettext("simulation", "Clues"), "t-strong"),
    ]


def draw(days: Days, sheet: Sheet) -> Timeline:
    """Lay the days out on `sheet`."""
    x = Scale(0, days.last, sheet.left, sheet.right)
    trust = Scale(0, 100, _TRUST_FOOT, _TRUST_TOP)
    most = max(value for _day, value in days.money)
    purse = Scale(0, most, _MONEY_FOOT, _MONEY_TOP)
    money = staircase([(x.at(day), purse.at(value)) for day, value in days.money])
    end = x.place(days.money[-1][0])
    clues = sheet.clues
    return Timeline(
        sheet=sheet,
        bands=[
            (x.place(band.start), place(x.at(band.end) - x.at(band.start)), str(number % 2))
            for number, band in enumerate(days.bands)
        ],
        band_height=sheet.height - 38,
        grid=[f"M{sheet.left} {trust.place(value)}H{sheet.right}" for value in (0, 50, 100)],
        trust_a=polyline((x.at(day), trust.at(value)) for day, value in days.trust_a),
        trust_b=polyline((x.at(day), trust.at(value)) for day, value in days.trust_b),
        money=money,
        area=f"{money}H{end}V{_MONEY_FOOT}H{sheet.left}Z",
        found=[x.place(day) for day in days.found],
        offers=[x.place(day) for day in days.offers],
        traps=[f"M{x.place(day)} {clues - 7}l7 12h-14Z" for day in days.sprung],
        marks=[*_band_marks(days, x), *_day_marks(days, x, sheet), *_side_marks(days, most, sheet)],
    )
