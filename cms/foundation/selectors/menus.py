"""Main menu and foot: pages near the front door, kept until one of them changes.

An editor puts a page into the menu: right under the front door it stands in the head, one step deeper in
the foot. The foot also has every page right under the front door that the head has not.
"""

from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Q
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
        """Every entry of the head, in the order of the tree."""
        return [self._entry(line) for line in self._kept.head]

    @cached_property
    def foot(self) -> list[Entry]:
        """Every entry of the foot, in the order of the tree."""
        return [self._entry(line) for line in self._kept.foot]

    @cached_property
    def _kept(self) -> "Lines":
        site = Site.find_for_request(self.request)
        return lines_near(site.root_page) if site else Lines([], [])

    def _entry(self, line: Line) -> Entry:
        current = self.request.path.startswith(line.url)
        return Entry(line.menu_title_here, line.url, current, line.language_here)


@dataclass(frozen=True, slots=True)
class Lines:
    """Pages of the menu in the head and of the foot."""

    head: list[Line]
    foot: list[Line]


def lines_near(root: Page) -> Lines:
    """The pages that stand in head and foot below `root`: one query, kept."""
    cache, key = caches["visitors"], KEY.format(root_id=root.pk)
    kept: Lines | None = cache.get(key)
    if kept is None:
        below = Page.objects.live().filter(path__startswith=root.path)
        near = below.filter(Q(depth=root.depth + 1) | Q(depth=root.depth + 2, show_in_menus=True))
        kept = _sorted(lines_of(near.order_by("path"), root), root)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _sorted(lines: list[Line], root: Page) -> Lines:
    """Chosen pages right under the front door stand in the head, all others in the foot."""
    head = [line for line in lines if line.in_menu and line.depth == root.depth + 1]
    return Lines(head, [line for line in lines if line not in head])
