"""Template tags of the public pages: each asks one selector."""

from django import template
from django.urls import NoReverseMatch, reverse

from cms.pages.enums import Place
from cms.pages.selectors.levels import LevelsInForce, levels_in_force
from lms.kernel.clock import now

register = template.Library()

PLACES = {
    Place.COURSES: "courses:catalogue",
    Place.VERIFY: "certificates:verify",
    Place.SIGN_IN: "desks:desk",
}


@register.simple_tag
def levels_now() -> LevelsInForce:
    """The levels of the scheme in force today."""
    return levels_in_force(now())


@register.simple_tag
def place_url(place: str) -> str:
    """Where a button that an editor has set leads; a place of this page itself is an anchor."""
    name = PLACES.get(Place(place))
    if name is None:
        return f"#{place}"
    try:
        return reverse(name)
    except NoReverseMatch:  # a room that this installation has not opened
        return "#main"
