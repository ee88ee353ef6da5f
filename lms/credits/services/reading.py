"""Reading a whole ledger once, from its first line to its last, and checking on the way what hashes do not cover."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from lms.credits.enums import Book
from lms.credits.models import CreditLine, HourLine
from lms.credits.models.line import FORMAT
from lms.credits.services.spelling import TEXTS, columns, speller
from lms.kernel.class_hours import MINUTES_PER_CLASS_HOUR
from lms.records.services.chain import Line

MODELS: dict[Book, type[HourLine] | type[CreditLine]] = {Book.HOURS: HourLine, Book.CREDITS: CreditLine}
# What every reader wants first, whatever the payload is spelt from.
_FIRST = ("person_id", "seq", "previous_hash", "hash", "format", "pk", "occurred_on", "year")
_FIGURES = {Book.HOURS: ("module", "class_hours", "minutes"), Book.CREDITS: ("kind", "points", "rule")}
_CHUNK = 5000
Key = tuple[int, str, int]


def whole(figure: Decimal) -> int:
    """A figure with two places in whole hundredths."""
    return int(figure.scaleb(2))


class Reading:
    """One reading of a book: lines for the chain, sums for the totals, and the first line whose figures do not follow.

    `sealed` are the leaves of the book's seals by owner and line; those met are taken out.
    """

    def __init__(self, book: Book, sealed: dict[str, dict[int, str]]) -> None:
        self.book, self.sealed = book, sealed
        self.owners: dict[int, str] = {}
        self.sums: dict[Key, list[int]] = {}
        self.committed = 0
        self.wrong_figure: str | None = None
        self.wrong_leaf: str | None = None

    def chains(self) -> Iterator[tuple[str, Iterator[Line]]]:
        """Every person's chain; each has to be read to its end before the next."""
        model = MODELS[self.book]
        names = model.objects.order_by().values_list("person_id", "person__uid").distinct()
        self.owners = {person: str(uid) for person, uid in names.iterator()}
        given = _given(self.book)
        told = model.objects.order_by("person_id", "seq").annotate(**TEXTS)
        rows = told.values_list(*given).iterator(chunk_size=_CHUNK)
        spell = {number: speller(self.book, given, number) for number in range(1, FORMAT + 1)}
        committed = given.index("commitment")
        for person, lines in groupby(rows, key=itemgetter(0)):
            yield self.owners[person], self._lines(person, lines, spell, committed)

    def _lines(self, person: int, rows: Iterator[Any], spell: dict[int, Any], committed: int) -> Iterator[Line]:
        owner = self.owners[person]
        sealed = self.sealed.get(owner, {})
        check = _hours_follow() if self.book == Book.HOURS else None
        reversal, note = (_given(self.book).index(name) for name in ("reversal_of_id", "note"))
        for row in rows:
            _person, seq, previous_hash, own, format_number, pk, day, year, key, figure, amount = row[:11]
            hundredths = whole(figure)
            self._add((person, key, year), hundredths, amount if check else 0)
            if row[committed]:
                self.committed += 1
            follows = day.year == year and (check is None or check(pk, amount, hundredths, row[reversal]))
            # Words in the line itself were hashed in the old format only.
            follows = follows and (format_number == 1 or not row[note])
            if not follows and self.wrong_figure is None:
                self.wrong_figure = f"{owner}#{seq}"
            if sealed and sealed.get(seq) == own:
                del sealed[seq]
            yield seq, previous_hash, own, spell[format_number](row) if format_number in spell else {}
        if sealed and self.wrong_leaf is None:
            self.wrong_leaf = f"{owner}#{min(sealed)}"

    def _add(self, key: Key, hundredths: int, minutes: int) -> None:
        sums = self.sums.get(key)
        if sums is None:
            self.sums[key] = [hundredths, minutes, 1]
        else:
            sums[0] += hundredths
            sums[1] += minutes
            sums[2] += 1


def _given(book: Book) -> list[str]:
    return list(dict.fromkeys((*_FIRST, *_FIGURES[book], *columns(book))))


def _hours_follow() -> Any:
    """Whether class hours are what all minutes so far make, rounded down once; told line by line of one person."""
    minutes_so_far, given_so_far = 0, 0
    given: dict[int, int] = {}

    def follows(pk: int, minutes: int, hundredths: int, reversal_of: int | None) -> bool:
        nonlocal minutes_so_far, given_so_far
        minutes_so_far += minutes
        made = minutes_so_far * 100 // MINUTES_PER_CLASS_HOUR - given_so_far
        expected = made if reversal_of is None else -given.get(reversal_of, 0)
        given_so_far += hundredths
        given[pk] = hundredths
        return hundredths == expected

    return follows
