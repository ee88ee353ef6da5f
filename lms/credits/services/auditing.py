"""Proving a ledger: every hash, every figure that follows from others, every total, all words, all seals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from lms.credits.enums import Book
from lms.credits.models import CreditTotal, HourTotal, LineText
from lms.credits.services.reading import MODELS, Key, Reading
from lms.credits.services.sealing import AUDIT
from lms.records.services.audit import verify_audit
from lms.records.services.chain import BookReport, one_moment, verify_book
from lms.records.services.commitments import opens
from lms.records.services.sealing import unmet_event, verify_seals


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """What reading a ledger found; `fault` says what kind of thing is broken first, `first_broken` where.

    `words` are those held against their commitments, `erased` the lines whose words are gone.
    """

    ok: bool
    lines: int
    first_broken: str | None
    head: str
    fault: str | None = None
    words: int = 0
    erased: int = 0
    seals: int = 0


def audit_ledger(*, book: Book) -> LedgerReport:
    """Whether every line of `book` stands as it was written, none is missing, and all that is told of them is true."""
    with one_moment():
        seals = verify_seals(book)
        reading = Reading(book, seals.leaves)
        chains = verify_book(book, reading.chains())
        words, wrong_words = _words(book)
        faults = {
            "line": chains.first_broken,
            "figure": reading.wrong_figure,
            "total": _wrong_total(book, reading),
            "words": wrong_words,
            "seal": f"{book}#{seals.first_broken}" if seals.first_broken else None,
            "sealed-line": reading.wrong_leaf or _never_met(reading),
        }
    told = {"words": words, "erased": reading.committed - words, "seals": seals.seals}
    return _report(chains, faults, told)


def audit_acts() -> LedgerReport:
    """The same for the audit book, which has neither totals nor words apart."""
    with one_moment():
        seals = verify_seals(AUDIT)
        chains = verify_audit()
        faults = {
            "line": chains.first_broken,
            "seal": f"{AUDIT}#{seals.first_broken}" if seals.first_broken else None,
            "sealed-line": unmet_event(seals.leaves),
        }
    return _report(chains, faults, {"seals": seals.seals})


def _report(chains: BookReport, faults: Mapping[str, str | None], told: Mapping[str, int]) -> LedgerReport:
    fault = next((name for name, place in faults.items() if place), None)
    broken = faults[fault] if fault else None
    return LedgerReport(fault is None, chains.lines, broken, chains.head, fault, **told)


def _kept(book: Book) -> Iterator[tuple[Key, list[int]]]:
    """The totals as the database keeps them."""
    if book == Book.HOURS:
        names = ("person_id", "module", "year", "hundredths", "minutes", "lines")
        rows = HourTotal.objects.values_list(*names).iterator()
        yield from (((person, key, year), list(sums)) for person, key, year, *sums in rows)
    else:
        kept = CreditTotal.objects.values_list("person_id", "kind", "year", "hundredths", "lines").iterator()
        yield from (((person, key, year), [sum_, 0, lines]) for person, key, year, sum_, lines in kept)


def _wrong_total(book: Book, reading: Reading) -> str | None:
    """The first person, kind and year whose total is not the sum of the lines."""
    kept = dict(_kept(book))
    wrong = [key for key in kept.keys() | reading.sums.keys() if kept.get(key) != reading.sums.get(key)]
    if not wrong:
        return None
    person, key, year = min(wrong)
    return f"{reading.owners.get(person, person)}#{key}/{year}"


def _words(book: Book) -> tuple[int, str | None]:
    """How many words there are, and the first line whose words are not those that it committed to."""
    lines = MODELS[book].objects.filter(pk=OuterRef("line"))
    owed = Subquery(lines.values("commitment"))
    texts = LineText.objects.filter(book=book).annotate(owed=owed).order_by("line")
    count, wrong = 0, None
    for line, salt, text, commitment in texts.values_list("line", "salt", "text", "owed").iterator(chunk_size=5000):
        count += 1
        if wrong is None and not opens(salt, text, commitment):
            wrong = line
    return count, _place(book, wrong) if wrong else None


def _place(book: Book, line: int) -> str:
    found: Any = MODELS[book].objects.filter(pk=line).values_list("person__uid", "seq").first()
    return f"{found[0]}#{found[1]}" if found else f"?#{line}"


def _never_met(reading: Reading) -> str | None:
    """A sealed chain of which not one line is left."""
    gone = sorted(owner for owner, leaves in reading.sealed.items() if leaves)
    return f"{gone[0]}#{min(reading.sealed[gone[0]])}" if gone else None
