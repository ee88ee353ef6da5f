"""Ended attempts for those who review them, with what makes one worth a second look."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from lms.cohorts.selectors.roles import organisations_of
from lms.kernel.lookups import says_all
from simulations.enums import DESK_ROLES, AttemptState, Flag
from simulations.models import Assignment, Attempt, AttemptDigest, Override, ScoreRun

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from simulations.models.attempt import AttemptQuerySet

_TEXTS = ("scenario_version__source", "scenario_version__truths")
_FLAGGED = {
    Flag.GATE: Q(digest__gated=True),
    Flag.FAST: Q(digest__fast=True),
    Flag.TWIN: Q(is_twin=True),
    Flag.UNASKED: Q(digest__unasked=True),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for in the queue."""

    flag: str = ""
    scenario: str = ""
    kind: str = ""
    words: str = ""
    assignment: UUID | None = None


def attempts_reviewed_by(user: "User | AnonymousUser") -> "AttemptQuerySet":
    """Attempts at the bases for which one trains or manages; one's own are for others to review."""
    if not user.is_authenticated:
        return Attempt.objects.none()
    found = Attempt.objects.exclude(person__user_id=user.pk)
    return found if user.is_superuser else found.filter(organisation__in=organisations_of(user, *DESK_ROLES))


def reviewed_attempt(user: "User | AnonymousUser", uid: UUID) -> Attempt | None:
    """One ended attempt that this person reviews, whole."""
    found = attempts_reviewed_by(user).filter(state=AttemptState.ENDED, uid=uid)
    return found.select_related("scenario_version", "person__user", "organisation", "assignment__cohort").first()


def _is_twin() -> Exists:
    """Whether somebody else at the same base closed the same case on the very same terms."""
    others = AttemptDigest.objects.filter(
        terms_hash=OuterRef("digest__terms_hash"), attempt__organisation=OuterRef("organisation")
    ).exclude(attempt__person=OuterRef("person"))
    return Exists(others.exclude(terms_hash=""))


def _told(attempts: "AttemptQuerySet") -> QuerySet[Attempt]:
    """With the standing score, the count of remarks, and flags; one query whatever the number."""
    latest = ScoreRun.objects.filter(attempt=OuterRef("pk")).order_by("-seq")
    corrected = Override.objects.filter(attempt=OuterRef("pk"))
    return (
        attempts.filter(state=AttemptState.ENDED)
        .select_related("scenario_version", "person", "organisation", "digest", "assignment__cohort")
        .defer(*_TEXTS)
        .annotate(
            total=Subquery(latest.values("total")[:1]),
            passed=Subquery(latest.values("passed")[:1]),
            runs=Subquery(latest.values("seq")[:1]),
            remarks=Count("comments", filter=Q(comments__taken_back_at__isnull=True), distinct=True),
            is_twin=_is_twin(),
            is_corrected=Exists(corrected),
        )
        .order_by(F("ended_at").desc(), "-pk")
    )


def queue(user: "User | AnonymousUser", asked: Asked) -> QuerySet[Attempt]:
    """Ended attempts that one reviews, the latest first."""
    found = _told(attempts_reviewed_by(user))
    if asked.assignment:
        found = found.filter(assignment__uid=asked.assignment)
    if asked.scenario:
        found = found.filter(scenario_version__code=asked.scenario)
    if asked.kind:
        found = found.filter(counted=asked.kind == "counted")
    if asked.words:
        found = found.filter(says_all(asked.words.split(), "person__real_name"))
    if asked.flag == "any":
        return found.filter(_FLAGGED[Flag.GATE] | _FLAGGED[Flag.FAST] | _FLAGGED[Flag.TWIN] | _FLAGGED[Flag.UNASKED])
    return found.filter(_FLAGGED[Flag(asked.flag)]) if asked.flag in Flag.values else found


def flags_of(attempt: Attempt) -> list[Flag]:
    """The flags of an attempt that came from the queue."""
    digest = getattr(attempt, "digest", None)
    raised = {
        Flag.GATE: digest is not None and digest.gated,
        Flag.FAST: digest is not None and digest.fast,
        Flag.TWIN: bool(getattr(attempt, "is_twin", False)),
        Flag.UNASKED: digest is not None and digest.unasked,
    }
    return [flag for flag, is_up in raised.items() if is_up]


def flagged(user: "User | AnonymousUser", uid: UUID) -> list[Flag]:
    """The flags of one attempt (one query)."""
    attempt = _told(attempts_reviewed_by(user)).filter(uid=uid).first()
    return flags_of(attempt) if attempt else []


def scenarios_reviewed_by(user: "User | AnonymousUser") -> list[tuple[str, str, str]]:
    """Code and both titles of the cases that the queue holds, for its filter (one query)."""
    rows = attempts_reviewed_by(user).filter(state=AttemptState.ENDED).order_by("scenario_version__code")
    found = rows.values_list("scenario_version__code", "scenario_version__title", "scenario_version__title_en")
    return list({code: (code, zh, en) for code, zh, en in found.distinct()}.values())


def attempts_of_class(assignment: Assignment) -> QuerySet[Attempt]:
    """Ended attempts under an assignment, oldest first, with score and digest."""
    return _told(Attempt.objects.filter(assignment=assignment)).order_by("ended_at", "pk")
