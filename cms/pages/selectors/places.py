"""Places to which an editor may lead from the front door."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, Site

from cms.pages.enums import Place

VIEWS = {
    Place.COURSES: "courses:catalogue",
    Place.VERIFY: "certificates:verify",
    Place.SIGN_IN: "desks:desk",
}
ANCHORS = (Place.LEVELS, Place.DEAL_ROOM)


def address_of(place: Place) -> str:
    """The address of a place; one on the front door itself is an anchor."""
    if place in ANCHORS:
        return f"#{place}"
    try:
        return reverse(VIEWS[place]) if place in VIEWS else reverse("wagtail_serve", args=[f"{place}/"])
    except NoReverseMatch:  # a room that this installation has not opened
        return "#main"


def open_places(request: HttpRequest) -> dict[str, str]:
    """Every place that exists now: views and anchors always, pages while they are live (one query)."""
    site = Site.find_for_request(request)
    under = Page.objects.live().child_of(site.root_page) if site else Page.objects.none()
    live = set(under.values_list("slug", flat=True))
    return {str(place): address_of(place) for place in Place if place in VIEWS or place in ANCHORS or place in live}
