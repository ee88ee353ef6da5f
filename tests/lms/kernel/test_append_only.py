"""Tried on a real ledger of the house: the trigger stands in a migration of the schemes room."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from lms.kernel.append_only import ForbidChanges
from lms.schemes.enums import FactKind
from lms.schemes.models import RequirementFact
from lms.schemes.services.facts import record_fact
from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db, pytest.mark.db]

AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def fact() -> RequirementFact:
    return record_fact(
        person_id=PersonFactory().pk,
        kind=FactKind.CLASS_HOURS,
        ref="public-knowledge",
        value=Decimal("0.55"),
        source="test:1",
        occurred_at=AT,
        now=AT,
    )


def test_a_row_of_history_cannot_be_edited(fact: RequirementFact) -> None:
    with pytest.raises(DatabaseError, match="history is added to, never edited"), transaction.atomic():
        RequirementFact.objects.filter(pk=fact.pk).update(value=Decimal("9.00"))
    fact.refresh_from_db()
    assert fact.value == Decimal("0.55")


def test_a_row_of_history_cannot_be_deleted_even_by_hand(fact: RequirementFact) -> None:
    with (
        pytest.raises(DatabaseError, match="history is added to, never edited"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM schemes_requirementfact")
    assert RequirementFact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_guard_can_be_taken_down_by_migrating_back(fact: RequirementFact) -> None:
    guard = ForbidChanges("schemes_requirementfact")
    with connection.schema_editor() as editor:
        guard.database_backwards("schemes", editor, None, None)
    try:
        assert RequirementFact.objects.filter(pk=fact.pk).update(value=Decimal("1.00")) == 1
    finally:
        with connection.schema_editor() as editor:
            guard.database_forwards("schemes", editor, None, None)
