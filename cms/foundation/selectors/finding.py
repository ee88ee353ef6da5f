"""Public texts that answer a question: in the order of their worth, and as they are shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.foundation.models import PublicText

from .excerpts import Asked

if TYPE_CHECKING:
    from cms.foundation.models.public_text import PublicTextQuerySet

LONGEST = 100
HTML_LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with its hits marked; `language` only where it is not the reader's."""

    title: SafeString
    text: SafeString
    about: str
    language: str


def cleaned(asked: str) -> str:
    """A question without what no text holds, and not longer than anybody asks."""
    printable = "".join(char if char.isprintable() else " " for char in asked[: LONGEST * 4])
    return " ".join(printable.split())[:LONGEST].strip()


def open_texts() -> "PublicTextQuerySet":
    """Everything that a visitor may find."""
    return PublicText.objects.open()


def best_first(query: str, texts: "PublicTextQuerySet") -> QuerySet[PublicText]:
    """Those of `texts` that have all words of the question, with their pages, the best first.

    What says the question literally comes first: in the title, and in the reader's language before the other;
    then what is newest. Both engines answer in this same order, and neither has to weigh every hit.
    """
    found = texts.select_related("page").search(query, order_by_relevance=False).get_queryset()
    return found.order_by(_worth(query), F("day").desc(nulls_last=True), "pk")


def shown(asked: Asked, row: PublicText) -> Shown:
    """A text in the reader's language, or in the other where only that says the words."""
    english = _in_english(asked, row)
    language = "en" if english else "zh-hans"
    return Shown(
        title=asked.marked(row.title_en if english else row.title),
        text=asked.excerpt(row.text_en if english else row.text, language),
        about=row.about_en if english else row.about,
        language="" if language == get_language() else HTML_LANGUAGES[language],
    )


def _worth(query: str) -> Case:
    titles = ("title_en", "title") if get_language() == "en" else ("title", "title_en")
    texts = ("text_en", "text") if get_language() == "en" else ("text", "text_en")
    places = enumerate((*titles, *texts))
    return Case(
        *(When(**{f"{name}__icontains": query}, then=Value(place)) for place, name in places),
        default=Value(len(titles) + len(texts)),
        output_field=IntegerField(),
    )


def _in_english(asked: Asked, row: PublicText) -> bool:
    reads = get_language() == "en"
    if not row.title_en:
        return False
    here = (row.title_en, row.text_en) if reads else (row.title, row.text)
    there = (row.title, row.text) if reads else (row.title_en, row.text_en)
    says_there = any(asked.spans(text) for text in there) and not any(asked.spans(text) for text in here)
    return reads is not says_there
