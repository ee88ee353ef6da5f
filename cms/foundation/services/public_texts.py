"""Keeping what visitors may find in step with what is published.

`passages_of` says what of a page can be found. The rooms register their own page types with it; a page without a
word of its own is found by everything that it says twice.
"""

from dataclasses import asdict, dataclass
from datetime import date
from functools import singledispatch
from typing import Any

from django.db import models, transaction
from django.utils.translation import override
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.foundation.enums import PublicKind
from cms.foundation.models import BasePage, PublicText
from cms.foundation.models.twins import SUFFIX, twin_names

# What names a page, or speaks to search engines, is no part of its text.
NOT_TEXT = ("title", "menu_title", "search_description")
FIRST = "summary"


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing that can be found on a page; `place` is what follows the page's address."""

    title: str
    title_en: str
    text: str
    text_en: str
    kind: PublicKind = PublicKind.PAGE
    place: str = ""
    about: str = ""
    about_en: str = ""
    day: date | None = None


@singledispatch
def passages_of(page: Page) -> list[Passage]:
    """What of `page` can be found."""
    return [passage_of(page)] if isinstance(page, BasePage) else []


def passage_of(page: BasePage, *more: models.Model, **facts: Any) -> Passage:
    """The page as one passage, with the words of the rows `more` that it shows; `facts` are fields of the passage."""
    spoken = page.speaks_english
    rows: tuple[models.Model, ...] = (page, *more)
    return Passage(
        title=page.title,
        title_en=page.title_en if spoken else "",
        text=" ".join(words_of(row) for row in rows),
        text_en=" ".join(words_of(row, english=True) for row in rows) if spoken else "",
        **facts,
    )


def words_of(row: models.Model, *, english: bool = False) -> str:
    """Everything that a row says in one language, without its mark-up."""
    names = sorted((name for name in twin_names(row) if name not in NOT_TEXT), key=FIRST.__ne__)
    with override("en" if english else "zh-hans"):  # a block may say the label of a choice
        return " ".join(_plain(row, f"{name}{SUFFIX}" if english else name) for name in names).strip()


@transaction.atomic
def write_public_texts(*, page: Page) -> None:
    """Write what can be found of `page` as it stands in the database: nothing, unless it is live."""
    kept = type(page).objects.filter(pk=page.pk).first()
    wanted = {each.place: each for each in passages_of(kept)} if kept and kept.live else {}
    rows = {row.place: row for row in PublicText.objects.filter(page_id=page.pk)}
    gone = [row.pk for place, row in rows.items() if place not in wanted]
    PublicText.objects.filter(pk__in=gone).delete()
    changed = []
    for place, passage in wanted.items():
        row = rows.get(place) or PublicText(page_id=page.pk)
        if _write(row, passage):
            changed.append(row)
    if changed:
        get_search_backend().add_bulk(PublicText, changed)


@transaction.atomic
def rebuild_public_texts() -> int:
    """Write everything anew that can be found, and count it; what is right already stays as it is."""
    live = Page.objects.live()
    PublicText.objects.exclude(page__in=live.values("pk")).delete()
    for page in live.specific().iterator(chunk_size=100):
        write_public_texts(page=page)
    return PublicText.objects.count()


def _plain(row: models.Model, name: str) -> str:
    field: Any = row._meta.get_field(name)  # noqa: SLF001 -- public in Django
    value = field.value_from_object(row)
    if hasattr(field, "get_searchable_content"):
        value = field.get_searchable_content(value)
    return " ".join(value) if isinstance(value, list) else str(value or "")


def _write(row: PublicText, passage: Passage) -> bool:
    """Save the row if it does not say yet what the passage says."""
    said = asdict(passage)
    if row.pk and all(getattr(row, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    return True
