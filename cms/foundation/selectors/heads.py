"""What the head of a page says of it to search engines and to those who pass its address on."""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.foundation.models import BasePage

from .operator import operator_of
from .structured import Node, site_nodes, trail_node
from .tree import CHINESE, ENGLISH, Line, address_in, place_of, trail_of

# A part after the first, of a list that may well be long.
_PART = re.compile(r"[2-9]|[1-9][0-9]{1,5}")
LOCALES = {CHINESE: "zh_CN", ENGLISH: "en_GB"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A page in its site: the way to it, and its address in each language that it speaks."""

    trail: list[Line]
    canonical: str
    alternates: dict[str, str]
    locale: str
    nodes: list[Node]


def surroundings_of(page: BasePage, request: HttpRequest) -> Surroundings | None:
    """Where `page` stands (at most one query); None for a page outside the site that is asked."""
    site = Site.find_for_request(request)
    if site is None or not page.url_path.startswith(site.root_page.url_path):
        return None
    root = site.root_page
    place = place_of(page.url_path, root)
    part = _part_of(request)
    languages = [CHINESE, ENGLISH] if page.speaks_english else [CHINESE]
    alternates = {language: address_in(place, language) + part for language in languages}
    canonical = alternates[page.language_here]
    trail = trail_of(page, root)
    return Surroundings(
        trail=trail,
        canonical=canonical,
        alternates=alternates if len(alternates) > 1 else {},
        locale=LOCALES[page.language_here],
        nodes=_nodes(page, root, trail, canonical, request),
    )


def _part_of(request: HttpRequest) -> str:
    """The part of a long list is a page of its own; filters are not."""
    number = request.GET.get("page", "")
    return f"?page={number}" if _PART.fullmatch(number) else ""


def _nodes(page: BasePage, root: Page, trail: list[Line], address: str, request: HttpRequest) -> list[Node]:
    if page.pk == root.pk:
        return site_nodes(address=address, search=_search_address(), operator=operator_of(request).name)
    language = get_language() or CHINESE
    steps = [(_("Home page"), address_in("", language))]
    steps += [(line.title_here, address_in(line.place, language)) for line in trail]
    own = page.described(address)
    return [trail_node([*steps, (page.title_here, address)]), *([own] if own else [])]


def _search_address() -> str:
    try:
        return reverse("pages:search")
    except NoReverseMatch:  # an installation without a public search
        return reverse("wagtail_serve", args=["search/"])
