"""A page of rows that bring their own number along, so that counting costs no query of its own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Counted(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows: Sequence[Any], per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count


def counted_page(found: "QuerySet[Any, Any]", asked: str | int, per_page: int) -> Page[Any]:
    """One page of rows annotated with `in_all`; a page that does not exist is answered with the first."""
    number = int(asked) if str(asked).isdecimal() and str(asked) != "0" else 1
    first = (number - 1) * per_page
    rows = list(found[first : first + per_page])
    if not rows and number > 1:
        return counted_page(found, 1, per_page)
    return Page(rows, number, Counted(rows, per_page, rows[0].in_all if rows else 0))
