"""Template tags of the public site: the menu, and what stands around a page."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.foundation.models import BasePage
from cms.foundation.selectors.heads import Surroundings, surroundings_of
from cms.foundation.selectors.menus import Entry, Menu
from cms.foundation.selectors.structured import Node, as_data_block
from cms.foundation.selectors.tree import place_of

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> list[Entry]:
    """Entries of the main menu in the language now active; none where there is no request."""
    request = context.get("request")
    return Menu(request).entries if request else []


@register.simple_tag(takes_context=True)
def surroundings(context: template.Context, page: BasePage) -> Surroundings | None:
    """The way to `page` and its addresses, asked once for head and body."""
    request = context["request"]
    kept: dict[str, Surroundings | None] = request.__dict__.setdefault("_surroundings", {})
    key = f"{page.pk}:{get_language()}"
    if key not in kept:
        kept[key] = surroundings_of(page, request)
    return kept[key]


@register.simple_tag(takes_context=True)
def address(context: template.Context, page: Page) -> str:
    """The address of a page of this site in the language now active; asks nothing."""
    site = Site.find_for_request(context["request"])
    return reverse("wagtail_serve", args=[place_of(page.url_path, site.root_page)]) if site else page.get_url() or ""


@register.inclusion_tag("foundation/head.html", takes_context=True)
def page_head(context: template.Context, page: BasePage) -> dict[str, Any]:
    """Description, canonical address, twins, Open Graph and structured data of `page`."""
    return {"page": page, "around": surroundings(context, page)}


@register.simple_tag
def data_block(nodes: list[Node]) -> SafeString:
    """Structured data, safe inside its element."""
    return as_data_block(nodes)


@register.filter
def own_language(thing: Any) -> str:
    """The language of a page's words where it is not the reader's, as HTML writes it; otherwise nothing."""
    return "zh-Hans" if get_language() == "en" and thing.language_here != "en" else ""


@register.filter
def under(row: list[str], columns: list[str]) -> list[tuple[str, str]]:
    """Each cell of a row with the heading of its column."""
    return list(zip(columns, row, strict=True))
