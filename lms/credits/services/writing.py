"""One line into its table, with its words beside it, in one statement where the engine can."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.sql import InsertQuery

from lms.credits.models import CreditLine, HourLine, LineText

# Only the source may be taken already: anything else that the table refuses is a fault and is told as one.
_ONCE = 'ON CONFLICT ("source") DO NOTHING RETURNING "id"'
_WITH_WORDS = """WITH line AS ({insert}), words AS (
INSERT INTO {words} ("book", "line", "person_id", "salt", "text") SELECT %s, "id", %s, %s, %s FROM line)
SELECT "id" FROM line"""


@dataclass(frozen=True, slots=True)
class Words:
    """What a line says in words, and the salt of its commitment."""

    salt: str
    text: str


def _insert(line: HourLine | CreditLine) -> tuple[str, tuple[Any, ...]]:
    query = InsertQuery(type(line))
    query.insert_values([field for field in query.get_meta().concrete_fields if not field.primary_key], [line])
    ((statement, values),) = query.get_compiler(connection=connection).as_sql()
    return f"{statement} {_ONCE}", tuple(values)


def _run(statement: str, values: tuple[Any, ...]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None


def write_line(line: HourLine | CreditLine, words: Words | None) -> bool:
    """Write `line` and its words; False, and nothing written, when its source is taken.

    No savepoint is needed: a taken source is no error to the database. PostgreSQL writes both rows in one statement,
    SQLite in two.
    """
    statement, values = _insert(line)
    if words and connection.vendor == "postgresql":
        statement = _WITH_WORDS.format(insert=statement, words=InsertQuery(LineText).get_meta().db_table)
        values = (*values, line.book.value, line.person_id, words.salt, words.text)
    line.pk = _run(statement, values)
    if line.pk is None:
        return False
    if words and connection.vendor != "postgresql":
        text = LineText(book=line.book, line=line.pk, person_id=line.person_id, salt=words.salt, text=words.text)
        text.save(force_insert=True)
    return True
