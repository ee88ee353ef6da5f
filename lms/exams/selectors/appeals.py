"""Appeals: until when somebody may appeal, one's own, and the queue of those who decide."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When

from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import EXAM_ROLES, AppealState
from lms.exams.models import Appeal, Attempt, Exam, Result
from lms.exams.selectors.phases import shown_from

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.exams.models.appeal import AppealQuerySet

WAITING_FIRST = Case(When(state=AppealState.FILED, then=Value(0)), default=Value(1), output_field=IntegerField())


def term_of(result: Result, exam: Exam) -> datetime:
    """Until when this result may be appealed against: so many days from the moment on which it was first shown."""
    return shown_from(result, exam) + timedelta(days=exam.appeal_days)


def appeal_against(result: Result) -> Appeal | None:
    """The appeal against this very result; one that was withdrawn does not stand."""
    return Appeal.objects.filter(result=result).exclude(state=AppealState.WITHDRAWN).first()


def appeals_of(attempt: Attempt) -> "AppealQuerySet":
    """Every appeal that was ever filed about an attempt, the newest first."""
    return attempt.appeals.select_related("result").order_by("-filed_at", "-pk")


def appeals_to_decide(user: "User | AnonymousUser", state: str = "") -> "AppealQuerySet":
    """Appeals at the bases of which `user` runs the exams: what waits first, by the day it is due."""
    found = Appeal.objects.all() if user.is_superuser else _at_own_bases(user)
    found = found.filter(state=state) if state else found
    people = found.select_related("attempt__seat__exam__organisation", "attempt__seat__person", "result")
    return people.order_by(WAITING_FIRST, "decide_by", "-decided_at", "pk")


def _at_own_bases(user: "User | AnonymousUser") -> "AppealQuerySet":
    if not user.is_authenticated:
        return Appeal.objects.none()
    return Appeal.objects.filter(attempt__seat__exam__organisation__in=organisations_of(user, *EXAM_ROLES))


def appeal_for(user: "User | AnonymousUser", uid: UUID) -> Appeal | None:
    """An appeal that `user` may decide about or look at as one who runs the exam, with all that belongs to it."""
    whole = appeals_to_decide(user).select_related("attempt__seat__paper", "attempt__seat__person__user")
    return whole.filter(uid=uid).first()
