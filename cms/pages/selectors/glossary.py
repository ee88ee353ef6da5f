"""The glossary by its letters."""

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator

from cms.pages.models import GlossaryTerm

PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class Letter:
    """The terms of this page that begin with one letter."""

    letter: str
    terms: list[GlossaryTerm]


@dataclass(frozen=True, slots=True)
class Glossary:
    """One page of terms, by letter; `letters` are all that the glossary has, `letter` the one asked for."""

    page: Page[GlossaryTerm]
    groups: list[Letter]
    letters: list[str]
    letter: str


def glossary(letter: str = "", number: str | int = 1) -> Glossary:
    """Terms in the order of their pinyin, in three queries whatever their number."""
    letters = list(GlossaryTerm.objects.order_by("letter").values_list("letter", flat=True).distinct())
    asked = letter.upper() if letter.upper() in letters else ""
    terms = GlossaryTerm.objects.filter(letter=asked) if asked else GlossaryTerm.objects.all()
    page = Paginator(terms, PER_PAGE).get_page(number)
    groups = [Letter(first, list(group)) for first, group in groupby(page, key=lambda term: term.letter)]
    return Glossary(page, groups, letters, asked)
