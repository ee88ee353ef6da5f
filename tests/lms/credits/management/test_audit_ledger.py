import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from lms.credits.services.reversal import reverse
from lms.credits.services.sealing import seal_books
from lms.records.services.chain import link_hash
from tests.factories.credits import make_hours, make_points

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def audit(book: str, *more: str) -> tuple[int, dict]:
    out = StringIO()
    try:
        call_command("audit_ledger", "--book", book, *more, "--json", stdout=out)
    except SystemExit as end:
        return int(end.code), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def saved(folder: Path) -> str:
    """The published heads, kept by somebody outside."""
    file = folder / "heads.json"
    file.write_bytes(Client().get("/ledger/heads.json").content)
    return str(file)


GUARDED = ("credits_hourline", "credits_creditline", "records_seal", "records_sealleaf", "records_chainhead")


def unguarded(*statements: str) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE credits_linetext DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER credits_linetext_no_update")
        for statement in statements:
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
        ("UPDATE credits_hourline SET verifier = 'x' WHERE seq = 3", 3),
    ],
)
def test_a_line_changed_behind_the_triggers_is_found(statement: str, line: int) -> None:
    person = make_hours().person
    for _ in range(2):
        make_hours(person=person)
    unguarded(statement)
    code, report = audit("hours")
    assert (code, report["ok"], report["fault"], report["first_broken"]) == (1, False, "line", f"{person.uid}#{line}")


@pytest.mark.parametrize(
    ("statement", "book", "fault", "place"),
    [
        ("UPDATE credits_hourline SET class_hours = 9 WHERE seq = 2", "hours", "figure", "{uid}#2"),
        ("UPDATE credits_hourline SET note = 'x' WHERE seq = 3", "hours", "figure", "{uid}#3"),
        ("UPDATE credits_creditline SET year = 2024 WHERE seq = 1", "credits", "figure", "{uid}#1"),
        ("UPDATE credits_hourtotal SET minutes = 99", "hours", "total", "{uid}#public-knowledge/2026"),
        ("UPDATE credits_credittotal SET hundredths = 99", "credits", "total", "{uid}#exam/2026"),
        ("DELETE FROM credits_credittotal", "credits", "total", "{uid}#exam/2026"),
        ("UPDATE credits_linetext SET text = 'x' WHERE book = 'credits'", "credits", "words", "{uid}#1"),
        ("UPDATE records_seal SET lines = 9 WHERE book = 'hours'", "hours", "seal", "hours#1"),
        ("DELETE FROM records_sealleaf", "credits", "seal", "credits#1"),
    ],
)
def test_whatever_is_changed_is_named(now, statement: str, book: str, fault: str, place: str) -> None:
    person = make_points(note="考试").person
    for _ in range(3):
        make_hours(person=person, note="课")
    seal_books(now=now)
    unguarded(statement)
    code, report = audit(book)
    assert (code, report["fault"], report["first_broken"]) == (1, fault, place.format(uid=person.uid))
    other = "hours" if book == "credits" and "leaf" not in statement else "audit"
    assert audit(other)[0] == 0


def test_a_chain_written_anew_with_its_head_is_betrayed_by_the_seal(now) -> None:
    """Somebody who may change everything replaces a line, its hash and the head; what was sealed shows it."""
    line = make_points()
    seal_books(now=now)
    payload = {**line.payload(), "rule": "simulation-passed"}
    owner = str(line.person.uid)
    forged = link_hash(book="credits", owner=owner, seq=1, previous_hash=line.previous_hash, payload=payload)
    unguarded(
        f"UPDATE credits_creditline SET rule = 'simulation-passed', hash = '{forged}'",
        f"UPDATE records_chainhead SET hash = '{forged}' WHERE book = 'credits'",
    )
    code, report = audit("credits")
    assert (code, report["fault"], report["first_broken"]) == (1, "sealed-line", f"{line.person.uid}#1")


@pytest.mark.parametrize("book", ["hours", "credits", "audit"])
def test_heads_saved_earlier_are_borne_out_by_the_book_that_went_on(now, tmp_path, book: str) -> None:
    line = make_points()
    make_hours(person=line.person)
    reverse(line=line, reason="错", actor="user:1", now=now)
    seal_books(now=now)
    file = saved(tmp_path)
    make_points(person=line.person)
    make_hours(person=line.person)
    seal_books(now=now)
    code, report = audit(book, "--head", file)
    assert (code, report["ok"], report["against_head"]) == (0, True, None)


def test_a_restored_older_copy_is_told_by_the_saved_heads(now, tmp_path) -> None:
    line = make_points()
    seal_books(now=now)
    with transaction.atomic():
        for _ in range(2):
            make_points(person=line.person)
            seal_books(now=now)
        file = saved(tmp_path)
        transaction.set_rollback(True)
    code, report = audit("credits", "--head", file)
    assert (code, report["ok"], report["fault"]) == (1, False, None)
    assert report["against_head"] == {"what": "seal-missing", "number": 2}
    make_points(person=line.person, note="另写的")
    seal_books(now=now)
    make_points(person=line.person)
    seal_books(now=now)
    assert audit("credits", "--head", file)[1]["against_head"] == {"what": "seal-differs", "number": 3}


def test_lines_lost_before_they_were_sealed_are_told_too(now, tmp_path) -> None:
    with transaction.atomic():
        make_points()
        file = saved(tmp_path)
        transaction.set_rollback(True)
    assert audit("credits", "--head", file)[1]["against_head"] == {"what": "lines-missing", "number": 1}
    out = StringIO()
    with pytest.raises(SystemExit), translation.override("en"):
        call_command("audit_ledger", "--book", "credits", "--head", file, stdout=out)
    assert "credits: 1 lines fewer than in the saved heads: this is an older copy" in out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "null",
        "{}",
        '{"books": []}',
        '{"books": {"credits": null}}',
        '{"books": {"credits": {"lines": "9"}}}',
        '{"books": {"credits": {"seal": [1]}}}',
        '{"books": {"credits": {"seal": {"number": "1"}}}}',
        '{"books": {"credits": {"seal": {"number": true, "hash": "a"}}}}',
    ],
)
def test_a_file_that_holds_no_heads_is_unreadable(tmp_path, content: str) -> None:
    (tmp_path / "heads.json").write_text(content)
    code, report = audit("credits", "--head", str(tmp_path / "heads.json"))
    assert (code, report["code"]) == (2, "unreadable")
    assert audit("credits", "--head", str(tmp_path / "nowhere.json"))[0] == 2


def test_people_read_a_sentence() -> None:
    make_hours()
    out = StringIO()
    call_command("audit_ledger", "--book", "hours", stdout=out)
    assert "1" in out.getvalue()
    assert len(out.getvalue().splitlines()) == 1
