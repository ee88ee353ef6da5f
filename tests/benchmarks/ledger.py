"""A million chained lines for the benchmark of the ledgers: made by the house's own functions, brought in by COPY."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection

from lms.accounts.models import Person
from lms.credits.enums import CreditKind, Verification
from lms.credits.models import CreditLine, LineText
from lms.records.models import ChainHead
from lms.records.services.chain import GENESIS, Held, next_link
from lms.records.services.commitments import commit

BEGIN = date(2024, 1, 1)
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
RICH = 10_000  # lines of the first person
EACH = 100  # lines of everybody else
KINDS = [kind for kind in CreditKind if kind != CreditKind.VIOLATION]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was made: how many lines, and the person with most of them."""

    lines: int
    people: int
    rich: int


def _columns(model: Any) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def _line(number: int, person: int, organisation: int, salt: str, text: str) -> CreditLine:
    day = BEGIN + timedelta(days=number % 1000)
    return CreditLine(
        pk=number,
        person_id=person,
        organisation_id=organisation,
        source=f"credits.claim:{number}:1",
        commitment=commit(salt, text),
        evidence=f"credits.claim:{number}",
        evidence_hash=f"{number:064x}",
        verifier=f"user:{number % 97}",
        verification=Verification.DOCUMENT_CHECKED,
        rule_version="2026.2",
        occurred_at=datetime.combine(day, time(4), UTC),
        occurred_on=day,
        year=day.year,
        valid_from=day,
        valid_to=day.replace(day=1, year=day.year + 3) if day.month > 1 else None,
        recorded_at=NOW,
        kind=KINDS[number % len(KINDS)],
        rule="demand-filed",
        points=Decimal(number % 2000 + 1).scaleb(-2),
    )


def _chain(
    person: Person, organisation: int, numbers: Iterator[int], lines: int
) -> tuple[ChainHead, list[Any], list[Any]]:
    """One person's lines with their words, and the head that they end with."""
    held = Held(0, "credits", str(person.uid), 0, GENESIS)
    written, texts = [], []
    for _ in range(lines):
        number = next(numbers)
        salt, text = f"{number:064x}", f"第 {number} 件成果：向某制造企业提出的技术需求"
        line = _line(number, person.pk, organisation, salt, text)
        link = next_link(held, line.payload())
        line.seq, line.previous_hash, line.hash = link.seq, link.previous_hash, link.hash
        held = Held(0, held.book, held.owner, link.seq, link.hash)
        written.append(line)
        texts.append(LineText(pk=number, book="credits", line=number, person_id=person.pk, salt=salt, text=text))
    return ChainHead(book=held.book, owner=held.owner, seq=held.seq, hash=held.hash, moved_at=NOW), written, texts


def _copy(rows: list[Any]) -> None:
    """Bring rows in as PostgreSQL likes it best; its triggers add every line to its total."""
    model = type(rows[0])
    names = [field.attname for field in model._meta.concrete_fields]
    columns = ", ".join(f'"{name}"' for name in _columns(model))
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_plain(getattr(row, name)) for name in names])


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "value") else value


def fill(lines: int, organisation: int) -> Filled:
    """Fill an empty credit ledger."""
    rich = min(RICH, lines)
    shares = [rich, *[EACH] * ((lines - rich) // EACH)]
    people = Person.objects.bulk_create(
        [Person(real_name=f"第 {number} 人", created_at=NOW) for number in range(len(shares))], batch_size=2000
    )
    numbers, heads, waiting, texts = count(1), [], [], []
    for person, share in zip(people, shares, strict=True):
        head, written, told = _chain(person, organisation, numbers, share)
        heads.append(head)
        waiting += written
        texts += told
        if len(waiting) >= RICH:
            _copy(waiting)
            _copy(texts)
            waiting, texts = [], []
    if waiting:
        _copy(waiting)
        _copy(texts)
    ChainHead.objects.bulk_create(heads, batch_size=2000)
    made = next(numbers) - 1
    with connection.cursor() as cursor:
        for table in (CreditLine._meta.db_table, LineText._meta.db_table):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {made})")
            cursor.execute(f"ANALYZE {table}")
    return Filled(made, len(shares), people[0].pk)
