"""Comments, corrections and appeals: for whoever played, and for those who decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from lms.accounts.selectors.people import all_people
from simulations.enums import OPEN_APPEALS, AppealState, OverrideState
from simulations.models import Appeal, Attempt, EventComment, Override, ScoreRun
from simulations.selectors.attempts import latest_score

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

USER = "user:"
# A score may be appealed against for a week after it was written; a person answers within fifteen days.
APPEAL_TERM = timedelta(days=7)
DECISION_TERM = timedelta(days=15)
_WAITING_FIRST = Case(When(state__in=OPEN_APPEALS, then=Value(0)), default=Value(1), output_field=IntegerField())
_WHOLE = ("attempt__scenario_version", "attempt__organisation", "attempt__person__user", "attempt__assignment")
_TEXTS = ("attempt__scenario_version__source", "attempt__scenario_version__truths")


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """The names of people who acted (`user:12`), by that word (one query)."""
    ids = {int(actor.removeprefix(USER)) for actor in actors if actor.startswith(USER) and actor[5:].isdecimal()}
    if not ids:
        return {}
    people = all_people().filter(user__in=ids).values_list("user", "real_name")
    return {f"{USER}{user}": name for user, name in people}


def comments_on(attempt: Attempt) -> list[EventComment]:
    """What staff said about an attempt, in the order of its moments (one query)."""
    return list(attempt.comments.filter(taken_back_at__isnull=True))


def comment_visible(attempt: Attempt, uid: UUID) -> EventComment | None:
    """One remark about this attempt."""
    return attempt.comments.filter(uid=uid, taken_back_at__isnull=True).first()


def runs_of(attempt: Attempt) -> list[ScoreRun]:
    """Every score of an attempt with its cause, the first one first (one query)."""
    return list(attempt.scores.select_related("override", "rescore").order_by("seq"))


def overrides_of(attempt: Attempt) -> QuerySet[Override]:
    """Every correction of an attempt, the latest first."""
    return attempt.overrides.select_related("appeal")


def overrides_waiting(user: "User | AnonymousUser") -> QuerySet[Override]:
    """Corrections that wait for a second person at one's bases, the oldest first."""
    found = Override.objects.visible_to(user).filter(state=OverrideState.WAITING)
    return found.select_related(*_WHOLE).defer(*_TEXTS).order_by("made_at", "pk")


def override_visible(user: "User | AnonymousUser", uid: UUID) -> Override | None:
    """One correction at one's bases, with its attempt."""
    return Override.objects.visible_to(user).select_related(*_WHOLE, "score", "appeal").filter(uid=uid).first()


def term_of(run: ScoreRun) -> datetime:
    """Until when this score may be appealed against."""
    return run.at + APPEAL_TERM


def appeal_against(run: ScoreRun) -> Appeal | None:
    """The appeal against this very score; one that was taken back does not stand."""
    return Appeal.objects.filter(score=run).exclude(state=AppealState.WITHDRAWN).first()


def appeals_of(attempt: Attempt) -> QuerySet[Appeal]:
    """Every appeal about an attempt, the newest first."""
    return attempt.appeals.select_related("score").order_by("-filed_at", "-pk")


def appeals_to_decide(user: "User | AnonymousUser", state: str = "") -> QuerySet[Appeal]:
    """Appeals at the bases that one manages, never one's own: what waits first, by the day it is due."""
    found = Appeal.objects.visible_to(user).exclude(attempt__person__user_id=user.pk or 0)
    found = found.filter(state=state) if state else found
    return found.select_related(*_WHOLE, "score").defer(*_TEXTS).order_by(_WAITING_FIRST, "decide_by", "pk")


def appeal_to_decide(user: "User | AnonymousUser", uid: UUID) -> Appeal | None:
    """One of them, whole."""
    found = Appeal.objects.visible_to(user).exclude(attempt__person__user_id=user.pk or 0)
    return found.select_related(*_WHOLE, "score").filter(uid=uid).first()


def hands_on(attempt: Attempt) -> set[str]:
    """Everybody who has proposed or confirmed a correction of this attempt, refused ones among them (one query)."""
    rows = Override.objects.filter(attempt=attempt).values_list("made_by", "decided_by")
    return {name for row in rows for name in row if name}


@dataclass(frozen=True, slots=True)
class AppealTerm:
    """Whether a score may be appealed against now, and until when."""

    until: datetime | None
    may_file: bool


def appeal_term(attempt: Attempt, now: datetime) -> AppealTerm:
    """The term that runs for the score that stands (two queries)."""
    run = latest_score(attempt)
    return term_against(run, list(appeals_of(attempt)), now) if run else AppealTerm(None, may_file=False)


def term_against(run: ScoreRun, appeals: Iterable[Appeal], now: datetime) -> AppealTerm:
    """The term for this score, with the appeals that there are (no query)."""
    until = term_of(run)
    filed = any(each.score_id == run.pk and each.state != AppealState.WITHDRAWN for each in appeals)
    return AppealTerm(until, may_file=now <= until and not filed)
