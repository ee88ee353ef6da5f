"""Reporting what happened, so that requirement trees can be read."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from lms.schemes.enums import FactKind
from lms.schemes.models import RequirementFact


@transaction.atomic
def record_fact(
    *,
    person_id: int,
    kind: FactKind,
    ref: str,
    value: Decimal,
    source: str,
    occurred_at: datetime,
    now: datetime,
) -> RequirementFact:
    """Record a fact once; the same `source` again answers the row that is there and changes nothing.

    Call it inside the transaction of the thing that happened.
    """
    fact, _created = RequirementFact.objects.get_or_create(
        source=source,
        defaults={
            "person_id": person_id,
            "kind": kind,
            "ref": ref,
            "value": value,
            "occurred_at": occurred_at,
            "recorded_at": now,
        },
    )
    return fact


def add_fact(
    *,
    person_id: int,
    kind: FactKind,
    ref: str,
    value: Decimal,
    source: str,
    occurred_at: datetime,
    now: datetime,
) -> None:
    """Record a fact of a source that the caller knows to be new, in one statement; a known source changes nothing."""
    fact = RequirementFact(
        person_id=person_id,
        kind=kind,
        ref=ref,
        value=value,
        source=source,
        occurred_at=occurred_at,
        recorded_at=now,
    )
    RequirementFact.objects.bulk_create([fact], ignore_conflicts=True)
