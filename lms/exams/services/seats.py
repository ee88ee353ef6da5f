"""Admitting people to an exam: whom the scheme admits, at which desk, with how much time."""

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.exams.models import Exam, Paper, QuestionVersion, Seat
from lms.exams.services.fingerprint import short_code
from lms.exams.services.papers import build_paper
from lms.kernel.refusals import Conflict, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from lms.schemes.selectors.eligibility import eligibility

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation

SYSTEM = "system:exams"


class NotEligible(Conflict):
    code = "not-eligible"
    message = _("%(name)s cannot be admitted yet. %(reasons)s")


class NothingToAsk(Conflict):
    code = "exam-without-plan"
    message = _("This exam does not say yet what its papers are made of. Fill in its blueprint first.")


class SeatTooLate(Conflict):
    code = "seat-too-late"
    message = _("This exam is closed; nobody is admitted to it any more.")


class DeskTaken(Conflict):
    code = "desk-taken"
    message = _("Desk %(desk)s in room %(room)s is given to somebody else.")


class ExtraTimeNeedsReason(Refusal):
    code = "extra-time-needs-reason"
    message = _("Say why this person has more time.")


class WithdrawalNeedsReason(Refusal):
    code = "withdrawal-needs-reason"
    message = _("Say why the seat is withdrawn.")


class AlreadyBegun(Conflict):
    code = "seat-begun"
    message = _("This person has sat down already, so the seat and its time stay as they are.")


@transaction.atomic
def assign_seat(
    *,
    exam: Exam,
    person: "Person",
    organisation: "Organisation",
    now: datetime,
    extra_minutes: int = 0,
    extra_reason: str = "",
    room: str = "",
    desk: str = "",
    exception: str = "",
    expected: int = 1,
    actor: str = SYSTEM,
) -> Seat:
    """Give `person` a seat and lay a paper of their own on it; asked again, the seat that is there.

    Papers are drawn here, before the bell, so that starting costs one row. Whom the scheme does not admit
    yet is refused, unless a manager writes down an `exception`. A withdrawn seat is given back.
    """
    held = Exam.objects.select_for_update(of=("self",)).select_related("scheme_version").get(pk=exam.pk)
    there = Seat.objects.filter(exam=held, person=person).first()
    if there and there.withdrawn_at is None:
        return there
    if now >= held.closes_at:
        raise SeatTooLate
    if not held.blueprint["lines"]:
        raise NothingToAsk
    given = {
        **_place(held, room=room, desk=desk, there=there),
        **_time(extra_minutes, extra_reason),
        "exception": _exception(held, person, exception),
    }
    seat = there or Seat(
        exam=held,
        person=person,
        paper=_paper(held, person, expected=expected, now=now),
        organisation=organisation,
        ticket_code=short_code(_name(held, person), groups=2),
        created_at=now,
    )
    _fill(seat, {**given, "withdrawn_at": None})
    if seat.exception or there:
        _record("exams.seat-given", seat, actor, {"exception": seat.exception, "again": bool(there)}, now)
    _tell(seat, now)
    return seat


@transaction.atomic
def change_seat(
    *, seat: Seat, room: str, desk: str, extra_minutes: int, extra_reason: str, actor: str, now: datetime
) -> Seat:
    """Put somebody at another desk at any time, or give them other time before they have sat down."""
    held = _hold(seat)
    place = _place(held.exam, room=room, desk=desk, there=held)
    time = _time(extra_minutes, extra_reason)
    changed = {name: value for name, value in {**place, **time}.items() if value != getattr(held, name)}
    if set(changed) & set(time) and held.attempts.exists():
        raise AlreadyBegun
    if changed:
        _fill(held, changed)
        _record("exams.seat-changed", held, actor, changed, now)
    return held


@transaction.atomic
def withdraw_seat(*, seat: Seat, reason: str, actor: str, now: datetime) -> Seat:
    """Take a seat back before its person has sat down; the row and its paper stay on record."""
    held = _hold(seat)
    if held.withdrawn_at:
        return held
    if held.attempts.exists():
        raise AlreadyBegun
    if not reason.strip():
        raise WithdrawalNeedsReason
    _fill(held, {"withdrawn_at": now})
    _record("exams.seat-withdrawn", held, actor, {"reason": reason.strip()[:300]}, now)
    return held


def _hold(seat: Seat) -> Seat:
    return Seat.objects.select_for_update(of=("self",)).select_related("exam", "organisation").get(pk=seat.pk)


def _fill(seat: Seat, given: dict[str, Any]) -> None:
    for name, value in given.items():
        setattr(seat, name, value)
    seat.save()


def _place(exam: Exam, *, room: str, desk: str, there: Seat | None) -> dict[str, str]:
    """Room and desk as they are kept; refused if somebody else sits there."""
    room, desk = room.strip(), desk.strip()
    others = Seat.objects.filter(exam=exam, room=room, desk=desk, withdrawn_at__isnull=True)
    if desk and any(seat != there for seat in others):
        raise DeskTaken(desk=desk, room=room)
    return {"room": room, "desk": desk}


def _time(extra_minutes: int, extra_reason: str) -> dict[str, Any]:
    if extra_minutes and not extra_reason.strip():
        raise ExtraTimeNeedsReason
    return {"extra_minutes": extra_minutes, "extra_reason": extra_reason.strip() if extra_minutes else ""}


def _exception(exam: Exam, person: "Person", exception: str) -> str:
    """Why somebody is admitted all the same; nothing for whom the scheme admits by itself."""
    asked = eligibility(person_ids=[person.pk], version=exam.scheme_version, level=exam.level)[person.pk]
    if asked.eligible:
        return ""
    if not exception.strip():
        raise NotEligible(name=person.real_name, reasons=" ".join(asked.reasons))
    return exception.strip()[:300]


def _name(exam: Exam, person: "Person") -> str:
    return f"{exam.code}|{person.uid}"


def _paper(exam: Exam, person: "Person", *, expected: int, now: datetime) -> Paper:
    seed = blake2b(_name(exam, person).encode(), digest_size=16).hexdigest()
    return build_paper(exam=exam, seed=seed, now=now, expected=expected, seen=_seen(exam, person))


def _seen(exam: Exam, person: "Person") -> frozenset[int]:
    """Every version of the questions that lay before this person when they sat an exam of this bank."""
    papers = Paper.objects.filter(exam__bank=exam.bank_id, seats__person=person, seats__attempts__isnull=False)
    met = {item["version"] for items in papers.values_list("items", flat=True) for item in items}
    if not met:
        return frozenset()
    questions = QuestionVersion.objects.filter(pk__in=met).values("question")
    return frozenset(QuestionVersion.objects.filter(question__in=questions).values_list("pk", flat=True))


def _record(action: str, seat: Seat, actor: str, detail: dict[str, Any], now: datetime) -> None:
    audit.record(
        action=action,
        actor=actor,
        subject=f"exams.seat:{seat.ticket_code}",
        organisation=seat.organisation.code,
        detail=detail,
        now=now,
    )


def _tell(seat: Seat, now: datetime) -> None:
    exam = seat.exam
    announce(
        to=seat.person.user,
        kind="exam-seat",
        subject_ref=f"exams.seat:{seat.ticket_code}",
        context={
            "exam": {"zh": exam.title, "en": exam.title_en},
            "opens": {"at": exam.opens_at.isoformat()},
            "closes": {"at": exam.closes_at.isoformat()},
            "minutes": exam.minutes + seat.extra_minutes,
            "ticket": seat.ticket_code,
        },
        url=reverse("exams:list"),
        organisation=seat.organisation.code,
        now=now,
    )
