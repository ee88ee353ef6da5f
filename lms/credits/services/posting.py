"""Writing one line at the end of a person's chain, exactly once for each source."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.credits.models import CreditLine, HourLine
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict
from lms.mailing.services.notices import add_up
from lms.records.services.chain import append_link
from lms.schemes.services.facts import record_fact

Line = TypeVar("Line", HourLine, CreditLine)


class SourceTaken(Conflict):
    code = "source-taken"
    message = _("“%(source)s” is in the ledger already, with other figures. Reverse that line before posting anew.")


def _posted_before(line: Line) -> Line | None:
    there = type(line).objects.filter(source=line.source).first()
    if there and any(getattr(there, name) != getattr(line, name) for name in line.figures):
        raise SourceTaken(source=line.source)
    return there


def once(line: Line, write: Callable[[Line], None]) -> Line:
    """`write(line)`, or answer the line that stands for the same source already.

    Two hands that post one source at the same moment: the second waits at the chain's head, fails on the
    unique source, and takes its own link back with the savepoint.
    """
    there = _posted_before(line)
    if there:
        return there
    try:
        with transaction.atomic():
            write(line)
    except IntegrityError:
        there = _posted_before(line)
        if there is None:
            raise
        return there
    return line


def chain(line: HourLine | CreditLine, *, now: datetime) -> None:
    """Give `line` its place in the person's chain, whose head stays locked until the transaction ends."""
    line.recorded_at = now
    link = append_link(book=line.book, owner=str(line.person.uid), payload=line.payload(), now=now)
    line.seq, line.previous_hash, line.hash = link.seq, link.previous_hash, link.hash


def write_down(line: HourLine | CreditLine, *, now: datetime) -> None:
    """Save a chained line and report it to the requirement tree."""
    line.save(force_insert=True)
    record_fact(
        person_id=line.person_id,
        kind=line.fact_kind,
        ref=line.fact_ref,
        value=line.fact_value,
        source=f"credits.{line.book}:{line.source}",
        occurred_at=line.occurred_at,
        now=now,
    )


def tell(line: HourLine | CreditLine, kind: str, figures: dict[str, int | Decimal], *, now: datetime) -> None:
    """Let the person know: one notice for a day in Beijing, to which later lines of that day are added."""
    if line.person.user_id is None:
        return
    day = now.astimezone(BEIJING).date()
    add_up(
        user_id=line.person.user_id,
        kind=kind,
        subject_ref=f"credits.{line.book}:{line.person_id}:{day:%Y-%m-%d}",
        amounts={**figures, "lines": 1},
        url=reverse("credits:statement"),
        now=now,
    )
