"""Words of the statement page."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext_lazy

register = template.Library()

# By the beginning of a line's source: what the line came from.
SOURCES = {
    "courses.item": gettext_lazy("A lesson that was completed"),
    "exams.seat": gettext_lazy("An exam that was passed"),
    "simulations.scenario": gettext_lazy("A deal simulation that was passed"),
    "credits.claim": gettext_lazy("Posted after confirmation"),
    "credits.reversal": gettext_lazy("Taken back"),
}


@register.filter
def in_words(source: str) -> str:
    """What a line came from, in words; the reference itself where there are none."""
    return str(SOURCES.get(source.split(":", 1)[0], source))


@register.filter
def signed(figure: Decimal) -> str:
    """A figure with its sign, the minus as a typesetter's minus."""
    return f"{figure:+.2f}".replace("-", "−")


@register.filter
def typeset(number: int) -> str:
    """A whole number, the minus as a typesetter's minus."""
    return f"{number}".replace("-", "−")


@register.filter
def hundredths(figure: Decimal) -> str:
    """A figure with its hundredths, whatever the database has made of it."""
    return f"{figure:.2f}"
