from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from lms.records.models import AuditEvent, ChainHead
from lms.records.selectors.audit import events_about, events_of_organisations
from lms.records.services.audit import record, verify_audit, verify_organisation
from lms.records.validators import NotCanonical
from tests.factories.accounts import UserFactory
from tests.factories.records import audit_events

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def unguarded(statement: str) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE records_auditevent DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER records_auditevent_no_update")
            cursor.execute("DROP TRIGGER records_auditevent_no_delete")
        cursor.execute(statement)


def test_an_act_is_written_with_its_place_in_the_chain(now: datetime) -> None:
    first, second = audit_events(2, now=now)
    assert (first.seq, second.seq) == (1, 2)
    assert second.previous_hash == first.hash
    assert AuditEvent.objects.get(pk=second.pk).detail == {"cohort": "2026-1", "line": 2}


def test_the_chain_holds_after_a_round_through_the_database(now: datetime) -> None:
    record(
        action="accounts.identity-read",
        actor="user:7",
        subject="accounts.person:9",
        detail={"reason": "核对证书姓名", "fields": ["name", None, True], "big": 2**70, "small": -1},
        now=now + timedelta(microseconds=123),
    )
    audit_events(3, organisation="FCBA")
    assert verify_organisation("").ok
    assert (verify_audit().ok, verify_audit().lines, verify_audit().first_broken) == (True, 4, None)


def test_a_rollback_takes_the_line_and_its_place_with_it(now: datetime) -> None:
    audit_events(1)
    with transaction.atomic():
        audit_events(1)
        transaction.set_rollback(True)
    audit_events(1)
    assert list(AuditEvent.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]
    assert verify_audit().ok


def test_a_detail_without_one_spelling_writes_nothing(now: datetime) -> None:
    with pytest.raises(NotCanonical):
        record(action="a", actor="user:1", subject="s:1", detail={"score": 0.5}, now=now)
    assert (AuditEvent.objects.count(), ChainHead.objects.count()) == (0, 0)


@pytest.mark.db
@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEvent.objects.update(actor="user:2"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: ChainHead.objects.update(seq=7),
        lambda: ChainHead.objects.update(seq=2, owner="ELSE"),
        lambda: ChainHead.objects.all().delete(),
    ],
    ids=["edit line", "delete line", "jump head", "move head", "delete head"],
)
def test_the_database_refuses_to_change_history(change) -> None:
    audit_events(1)
    with pytest.raises(DatabaseError, match="history is added to, never edited"), transaction.atomic():
        change()
    assert verify_audit().ok


@pytest.mark.db
@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE records_auditevent SET actor = 'user:2' WHERE seq = 2", "FCBA#2"),
        ("UPDATE records_auditevent SET at = '2026-01-01 00:00:00+00:00' WHERE seq = 3", "FCBA#3"),
        ("DELETE FROM records_auditevent WHERE seq = 3", "FCBA#3"),
        ("DELETE FROM records_auditevent", "FCBA#1"),
    ],
)
def test_a_change_behind_the_triggers_is_found(statement: str, broken: str) -> None:
    audit_events(3)
    unguarded(statement)
    assert (verify_audit().ok, verify_audit().first_broken) == (False, broken)


def test_what_was_done_to_a_thing_is_read_oldest_first(now: datetime) -> None:
    for step, action in enumerate(["certificates.prepared", "certificates.approved"]):
        record(
            action=action,
            actor="user:1",
            subject="certificates.decision:5",
            organisation="FCBA",
            now=now + timedelta(minutes=step),
        )
    audit_events(1, organisation="SJAX")
    read = events_about("certificates.decision:5").values_list("action", flat=True)
    assert list(read) == ["certificates.prepared", "certificates.approved"]
    assert [event.organisation for event in events_of_organisations(["SJAX"])] == ["SJAX"]


def test_the_whole_book_is_for_superusers() -> None:
    audit_events(1)
    chief, other = UserFactory(is_superuser=True), UserFactory(is_staff=True)
    assert AuditEvent.objects.visible_to(chief).count() == 1
    assert AuditEvent.objects.visible_to(other).count() == 0
