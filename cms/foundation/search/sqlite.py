"""The backend on SQLite: core's FTS5 index, with the house's words in it."""

from functools import reduce
from operator import and_, or_
from typing import Any

from modelsearch.backends.database.sqlite import sqlite as core
from modelsearch.backends.database.sqlite.query import Lexeme, MatchExpression, SearchQueryExpression
from modelsearch.query import SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from .words import AsksForWords, KeepsWords, Words


class Together(SearchQueryExpression):
    """Lexemes in parentheses: NOT binds closer than AND, and a word is many lexemes."""

    def as_sql(self, *args: Any, **context: Any) -> tuple[str, list[Any]]:
        sql, params = super().as_sql(*args, **context)
        return f"({sql})", params


class BigramIndexer(KeepsWords, core.ObjectIndexer):
    """An object as it is kept."""


class LooksUpOnce(AsksForWords, core.SQLiteSearchQueryCompiler):
    """A query compiler. Differs from core: without a rank, the index is asked once and not once for each object."""

    def search(self, config: str | None, start: int | None, stop: int | None, score_field: str | None = None) -> Any:
        """Objects that have all words; where a rank or more than words is asked for, core's own way."""
        if self.order_by_relevance or score_field or not isinstance(self.query, Words):
            return super().search(config, start, stop, score_field=score_field)
        words = MatchExpression(self.FTS_TABLE_FIELDS, self.build_search_query(self.query, config=config))
        entries = core.IndexEntry.objects.filter(
            pk__in=core.SQLiteFTSIndexEntry.objects.filter(words).values("pk"),
            content_type__in=get_descendants_content_types_pks(self.queryset.model),
        )
        found = self.queryset.filter(pk__in=entries.values("object_id"))
        return (found if found.query.order_by else found.order_by("-pk"))[start:stop]


class BigramQueryCompiler(LooksUpOnce):
    """A question to titles and bodies."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.asked_columns:
            self.FTS_TABLE_FIELDS = sorted(self.asked_columns)

    def build_search_query_content(self, query: SearchQuery, config: str | None = None) -> Any:
        """Words become lexemes; what joins them is core's."""
        if not isinstance(query, Words):
            return super().build_search_query_content(query, config=config)
        lexemes = [Lexeme(term.text, prefix=term.prefix) for term in query.terms]
        return Together(reduce(and_ if query.operator == "and" else or_, lexemes), config=config)


class BigramAutocompleteQueryCompiler(LooksUpOnce, core.SQLiteAutocompleteQueryCompiler):
    """A question to the beginnings of titles; its words are the same."""

    build_search_query_content = BigramQueryCompiler.build_search_query_content


class BigramBackend(core.SQLiteSearchBackend):
    """Core's backend, keeping and asking for the house's words."""

    query_compiler_class = BigramQueryCompiler
    autocomplete_query_compiler_class = BigramAutocompleteQueryCompiler


# Core's index names its indexer by this global and has no other seam for it.
core.ObjectIndexer = BigramIndexer
