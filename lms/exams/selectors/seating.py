"""Who sits where, and whom of a cohort an exam can take in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from lms.cohorts.enums import LIVE_STATES
from lms.cohorts.selectors.cohorts import cohorts_of, members_of
from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import EXAM_ROLES
from lms.exams.models import Attempt, Exam, Seat
from lms.kernel.lookups import says_all
from lms.schemes.selectors.eligibility import Eligibility, eligibility

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Cohort


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of a cohort before an exam: seated already, to be seated, or not admitted and why."""

    person: "Person"
    seat: Seat | None
    eligibility: Eligibility

    @property
    def is_seated(self) -> bool:
        """Whether a seat is there and was not withdrawn."""
        return self.seat is not None and self.seat.withdrawn_at is None

    @property
    def is_withdrawn(self) -> bool:
        """Whether somebody took this person's seat back; a whole cohort's seating leaves it so."""
        return self.seat is not None and self.seat.withdrawn_at is not None

    @property
    def gets_seat(self) -> bool:
        """Whether seating the cohort would give a seat now."""
        return self.seat is None and self.eligibility.eligible


@dataclass(frozen=True, slots=True)
class SeatingPlan:
    """What seating a cohort would do, person by person."""

    candidates: Sequence[Candidate]

    @property
    def to_seat(self) -> list[Candidate]:
        """Who gets a seat."""
        return [each for each in self.candidates if each.gets_seat]

    @property
    def seated(self) -> list[Candidate]:
        """Who has one already."""
        return [each for each in self.candidates if each.is_seated]

    @property
    def left_out(self) -> list[Candidate]:
        """Who gets none: not admitted yet, or withdrawn."""
        return [each for each in self.candidates if not each.gets_seat and not each.is_seated]


def seating_plan(exam: Exam, cohort: "Cohort") -> SeatingPlan:
    """Whom of a cohort the exam takes in, those left out first (four queries however many)."""
    people = [place.person for place in members_of(cohort).filter(state__in=LIVE_STATES)]
    ids = [person.pk for person in people]
    seats = {seat.person_id: seat for seat in Seat.objects.filter(exam=exam, person__in=ids)}
    asked = eligibility(person_ids=ids, version=exam.scheme_version, level=exam.level)
    candidates = [Candidate(person, seats.get(person.pk), asked[person.pk]) for person in people]
    return SeatingPlan(sorted(candidates, key=lambda each: (each.is_seated, each.gets_seat)))


def cohorts_to_seat(exam: Exam, user: "User") -> "QuerySet[Cohort]":
    """Cohorts of the exam's base at its level, the last to begin first."""
    base = organisations_of(user, *EXAM_ROLES).filter(pk=exam.organisation_id)
    return cohorts_of(base).filter(level=exam.level)


def seats_of(exam: Exam, words: str = "") -> QuerySet[Seat]:
    """Seats of an exam by room, desk and name, each with whether its person has `begun`; withdrawn ones last."""
    begun = Attempt.objects.filter(seat=OuterRef("pk"))
    return (
        exam.seats.filter(says_all(words.split(), "person__real_name", "person__latin_name", "ticket_code", "room"))
        .select_related("person__user", "paper", "exam", "organisation")
        .defer("paper__items")
        .annotate(begun=Exists(begun))
        .order_by("withdrawn_at", "room", "desk", "person__real_name", "pk")
    )


def seats_to_print(exam: Exam) -> QuerySet[Seat]:
    """Seats that are in force, in the order in which people sit."""
    return seats_of(exam).filter(withdrawn_at__isnull=True)


def rooms_of(seats: Sequence[Seat]) -> list[tuple[str, list[Seat]]]:
    """Seats by room, in their order."""
    names = list(dict.fromkeys(seat.room for seat in seats))
    return [(name, [seat for seat in seats if seat.room == name]) for name in names]
