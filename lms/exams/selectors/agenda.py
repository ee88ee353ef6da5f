"""Dates that bind a person, in one shape for every room that has some, so that a desk asks for all at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast

from lms.exams.enums import ENDED_STATES, AttemptState
from lms.exams.models import Attempt, Seat

COLUMNS = (
    "agenda_kind",
    "agenda_ref",
    "agenda_title",
    "agenda_title_en",
    "agenda_begins",
    "agenda_ends",
    "agenda_state",
)
EXAM = "exam"
WAITING, OPEN, DONE = "waiting", "open", "done"


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing with a beginning and an end; what `ref` and `state` mean is said by the room that tells it."""

    kind: str
    ref: str
    title: str
    title_en: str
    begins: datetime
    ends: datetime
    state: str


def seats_dated(person_id: int) -> "QuerySet[Any, Any]":
    """The seats of a person: `ref` is the seat, `state` whether it waits, is being sat, or was sat."""
    of_seat = Attempt.objects.filter(seat=OuterRef("pk"))
    state = Case(
        When(Exists(of_seat.filter(state=AttemptState.OPEN)), then=Value(OPEN)),
        When(Exists(of_seat.filter(state__in=ENDED_STATES)), then=Value(DONE)),
        default=Value(WAITING),
        output_field=CharField(),
    )
    return (
        Seat.objects.filter(person=person_id, withdrawn_at__isnull=True)
        .order_by()
        .annotate(
            agenda_kind=Value(EXAM, output_field=CharField()),
            agenda_ref=Cast("pk", CharField(max_length=40)),
            agenda_title=F("exam__title"),
            agenda_title_en=F("exam__title_en"),
            agenda_begins=F("exam__opens_at"),
            agenda_ends=F("exam__closes_at"),
            agenda_state=state,
        )
        .values_list(*COLUMNS)
    )


def unbegun_seats(opens_from: datetime, opens_before: datetime) -> QuerySet[Seat]:
    """Seats not begun, in rooms that open within this time, of people who can sign in (one query)."""
    found = Seat.objects.filter(
        exam__opens_at__gte=opens_from,
        exam__opens_at__lt=opens_before,
        attempts__isnull=True,
        withdrawn_at__isnull=True,
        person__user__is_active=True,
    )
    return found.select_related("exam", "person__user").order_by("exam__opens_at", "pk")
