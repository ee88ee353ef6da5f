"""The main menu: pages under the front door that an editor has put into it, kept until one of them changes."""

from dataclasses import dataclass

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from .tree import Line, lines_of

KEY = "foundation:menu:{root_id}"
# A menu that was read while an editor published is at most this old.
KEPT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu in the language now active; `current` on the page itself and on those under it."""

    title: str
    url: str
    current: bool
    language: str


class Menu:
    """The menu as a template reads it; nothing is asked before `entries` is."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def entries(self) -> list[Entry]:
        """Every entry, in the order of the tree."""
        site = Site.find_for_request(self.request)
        return [self._entry(line) for line in lines_in_menu(site.root_page)] if site else []

    def _entry(self, line: Line) -> Entry:
        current = self.request.path.startswith(line.url)
        return Entry(line.menu_title_here, line.url, current, line.language_here)


def lines_in_menu(root: Page) -> list[Line]:
    """The pages directly under `root` that stand in the menu: one query, kept."""
    cache, key = caches["visitors"], KEY.format(root_id=root.pk)
    kept: list[Line] | None = cache.get(key)
    if kept is None:
        under = Page.objects.live().in_menu().filter(path__startswith=root.path, depth=root.depth + 1)
        kept = lines_of(under.order_by("path"), root)
        cache.set(key, kept, KEPT_SECONDS)
    return kept
