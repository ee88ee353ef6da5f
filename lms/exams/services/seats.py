"""Admitting people to an exam."""

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from lms.exams.models import Exam, Seat
from lms.exams.services.fingerprint import short_code
from lms.exams.services.papers import build_paper
from lms.mailing.services.announcing import announce

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation


@transaction.atomic
def assign_seat(
    *, exam: Exam, person: "Person", organisation: "Organisation", now: datetime, extra_minutes: int = 0
) -> Seat:
    """Give `person` a seat and lay a paper of their own on it; asked again, the seat that is there.

    Papers are drawn here, before the bell, so that starting costs one row.
    """
    name = f"{exam.code}|{person.uid}"
    seed = blake2b(name.encode(), digest_size=16).hexdigest()
    seat, is_new = Seat.objects.get_or_create(
        exam=exam,
        person=person,
        defaults={
            "paper": build_paper(exam=exam, seed=seed, now=now),
            "organisation": organisation,
            "extra_minutes": extra_minutes,
            "ticket_code": short_code(name, groups=2),
            "created_at": now,
        },
    )
    if is_new:
        _tell(seat, now)
    return seat


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
