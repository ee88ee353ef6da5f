"""Figures that stand in rows or lists of a form."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from lms.credits.engine.parts import MOST_POINTS
from lms.credits.selectors.rule_words import plain

CENT = Decimal("0.01")
_FIGURE = re.compile(r"^\d{1,10}(\.\d{1,2})?$")


def points_field(label: Any, *, required: bool = False, **given: Any) -> forms.DecimalField:
    """A field for points, more than nothing."""
    limits = {"min_value": CENT, "max_value": MOST_POINTS, "max_digits": 6, "decimal_places": 2}
    return forms.DecimalField(label=label, required=required, **{**limits, **given})


def whole_field(label: Any, least: int, most: int, **given: Any) -> forms.IntegerField:
    """A field for a whole number."""
    return forms.IntegerField(label=label, min_value=least, max_value=most, **given)


def figure_list(text: str, *, most: Decimal, entries: int) -> list[Decimal]:
    """The figures of a text with commas or blanks between them."""
    words = [word for word in re.split(r"[\s,，、;；]+", text) if word]
    if len(words) > entries:
        raise forms.ValidationError(_("At most %(most)s figures.") % {"most": entries})
    return [_figure(word, most) for word in words]


def text_of_list(figures: Iterable[Decimal]) -> str:
    """The figures with commas between them."""
    return ", ".join(plain(figure).replace(",", "") for figure in figures)


def as_rows(said: Mapping[str, Any], first: str, second: str) -> list[tuple[Any, Any]]:
    """The pairs of `first_1, second_1; first_2, …` of which anything was filled in."""
    numbers = sorted(int(name.rpartition("_")[2]) for name in said if name.startswith(f"{first}_"))
    rows = [(said[f"{first}_{n}"], said[f"{second}_{n}"]) for n in numbers]
    return [row for row in rows if row != (None, None)]


def _figure(word: str, most: Decimal) -> Decimal:
    try:
        figure = Decimal(word) if _FIGURE.match(word) else None
    except InvalidOperation:
        figure = None
    if figure is None or figure > most:
        told = {"word": word[:20], "most": plain(most)}
        raise forms.ValidationError(_("“%(word)s” is no figure from 0 to %(most)s with two decimals at most.") % told)
    return figure
