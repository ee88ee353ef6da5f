"""The pages of a site as menus, trails and maps name them: core pages with their English beside them, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Page, get_page_models

from cms.foundation.enums import EnglishState
from cms.foundation.models import BasePage

CHINESE, ENGLISH = "zh-hans", "en"
_TWINS = ("title_en", "menu_title", "menu_title_en", "english_state")


@dataclass(frozen=True, slots=True)
class Line:
    """One page, named in both languages; `place` is its address below the front door, without the language."""

    page_id: int
    depth: int
    in_menu: bool
    place: str
    title: str
    title_en: str
    menu_title: str
    menu_title_en: str
    speaks_english: bool
    changed_at: datetime | None

    @property
    def language_here(self) -> str:
        """The language in which its name is shown."""
        return ENGLISH if get_language() == ENGLISH and self.speaks_english else CHINESE

    @property
    def title_here(self) -> str:
        """Its title in the language in which the page is shown."""
        return self.title_en if self.language_here == ENGLISH else self.title

    @property
    def menu_title_here(self) -> str:
        """What a menu calls it."""
        short = self.menu_title_en if self.language_here == ENGLISH else self.menu_title
        return short or self.title_here

    @property
    def url(self) -> str:
        """Its address in the language now active."""
        return reverse("wagtail_serve", args=[self.place])


def lines_of(pages: QuerySet[Page], root: Page) -> list[Line]:
    """These pages of the tree under `root`, by one query."""
    rows = pages.annotate(**_twins()).values_list(
        "pk", "depth", "show_in_menus", "url_path", "title", *_aliases(), "last_published_at"
    )
    return [_line(row, root) for row in rows]


def trail_of(page: Page, root: Page) -> list[Line]:
    """The pages between the front door and `page` (one query, none for a page right behind the door)."""
    if page.depth <= root.depth + 1:
        return []
    above = page.get_ancestors().filter(depth__gt=root.depth).order_by("depth")
    return lines_of(above, root)


def address_in(place: str, language: str) -> str:
    """The whole address of a place of the site in one of its languages."""
    with override(language):
        return settings.JIQIAO_BASE_URL + reverse("wagtail_serve", args=[place])


def place_of(url_path: str, root: Page) -> str:
    """The address below the front door, without the language: `news/first/`."""
    return url_path[len(root.url_path) :]


@lru_cache(maxsize=1)
def _models() -> tuple[type[BasePage], ...]:
    return tuple(model for model in get_page_models() if issubclass(model, BasePage))


def _aliases() -> list[str]:
    return [f"twin_{name}" for name in _TWINS]


def _twins() -> dict[str, Any]:
    """Each twin from the one table that holds the page; the others join to nothing."""
    tables = [model.__name__.lower() for model in _models()]
    return {
        alias: Coalesce(*(F(f"{table}__{name}") for table in tables))
        for alias, name in zip(_aliases(), _TWINS, strict=True)
    }


def _line(row: Iterable[Any], root: Page) -> Line:
    page_id, depth, in_menu, url_path, title, title_en, menu_title, menu_title_en, state, changed_at = row
    return Line(
        page_id=page_id,
        depth=depth,
        in_menu=in_menu,
        place=place_of(url_path, root),
        title=title,
        title_en=title_en or "",
        menu_title=menu_title or "",
        menu_title_en=menu_title_en or "",
        speaks_english=state == EnglishState.COMPLETE,
        changed_at=changed_at,
    )
