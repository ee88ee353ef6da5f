"""A reward calculation on paper: what was entered, what comes out, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.design.services.pigments import pigment
from cms.design.services.printing import print_pdf
from cms.design.services.typefaces import SANS, check_letters
from lms.credits.engine.pools.record import from_record
from lms.credits.models import RewardPool
from lms.credits.selectors.pool_results import Piece, Row, Share, Told, told
from lms.credits.selectors.pool_words import BASES, PARTS, WAYS, Words, money

TEMPLATE = "credits/pdf/pool_sheet.html"
STYLE = "credits/pool-sheet.css"
_MONEY = ("value", "costs", "public_money", "taxes")


@dataclass(frozen=True, slots=True)
class Compared:
    """One receiver across all scenarios; None where a scenario has no such part."""

    label: str
    colour: str
    cells: tuple[Row | None, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One sharer across all scenarios; nothing where a scenario gives them nothing."""

    name: str
    weight: str
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The sharers of one part."""

    heading: Words
    weighed: Words
    people: tuple[Person, ...]


def sheet_html(*, pool: RewardPool, printed_on: date) -> str:
    """The sheet as HTML, in the language now active."""
    deal, plans = from_record(pool.data)
    scenarios = told(deal, plans)
    context = {
        "pool": pool,
        "deal": deal,
        "way": WAYS[deal.way],
        "base_label": BASES[deal.way],
        "money": {name: money(getattr(deal, name)) for name in _MONEY},
        "scenarios": scenarios,
        "drawn": [(each, [(colour(piece), piece) for piece in each.bar]) for each in scenarios],
        "compared": _compared(scenarios),
        "groups": _groups(scenarios),
        "posted": any(each.posted_until for each in scenarios),
        "payable": any(each.pay_until for each in scenarios),
        "printed_on": printed_on,
        "language": "en" if get_language() == "en" else "zh-Hans",
    }
    return render_to_string(TEMPLATE, context)


def pool_sheet(*, pool: RewardPool, printed_on: date) -> bytes:
    """The sheet as tagged PDF; a letter that the typeface lacks is refused by name."""
    deal, _plans = from_record(pool.data)
    check_letters("".join([pool.title, *(sharer.name for sharer in (*deal.main, *deal.staff))]), SANS)
    identifier = f"{pool.uid}:{pool.revision}"
    return print_pdf(sheet_html(pool=pool, printed_on=printed_on), stylesheet=STYLE, identifier=identifier)


def colour(piece: Piece | Row) -> str:
    """The colour of a pigment as it is printed: a drawing inside a PDF cannot use variables."""
    return pigment(f"chart-{piece.pigment.removeprefix('f')}")


def _compared(scenarios: Sequence[Told]) -> list[Compared]:
    by_label = [{row.label: row for row in each.rows} for each in scenarios]
    labels = [str(label) for label in PARTS.values() if any(str(label) in rows for rows in by_label)]
    found = []
    for label in labels:
        cells = tuple(rows.get(label) for rows in by_label)
        first = next(cell for cell in cells if cell is not None)
        found.append(Compared(label, colour(first), cells))
    return found


def _groups(scenarios: Sequence[Told]) -> list[Group]:
    groups = (
        Group(_("Main contributors"), _("Weight"), _people([each.main for each in scenarios])),
        Group(_("Transfer staff"), _("Credits"), _people([each.staff for each in scenarios])),
    )
    return [group for group in groups if group.people]


def _people(columns: Sequence[Sequence[Share]]) -> tuple[Person, ...]:
    """Everybody in the order in which they were entered; namesakes are two people."""
    longest = max(columns, key=len, default=())
    return tuple(
        Person(share.name, share.weight, tuple(column[place].amount if column else "" for column in columns))
        for place, share in enumerate(longest)
    )
