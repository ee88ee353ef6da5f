"""Admitting people to an exam."""

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.db import transaction

from lms.exams.models import Exam, Seat
from lms.exams.services.fingerprint import short_code
from lms.exams.services.papers import build_paper

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
    seat, _created = Seat.objects.get_or_create(
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
    return seat
