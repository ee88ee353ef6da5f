"""Words of the pages about credit rules."""

from decimal import Decimal
from typing import Any

from django import template

from lms.credits.selectors.rule_words import local, plain

register = template.Library()


@register.filter
def plain_figure(figure: Decimal) -> str:
    """A figure without idle noughts."""
    return plain(figure)


@register.filter
def with_sign(figure: Decimal) -> str:
    """A change with its sign, the minus as a typesetter's minus."""
    return f"{figure:+.2f}".replace("-", "−")


@register.filter
def stars_drawn(number: int) -> str:
    """So many stars."""
    return "★" * number


@register.filter
def in_words_of(entry: Any, name: str) -> str:
    """A text of a rule table in the language now active."""
    return local(entry, name)
