"""Every public address with its twin in the other language, for search engines."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Page, Site

from cms.foundation.selectors.tree import CHINESE, ENGLISH, Line, address_in, lines_of

# Pages of rooms that everybody may read and that stand in no tree.
VIEWS = ("certificates:verify",)


@dataclass(frozen=True, slots=True)
class Address:
    """One address; `alternates` are all languages of the same page, itself among them."""

    loc: str
    alternates: dict[str, str]
    changed_at: datetime | None


def addresses(request: HttpRequest) -> list[Address]:
    """Every public page in every language that it speaks (two queries besides the site's)."""
    site = Site.find_for_request(request)
    lines: list[Line] = []
    if site:
        tree = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
        lines = lines_of(tree.order_by("path"), site.root_page)
    found = [address for line in lines for address in _of_line(line)]
    return found + [address for name in VIEWS for address in _of_view(name)]


def _of_line(line: Line) -> list[Address]:
    languages = [CHINESE, ENGLISH] if line.speaks_english else [CHINESE]
    return _in_each({language: address_in(line.place, language) for language in languages}, line.changed_at)


def _of_view(name: str) -> list[Address]:
    try:
        return _in_each({language: _view_address(name, language) for language in (CHINESE, ENGLISH)}, None)
    except NoReverseMatch:  # a room that this installation has not opened
        return []


def _view_address(name: str, language: str) -> str:
    with override(language):
        return settings.JIQIAO_BASE_URL + reverse(name)


def _in_each(alternates: dict[str, str], changed_at: datetime | None) -> list[Address]:
    return [Address(loc, alternates, changed_at) for loc in alternates.values()]
