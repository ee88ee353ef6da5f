"""What binds a person by date: exams to sit, and certificates with their last day."""

from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from certificates.models import Certificate
from lms.exams.selectors.agenda import COLUMNS, Dated, seats_dated

CERTIFICATE = "certificate"


def certificates_dated(person_id: int) -> "QuerySet[Any, Any]":
    """The certificates of a person: `ref` is the serial, the title its level, `ends` the last day it is valid."""
    return (
        Certificate.objects.filter(person=person_id)
        .order_by()
        .annotate(
            agenda_kind=Value(CERTIFICATE, output_field=CharField()),
            agenda_ref=F("serial"),
            agenda_title=F("level"),
            agenda_title_en=F("level"),
            agenda_begins=Cast("issued_on", DateTimeField()),
            agenda_ends=Cast("valid_until", DateTimeField()),
            agenda_state=F("state"),
        )
        .values_list(*COLUMNS)
    )


def agenda_of(person_id: int) -> list[Dated]:
    """Seats and certificates of a person, what ends first at the top (one query)."""
    rows = seats_dated(person_id).union(certificates_dated(person_id), all=True)
    return sorted((Dated(*row) for row in rows), key=lambda each: (each.ends, each.begins, each.ref))
