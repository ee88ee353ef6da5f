"""What a step is judged on, read in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import JSONField, KeyTransform

from lms.exams.enums import AttemptState
from lms.exams.models import Attempt, AttemptStep

# No paper is as long; a larger number is a sender's fault and needs no look at the paper.
MOST_SLOTS = 999


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
    """Where an attempt stands, the item that a step speaks of, and the number that the step would get."""

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


def ground_of(attempts: QuerySet[Attempt], *, client_seq: int, slot: int | None) -> Ground | None:
    """The ground for a step with the number `client_seq` about `slot`, of the one attempt in `attempts`.

    Only the item of that slot leaves the database: items stand in the paper in the order of their slots.
    """
    newest = AttemptStep.objects.filter(attempt=OuterRef("pk")).order_by("-seq").values("seq")[:1]
    asked = slot is not None and 1 <= slot <= MOST_SLOTS
    rows = attempts.annotate(
        twin=FilteredRelation("steps", condition=Q(steps__client_seq=client_seq)),
        item=KeyTransform(str((slot or 0) - 1), "seat__paper__items") if asked else Value(None, JSONField()),
        last_seq=Subquery(newest),
        twin_answer=F("twin__answer"),
    ).values_list(
        "pk", "state", "started_at", "accepts_until", "item", "last_seq",
        "twin__seq", "twin__at", "twin__kind", "twin__slot", "twin_answer",
    )  # fmt: skip
    for pk, state, started_at, accepts_until, item, last_seq, seq, *there in rows[:1]:
        twin = Twin(seq, *there) if seq is not None else None
        return Ground(pk, AttemptState(state), started_at, accepts_until, item, last_seq or 0, twin)
    return None
