"""What a step is judged on, read in one statement.

The one place of the room that speaks SQL itself: a class saves here all at once, and putting the same statement
together anew each time cost more than everything else in a save.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField

from lms.exams.enums import AttemptState

# No paper is as long; a larger number is a sender's fault and needs no look at the paper.
MOST_SLOTS = 999
# Items stand in the paper in the order of their slots; only the one that is spoken of leaves the database.
_GROUND = """
SELECT attempt.id, attempt.state, attempt.started_at, attempt.accepts_until,
       paper.items -> CAST(%s AS integer),
       (SELECT MAX(seq) FROM exams_attemptstep WHERE attempt_id = attempt.id),
       twin.seq, twin.at, twin.kind, twin.slot, twin.answer
FROM exams_attempt attempt
JOIN exams_seat seat ON seat.id = attempt.seat_id
JOIN exams_paper paper ON paper.id = seat.paper_id
JOIN accounts_person person ON person.id = seat.person_id
LEFT JOIN exams_attemptstep twin ON twin.attempt_id = attempt.id AND twin.client_seq = %s
WHERE attempt.uid = %s AND person.user_id = COALESCE(%s, person.user_id)
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """Which attempt is meant: by its name, and where somebody outside asks, only if it is this user's own."""

    uid: UUID
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """The step that is there already under the sender's number."""

    seq: int
    at: datetime
    kind: str
    slot: int | None
    answer: Any


@dataclass(frozen=True, slots=True)
class Ground:
    """Where an attempt stands, the item that a step speaks of, and the newest number of its steps."""

    attempt_id: int
    state: AttemptState
    started_at: datetime
    accepts_until: datetime
    item: dict[str, Any] | None
    last_seq: int
    twin: Twin | None

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.OPEN


def ground_of(desk: Desk, *, client_seq: int, slot: int | None) -> Ground | None:
    """The ground for a step with the number `client_seq` about `slot`; None if there is no such attempt."""
    place = slot - 1 if slot and 1 <= slot <= MOST_SLOTS else MOST_SLOTS
    uid = UUIDField().get_db_prep_value(desk.uid, connection)
    with connection.cursor() as cursor:
        cursor.execute(_GROUND, [place, client_seq, uid, desk.user_id])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, state, started_at, accepts_until, item, last_seq, seq, at, kind, twin_slot, answer = row
    twin = None if seq is None else Twin(seq, _moment(at), kind, twin_slot, _value(answer))
    return Ground(
        pk, AttemptState(state), _moment(started_at), _moment(accepts_until), _value(item), last_seq or 0, twin
    )


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _moment(value: datetime | str) -> datetime:
    """SQLite keeps moments without their zone."""
    if isinstance(value, datetime) and value.tzinfo:
        return value
    moment: datetime = connection.ops.convert_datetimefield_value(value, None, connection)  # type: ignore[attr-defined]
    return moment
