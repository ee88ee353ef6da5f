"""Where the reader is, so that a change of language or of print size leads back to the same place."""

import re
from urllib.parse import quote, unquote, urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

from .design import html_language

register = template.Library()

# As readers of each language call it; the framework says which of the two scripts, which nobody asks here.
OWN_NAMES = {"zh-hans": "中文", "en": "English"}
_NEXT = re.compile(r"(?<![^?&])next=([^&]*)")


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, str]]:
    """The same place in the other languages; empty where there is no request to be in a place."""
    request = context.get("request")
    if request is None:
        return []
    return [
        {"code": html_language(code), "name": OWN_NAMES[code], "url": _in_language(_place(request), code)}
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


@register.simple_tag(takes_context=True)
def here(context: template.Context) -> str:
    """The address of this place with its query; empty where there is no request to be in a place."""
    request = context.get("request")
    return _place(request) if request else ""


def _place(request: HttpRequest) -> str:
    """An address to come back to: of an answer to a form, the page that the form stood on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return request.get_full_path()
    path = escape_leading_slashes(came_from.path)
    return f"{path}?{came_from.query}" if came_from.query else path


def _in_language(address: str, code: str) -> str:
    """`address` in another language, and with it the page that its `next` promises."""
    path, mark, query = address.partition("?")
    return _path_in_language(path, code) + _NEXT.sub(lambda found: _next_in_language(found, code), mark + query)


def _path_in_language(path: str, code: str) -> str:
    """A page that is missing keeps its place too: its address takes the prefix of the language or loses it."""
    known = translate_url(path, code)
    if known != path:
        return known
    without = re.sub(rf"^/(?:{'|'.join(each for each, _name in settings.LANGUAGES)})(?=/)", "", path)
    return without if code == settings.LANGUAGE_CODE else f"/{code}{without}"


def _next_in_language(found: re.Match[str], code: str) -> str:
    wanted = unquote(found[1])
    if urlsplit(wanted).netloc or not _is_ours(wanted):
        return found[0]
    return f"next={quote(translate_url(wanted, code), safe='/')}"


def _is_ours(address: str) -> bool:
    try:
        resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return True
