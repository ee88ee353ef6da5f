"""What the public search answers: groups with counts, and one page of hits in the order of their worth."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from cms.design.templatetags.dates import day as said_day
from cms.foundation.enums import PublicKind
from cms.foundation.selectors.excerpts import Asked
from cms.foundation.selectors.finding import LONGEST, best_first, cleaned, open_texts, shown
from courses.selectors.finding import learner_addresses
from courses.services.finding import ANCHOR
from lms.kernel.bigrams import query_terms

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from cms.foundation.models import PublicText
    from lms.accounts.models import User

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Result:
    """One hit as it is shown; `language` only where it is not the reader's."""

    title: SafeString
    url: str
    kind: str
    text: SafeString
    meta: SafeString | str
    language: str


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of texts with the number of its hits."""

    kind: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Search:
    """The answer to a question."""

    query: str
    kind: str
    cut: bool
    groups: tuple[Group, ...]
    page: Page[Any] | None
    results: tuple[Result, ...]

    @property
    def askable(self) -> bool:
        """Whether there is anything in the question that can be looked for."""
        return bool(query_terms(self.query))

    @property
    def count(self) -> int:
        """All hits, of whatever kind."""
        return self.groups[0].count if self.groups else 0


class _Counted(Paginator[Any]):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: QuerySet[Any], count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self.known = count

    @cached_property
    def count(self) -> int:
        return self.known


def search_public(request: "HttpRequest", *, asked: str, kind: str, number: str | int) -> Search:
    """Answer `asked` from what stands open to everybody, in three queries, and one more for who studies."""
    query = cleaned(asked)
    kind = kind if kind in PublicKind.values else ""
    if not query_terms(query):
        return Search(query, kind, False, (), None, ())
    everything = open_texts()
    counts = everything.search(query, order_by_relevance=False).facet("kind")
    groups = _groups(counts, kind)
    rows = best_first(query, everything.filter(kind=kind) if kind else everything)
    page = _Counted(rows, counts.get(kind, 0) if kind else groups[0].count).get_page(number)
    return Search(query, kind, len(asked.strip()) > LONGEST, groups, page, _results(request, query, list(page)))


def _groups(counts: dict[str, int], kind: str) -> tuple[Group, ...]:
    """All, and every kind that has hits; the kind that is filtered by stays in sight without any."""
    everything = Group("", pgettext("all results of a search", "All"), sum(counts.values()), not kind)
    kinds = (
        Group(each.value, str(each.label), counts.get(each.value, 0), each == kind)
        for each in PublicKind
        if counts.get(each.value) or each == kind
    )
    return (everything, *kinds)


def _results(request: "HttpRequest", query: str, rows: "list[PublicText]") -> tuple[Result, ...]:
    asked = Asked(query)
    user: User | AnonymousUser = request.user
    studied = learner_addresses(user, {row.page_id for row in rows if row.kind == PublicKind.LESSON})
    return tuple(_result(request, asked, row, studied) for row in rows)


def _result(request: "HttpRequest", asked: Asked, row: "PublicText", studied: dict[tuple[int, str], str]) -> Result:
    said = shown(asked, row)
    address = studied.get((row.page_id, row.place.removeprefix(ANCHOR)))
    return Result(
        title=said.title,
        url=address or f"{row.page.get_url(request)}{row.place}",
        kind=_kind(row),
        text=said.text,
        meta=_meta(said.about, row),
        language=said.language,
    )


def _kind(row: "PublicText") -> str:
    if row.kind == PublicKind.LESSON:
        return pgettext("found in a search", "Lesson") if row.place else pgettext("found in a search", "Course")
    singular = {
        PublicKind.POLICY: pgettext("found in a search", "Policy"),
        PublicKind.NEWS: pgettext("found in a search", "News"),
        PublicKind.HELP: pgettext("found in a search", "Help"),
        PublicKind.TERM: pgettext("found in a search", "Term"),
        PublicKind.PAGE: pgettext("found in a search", "Page"),
    }
    return singular[PublicKind(row.kind)]


def _meta(about: str, row: "PublicText") -> SafeString | str:
    """Jurisdiction or course, and the day where there is one; a law's day is the first on which it holds."""
    if row.day is None:
        return about
    on = said_day(row.day)
    if row.kind == PublicKind.POLICY:
        on = format_html(gettext("valid from {}"), on)
    return format_html("{} · {}", about, on) if about else on
