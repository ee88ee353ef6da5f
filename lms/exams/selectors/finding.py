"""Exams by words, for the search of the desks."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of
from lms.exams.models import Exam, Seat
from lms.kernel.lookups import says_all

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

TITLES = ("title", "title_en", "code")


def exams_found(user: "User", organisations: "QuerySet[Organisation]", words: Collection[str]) -> QuerySet[Exam]:
    """Exams of these organisations, if `user` works for them, by title or code; the latest first."""
    return (
        Exam.objects.filter(says_all(words, *TITLES), organisation__in=organisations_of(user, *STAFF_ROLES))
        .filter(organisation__in=organisations)
        .select_related("organisation")
        .order_by("-opens_at", "pk")
    )


def seats_found(user: "User", words: Collection[str]) -> QuerySet[Seat]:
    """The user's own seats, by title or code of the exam or by ticket; the latest exam first."""
    fields = (*(f"exam__{name}" for name in TITLES), "ticket_code")
    return (
        Seat.objects.of_user(user)
        .filter(says_all(words, *fields))
        .select_related("exam__organisation")
        .order_by("-exam__opens_at", "pk")
    )
