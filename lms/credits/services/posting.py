"""The one door by which a line comes into a ledger: at the end of a person's chain, exactly once for each source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db import IntegrityError
from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.accounts.selectors.uids import uid_of, user_of
from lms.credits.models import CreditLine, HourLine
from lms.credits.services.writing import Words, write_line
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict
from lms.mailing.services.notices import add_up
from lms.records.services.chain import Held, begin_chain, hold_head, joined, move_head, next_link
from lms.records.services.commitments import commit, new_salt
from lms.schemes.services.facts import add_fact

Line = TypeVar("Line", HourLine, CreditLine)
MOST_WORDS = 300


class SourceTaken(Conflict):
    code = "source-taken"
    message = _("“%(source)s” is in the ledger already, with other figures. Reverse that line before posting anew.")


@dataclass(frozen=True, slots=True)
class Posted(Generic[Line]):
    """What posting came to: the line that now stands for the source, or none when nothing was left to give."""

    line: Line | None
    is_new: bool = False
    user_id: int | None = None


def _as_it_is(_found: Mapping[str, Any]) -> bool:
    return True


def _standing(line: Line, pk: int) -> Line:
    """The line that stands for the same source; refused where it says something else."""
    there = type(line).objects.get(pk=pk)
    if any(getattr(there, name) != getattr(line, name) for name in line.figures):
        raise SourceTaken(source=line.source)
    return there


def _held(line: Line, asks: Mapping[str, Subquery]) -> Held | None:
    mine = type(line).objects.of(line.person_id).order_by("-seq")
    same = type(line).objects.filter(source=line.source)
    beside = {
        **asks,
        "user_id": user_of(line.person_id),
        "newest": Subquery(mine.values("seq")[:1]),
        "there": Subquery(same.values("pk")[:1]),
    }
    return hold_head(book=line.book, owner=uid_of(line.person_id), beside=beside)


def _hold(line: Line, asks: Mapping[str, Subquery], now: datetime) -> Held:
    """The person's chain, held, and what the ledger answers to `asks` at that moment.

    Whoever had to wait for the lock was answered from before the wait: the newest line's number tells, and the
    question is put once more.
    """
    held = _held(line, asks)
    if held is None:
        begin_chain(book=line.book, owner=str(line.person.uid), now=now)
        held = _held(line, asks)
    if held and (held.beside["newest"] or 0) != held.seq:
        held = _held(line, asks)
    if held is None:
        raise LookupError(line.person_id)
    return held


def _write(line: Line, words: str, held: Held, now: datetime) -> bool:
    told = Words(new_salt(), words) if words else None
    line.note, line.commitment = "", commit(told.salt, told.text) if told else ""
    line.recorded_at = now
    link = next_link(held, line.payload())
    line.seq, line.previous_hash, line.hash = link.seq, link.previous_hash, link.hash
    if not write_line(line, told):
        return False
    move_head(held, link, now=now)
    add_fact(
        person_id=line.person_id,
        kind=line.fact_kind,
        ref=line.fact_ref,
        value=line.fact_value,
        source=f"credits.{line.book}:{line.source}",
        # What takes a line back belongs to the day of that line, so that it takes back in the same window.
        occurred_at=(line.reversal_of or line).occurred_at,
        now=now,
    )
    return True


def post(
    *,
    line: Line,
    words: str = "",
    asks: Mapping[str, Subquery] | None = None,
    rate: Callable[[Mapping[str, Any]], bool] = _as_it_is,
    now: datetime,
) -> Posted[Line]:
    """Write `line`, or answer the one that stands for its source already.

    `asks` is read under the lock of the person's chain; `rate` gets the answers, gives the line its figures, and says
    whether there is anything to write. Four statements: hold, line with its words, head, fact; on SQLite the words are
    a fifth. No savepoint is set and no error of the database provoked, so a refusal leaves the caller's transaction
    usable.
    """
    with joined():
        held = _hold(line, asks or {}, now)
        there = held.beside["there"]
        if there is None and not rate(held.beside):
            return Posted(None)
        if there is None and _write(line, words.strip()[:MOST_WORDS], held, now):
            return Posted(line, is_new=True, user_id=held.beside["user_id"])
        # Another person's hand wrote the same source while this one was waiting.
        there = there or type(line).objects.filter(source=line.source).values_list("pk", flat=True).first()
        if there is None:
            raise IntegrityError(line.source)
        return Posted(_standing(line, there))


def tell(posted: Posted[Any], kind: str, figures: dict[str, int | Decimal], *, now: datetime) -> None:
    """Let the person know of a new line: one notice for a day in Beijing, to which later lines of it are added."""
    line, day = posted.line, now.astimezone(BEIJING).date()
    if line is None or not posted.is_new or posted.user_id is None:
        return
    add_up(
        user_id=posted.user_id,
        kind=kind,
        subject_ref=f"credits.{line.book}:{line.person_id}:{day:%Y-%m-%d}",
        amounts={**figures, "lines": 1},
        url=reverse("credits:statement"),
        now=now,
    )
