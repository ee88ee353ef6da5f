"""Seals: one for what has moved, none for what has not, and nothing under one can change unseen."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from lms.records.models import Seal, SealLeaf
from lms.records.services import sealing
from lms.records.services.chain import GENESIS, append_link
from lms.records.services.sealing import inclusion_proof, seal_book, unmet_event, verify_inclusion, verify_seals
from tests.factories.records import audit_events

pytestmark = [pytest.mark.room, pytest.mark.django_db]

LATER = timedelta(hours=1)


def write(owner: str, now: datetime, lines: int = 1) -> None:
    for number in range(lines):
        append_link(book="hours", owner=owner, payload={"n": number}, now=now)


def unguarded(*statements: str) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("records_seal", "records_sealleaf", "records_chainhead"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")
        for statement in statements:
            cursor.execute(statement)


def test_a_seal_covers_every_chain_and_the_next_one_only_those_that_moved(now: datetime) -> None:
    write("b", now, 2)
    write("a", now)
    append_link(book="credits", owner="a", payload={}, now=now)
    first = seal_book(book="hours", now=now)
    assert (first.number, first.chains, first.lines, first.previous_hash) == (1, 2, 3, GENESIS)
    assert list(first.leaves.order_by("place").values_list("owner", "seq")) == [("a", 1), ("b", 2)]
    write("b", now + LATER, 3)
    second = seal_book(book="hours", now=now + LATER)
    assert (second.number, second.chains, second.lines, second.previous_hash) == (2, 1, 6, first.hash)
    assert list(second.leaves.values_list("owner", "seq")) == [("b", 5)]
    report = verify_seals("hours")
    assert (report.seals, report.first_broken, report.leaves["b"].keys()) == (2, None, {2, 5})


def test_nothing_moved_makes_no_seal(now: datetime) -> None:
    assert seal_book(book="hours", now=now) is None
    write("a", now)
    assert seal_book(book="hours", now=now).number == 1
    assert seal_book(book="hours", now=now + LATER) is None
    assert Seal.objects.count() == SealLeaf.objects.count() == 1


def test_killed_before_the_end_it_has_done_nothing_and_the_next_round_seals(now: datetime, monkeypatch) -> None:
    write("a", now)

    def killed(*_args: object, **_more: object) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "move_head", killed)
        with pytest.raises(SystemExit), transaction.atomic():
            seal_book(book="hours", now=now)
    assert Seal.objects.count() == SealLeaf.objects.count() == 0
    assert seal_book(book="hours", now=now + LATER).number == 1
    assert verify_seals("hours").first_broken is None


@pytest.mark.parametrize("chains", [1, 2, 5])
def test_a_proof_holds_for_every_owner_and_for_nothing_else(now: datetime, chains: int) -> None:
    for number in range(chains):
        write(f"owner {number}", now, number + 1)
    seal_book(book="hours", now=now)
    for number in range(chains):
        proof = inclusion_proof(book="hours", owner=f"owner {number}")
        assert (proof.seq, proof.seal["number"]) == (number + 1, 1)
        assert verify_inclusion(proof)
        assert not verify_inclusion(replace(proof, seq=proof.seq + 1))
        assert not verify_inclusion(replace(proof, owner="somebody else"))
        assert not verify_inclusion(replace(proof, hash="f" * 64))
        assert not verify_inclusion(replace(proof, seal={**proof.seal, "lines": 1000}))


def test_an_owner_who_was_never_sealed_has_no_proof(now: datetime) -> None:
    write("a", now)
    assert inclusion_proof(book="hours", owner="a") is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE records_seal SET lines = 99 WHERE number = 2", 2),
        ("UPDATE records_seal SET at = '2026-01-01 00:00:00+00:00' WHERE number = 1", 1),
        ("UPDATE records_sealleaf SET seq = 9 WHERE owner = 'b'", 2),
        ("DELETE FROM records_sealleaf WHERE owner = 'a'", 1),
        ("UPDATE records_chainhead SET seq = 3 WHERE book = 'seals'", 3),
    ],
)
def test_a_seal_changed_behind_the_triggers_is_found(now: datetime, statement: str, broken: int) -> None:
    write("a", now)
    seal_book(book="hours", now=now)
    write("b", now)
    seal_book(book="hours", now=now)
    unguarded(statement)
    assert verify_seals("hours").first_broken == broken


def test_the_last_seal_cut_off_is_found(now: datetime) -> None:
    write("a", now)
    seal_book(book="hours", now=now)
    unguarded("DELETE FROM records_sealleaf", "DELETE FROM records_seal")
    assert verify_seals("hours").first_broken == 1


@pytest.mark.db
@pytest.mark.parametrize(
    "change",
    [
        lambda: Seal.objects.update(lines=9),
        lambda: SealLeaf.objects.update(seq=9),
        lambda: SealLeaf.objects.all().delete(),
    ],
    ids=["edit seal", "edit leaf", "delete leaf"],
)
def test_the_database_refuses_to_change_a_seal(now: datetime, change) -> None:
    write("a", now)
    seal_book(book="hours", now=now)
    with pytest.raises(DatabaseError, match="history is added to, never edited"), transaction.atomic():
        change()


def test_a_sealed_act_that_stands_otherwise_is_named(now: datetime) -> None:
    audit_events(3)
    seal_book(book="audit", now=now)
    assert unmet_event(verify_seals("audit").leaves) is None
    assert unmet_event({"FCBA": {3: "f" * 64}, "GONE": {1: "e" * 64}}) == "FCBA#3"
