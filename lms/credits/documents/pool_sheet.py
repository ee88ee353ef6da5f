"""A reward calculation on paper: what was entered, what comes out, and what it rests on."""

from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import get_language

from cms.design.services.printing import print_pdf
from cms.design.services.typefaces import SANS, check_letters
from lms.credits.engine.pools.record import from_record
from lms.credits.models import RewardPool
from lms.credits.selectors.pool_results import told
from lms.credits.selectors.pool_words import BASES, WAYS, money

TEMPLATE = "credits/pdf/pool_sheet.html"
STYLE = "credits/pool-sheet.css"


def sheet_html(*, pool: RewardPool, printed_on: date) -> str:
    """The sheet as HTML, in the language now active."""
    deal, plans = from_record(pool.data)
    context = {
        "pool": pool,
        "deal": deal,
        "way": WAYS[deal.way],
        "base_label": BASES[deal.way],
        "money": {name: money(getattr(deal, name)) for name in ("value", "costs", "public_money", "taxes", "base")},
        "scenarios": told(deal, plans),
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
