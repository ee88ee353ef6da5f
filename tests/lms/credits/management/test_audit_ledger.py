import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories.credits import make_hours, make_points

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def audit(book: str) -> tuple[int, dict]:
    out = StringIO()
    try:
        call_command("audit_ledger", "--book", book, "--json", stdout=out)
    except SystemExit as end:
        return int(end.code), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def unguarded(statement: str) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE credits_hourline DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER credits_hourline_no_update")
            cursor.execute("DROP TRIGGER credits_hourline_no_delete")
        cursor.execute(statement)


@pytest.mark.parametrize(("book", "lines"), [("hours", 3), ("credits", 1), ("audit", 0)])
def test_a_whole_book_exits_with_0(book: str, lines: int) -> None:
    person = make_points().person
    for _ in range(3):
        make_hours(person=person)
    code, report = audit(book)
    assert (code, report["ok"], report["lines"], report["first_broken"]) == (0, True, lines, None)
    assert len(report["head"]) == 64


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE credits_hourline SET minutes = 60 WHERE seq = 2", 2),
        ("DELETE FROM credits_hourline WHERE seq = 1", 1),
        ("DELETE FROM credits_hourline WHERE seq = 3", 3),
        ("UPDATE credits_hourline SET note = 'x' WHERE seq = 3", 3),
    ],
)
def test_a_line_changed_behind_the_triggers_is_found(statement: str, line: int) -> None:
    person = make_hours().person
    for _ in range(2):
        make_hours(person=person)
    unguarded(statement)
    code, report = audit("hours")
    assert (code, report["ok"], report["first_broken"]) == (1, False, f"{person.uid}#{line}")


def test_people_read_a_sentence() -> None:
    make_hours()
    out = StringIO()
    call_command("audit_ledger", "--book", "hours", stdout=out)
    assert "1" in out.getvalue()
    assert len(out.getvalue().splitlines()) == 1
