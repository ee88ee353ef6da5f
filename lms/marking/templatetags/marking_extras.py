"""Template tags of marking."""

from decimal import Decimal

from django import template

from lms.marking.selectors.scripts import plain as _plain

register = template.Library()


@register.filter
def plain(points: Decimal) -> str:
    """Points without idle zeros: 2, 2.5."""
    return _plain(points)
