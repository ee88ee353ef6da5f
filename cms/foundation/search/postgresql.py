"""The backend on PostgreSQL: core's text vectors, with the house's words in them."""

from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery as TsQuery
from modelsearch.backends.database.postgres import postgres as core
from modelsearch.backends.database.postgres.query import Lexeme
from modelsearch.query import SearchQuery

from .words import AsksForWords, KeepsWords, Words


class BigramIndexer(KeepsWords, core.ObjectIndexer):
    """An object as it is kept."""


class _Lexemes(AsksForWords):
    """How words are said in PostgreSQL's language of questions."""

    def build_tsquery_content(self, query: SearchQuery, config: str | None = None, invert: bool = False) -> Any:
        """Words become lexemes; what joins them is core's. Nothing of `a and b` is: not a, or not b."""
        if not isinstance(query, Words):
            return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]
        lexemes = [Lexeme(term.text, prefix=term.prefix, invert=invert) for term in query.terms]
        together = (query.operator == "and") is not invert
        return TsQuery(reduce(and_ if together else or_, lexemes), search_type="raw", config=config)


class BigramQueryCompiler(_Lexemes, core.PostgresSearchQueryCompiler):
    """A question to titles and bodies."""

    def get_index_vectors(self, search_query: Any) -> list[Any]:
        """The columns asked for, or both."""
        vectors = super().get_index_vectors(search_query)
        asked = [each for each in vectors if each[0].name.rpartition("__")[2] in self.asked_columns]
        return asked or list(vectors)


class BigramAutocompleteQueryCompiler(_Lexemes, core.PostgresAutocompleteQueryCompiler):
    """A question to the beginnings of titles; its words are the same."""


class BigramBackend(core.PostgresSearchBackend):
    """Core's backend, keeping and asking for the house's words; nothing is stemmed."""

    query_compiler_class = BigramQueryCompiler
    autocomplete_query_compiler_class = BigramAutocompleteQueryCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.config = "simple"


# Core's index names its indexer by this global and has no other seam for it.
core.ObjectIndexer = BigramIndexer
