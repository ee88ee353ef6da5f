"""What both engines share: values kept as the house's words, and questions rewritten into them."""

from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText, SearchQuery

from lms.kernel.bigrams import Term, bigrams, query_terms

# PostgreSQL refuses a text whose words take more than a mebibyte; this many never do.
MOST_WORDS = 50_000


class Words(PlainText):
    """A plain text that has been cut into terms of the index."""

    def __init__(self, terms: list[Term], operator: str = PlainText.DEFAULT_OPERATOR) -> None:
        super().__init__(" ".join(term.text for term in terms), operator)
        self.terms = terms


class KeepsWords:
    """An indexer. Differs from core: a value is kept as the house's words."""

    def prepare_value(self, value: Any) -> str:
        """Lists and dictionaries come back here item by item, so that only texts are cut."""
        prepared = str(super().prepare_value(value))  # type: ignore[misc]
        if isinstance(value, (list, dict)):
            return prepared
        return _kept(prepared)


@lru_cache(maxsize=64)
def _kept(text: str) -> str:
    """Core asks for each value of an object three times, once for every column."""
    return " ".join(bigrams(text)[:MOST_WORDS])


class AsksForWords:
    """A query compiler. Differs from core: every question becomes words of the index, and `fields` its columns.

    Core would ask the model's own columns on PostgreSQL, where no word of Chinese stands alone, and columns
    that do not exist on SQLite. All other arguments of core are passed on.
    """

    def __init__(self, queryset: QuerySet[Any], query: Any, fields: Any = None, **kwargs: Any) -> None:
        super().__init__(queryset, query, fields=None, **kwargs)  # type: ignore[call-arg]
        self.query: SearchQuery = in_house_words(self.query)
        self.asked_columns = {"title" if field == "title" else "body" for field in fields or ()}


def in_house_words(query: SearchQuery) -> SearchQuery:
    """`query` with every text of it cut as the index is; a text without words matches nothing."""
    match query:
        case PlainText():
            return _words(query.query_string, query.operator)
        case Phrase():
            return _words(query.query_string, "and")
        case Boost():
            return in_house_words(query.subquery)
        case Not():
            inner = in_house_words(query.subquery)
            return MATCH_ALL if inner is MATCH_NONE else Not(inner)
        case And():
            return _all_of([in_house_words(each) for each in query.subqueries])
        case Or():
            return _any_of([in_house_words(each) for each in query.subqueries])
    return query


def _words(text: str, operator: str) -> SearchQuery:
    terms = query_terms(text)
    return Words(terms, operator) if terms else MATCH_NONE


def _all_of(parts: list[SearchQuery]) -> SearchQuery:
    """One text for all that has to match, where that can be said: engines rank it better than a conjunction."""
    if any(part is MATCH_NONE for part in parts):
        return MATCH_NONE
    parts = [part for part in parts if part is not MATCH_ALL]
    plain = [part for part in parts if isinstance(part, Words) and part.operator == "and"]
    if parts and len(plain) == len(parts):
        return Words([term for part in plain for term in part.terms])
    return And(parts) if parts else MATCH_ALL


def _any_of(parts: list[SearchQuery]) -> SearchQuery:
    if any(part is MATCH_ALL for part in parts):
        return MATCH_ALL
    parts = [part for part in parts if part is not MATCH_NONE]
    return Or(parts) if parts else MATCH_NONE
