"""Appeals: filed by whoever played within the term, decided by a person with reasons, and never by the machine."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.records.services import audit
from simulations.enums import AppealState, AttemptState
from simulations.models import Appeal, Attempt, ScoreRun
from simulations.policies import can_decide, can_play
from simulations.selectors.attempts import latest_score
from simulations.selectors.reviews import DECISION_TERM, appeal_against, hands_on, term_of

from .correcting import hold
from .reviewing import propose
from .telling import tell_appeal, tell_deciders

if TYPE_CHECKING:
    from lms.accounts.models import User


class NotYourScore(NotAllowed):
    code = "not-your-score"
    message = _("Only the person who played an attempt appeals against its score.")


class NothingToAppeal(Conflict):
    code = "no-score-to-appeal"
    message = _("There is no score yet. The term for an appeal begins when the attempt is scored.")


class TermIsOver(Conflict):
    code = "simulation-appeal-term-over"
    message = _("The term for an appeal against this score is over.")


class AppealedBefore(Conflict):
    code = "simulation-appealed-before"
    message = _("You have appealed against this score already. A score is appealed against once.")


class NoGrounds(Refusal):
    code = "simulation-appeal-without-grounds"
    field = "grounds"
    message = _("Say what you hold against the score; a person reads it and answers.")


class NotOfThisRubric(Refusal):
    code = "not-of-this-rubric"
    message = _("“%(item)s” is no item of this score.")


class AppealEnded(Conflict):
    code = "simulation-appeal-ended"
    message = _("This appeal is decided or waits for its second person: %(state)s.")


class NotYoursToDecide(NotAllowed):
    code = "not-yours-to-decide-simulation"
    message = _(
        "A manager of the training base decides, and neither whoever played nor anybody who has corrected the attempt."
    )


class NoExplanation(Refusal):
    code = "simulation-appeal-without-explanation"
    field = "explanation"
    message = _("Explain the decision; whoever appealed reads these words.")


class TakesAway(Refusal):
    code = "simulation-appeal-takes-away"
    field = "points"
    message = _("An appeal takes no points away: “%(item)s” has %(least)s already.")


def _score_to_appeal(attempt: Attempt, now: datetime) -> ScoreRun:
    run = latest_score(attempt)
    if run is None or attempt.state != AttemptState.ENDED:
        raise NothingToAppeal
    if now > term_of(run):
        raise TermIsOver
    if appeal_against(run):
        raise AppealedBefore
    return run


@transaction.atomic
def file_appeal(*, attempt: Attempt, filed_by: "User", grounds: str, items: Collection[str], now: datetime) -> Appeal:
    """Appeal against the score that stands; the items that are meant may be named."""
    if not can_play(filed_by, attempt):
        raise NotYourScore
    if not grounds.strip():
        raise NoGrounds
    held = hold(attempt)
    run = _score_to_appeal(held, now)
    unknown = sorted(set(items) - {line["id"] for line in run.parts["items"]})
    if unknown:
        raise NotOfThisRubric(item=unknown[0])
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(
                attempt=held,
                score=run,
                items=sorted(set(items)),
                grounds=grounds.strip(),
                filed_at=now,
                decide_by=now + DECISION_TERM,
            )
    except IntegrityError:
        raise AppealedBefore from None
    _record(appeal, "appeal-filed", f"user:{filed_by.pk}", now)
    tell_deciders(
        attempt=held,
        besides=hands_on(held),
        kind="simulation-appeal-waiting",
        subject_ref=f"simulations.appeal:{appeal.uid}",
        url=reverse("simulations:desk-appeal", args=[appeal.uid]),
        context={
            "person": held.person.real_name,
            "day": {"on": appeal.decide_by.astimezone(BEIJING).date().isoformat()},
        },
        now=now,
    )
    return appeal


def _record(appeal: Appeal, action: str, actor: str, now: datetime) -> None:
    audit.record(
        action=f"simulations.{action}",
        actor=actor,
        subject=f"simulations.appeal:{appeal.uid}",
        organisation=appeal.attempt.organisation.code,
        detail={"attempt": str(appeal.attempt.uid)},
        now=now,
    )


def _filed(appeal: Appeal) -> Appeal:
    """The appeal, locked with its attempt; refused unless it waits for a decision."""
    attempt = hold(appeal.attempt)
    held = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if held.state != AppealState.FILED:
        raise AppealEnded(state=held.get_state_display())
    held.attempt = attempt
    return held


@transaction.atomic
def withdraw(*, appeal: Appeal, withdrawn_by: "User", now: datetime) -> Appeal:
    """Take one's appeal back; within the term another may follow."""
    if not can_play(withdrawn_by, appeal.attempt):
        raise NotYourScore
    held = _filed(appeal)
    held.state = AppealState.WITHDRAWN
    held.save(update_fields=["state"])
    _record(held, "appeal-withdrawn", f"user:{withdrawn_by.pk}", now)
    return held


def may_decide(user: "User", appeal: Appeal) -> bool:
    """A manager of the base who neither played the attempt nor corrected anything of it."""
    return can_decide(user, appeal.attempt) and f"user:{user.pk}" not in hands_on(appeal.attempt)


@transaction.atomic
def decide(
    *,
    appeal: Appeal,
    decided_by: "User",
    points: Mapping[str, Decimal],
    explanation: str,
    now: datetime,
) -> Appeal:
    """Answer an appeal with reasons: with `points` it is granted, without any it is rejected.

    Where the attempt counts, granted points wait for a second person; until then the appeal is not upheld.
    """
    if not may_decide(decided_by, appeal):
        raise NotYoursToDecide
    if not explanation.strip():
        raise NoExplanation
    held = _filed(appeal)
    held.state = AppealState.CONFIRMING if points else AppealState.REJECTED
    held.explanation, held.decided_by, held.decided_at = explanation.strip(), f"user:{decided_by.pk}", now
    held.save(update_fields=["state", "explanation", "decided_by", "decided_at"])
    _record(held, f"appeal-{'granted' if points else 'rejected'}", held.decided_by, now)
    if points:
        _grant(held, points, decided_by, now)
        held.refresh_from_db(fields=["state"])
    else:
        run = latest_score(held.attempt) or held.score
        subject = f"simulations.appeal:{held.uid}:decided"
        tell_appeal(attempt=held.attempt, run=run, subject_ref=subject, upheld=False, now=now)
    return held


def _grant(appeal: Appeal, points: Mapping[str, Decimal], decided_by: "User", now: datetime) -> None:
    run = latest_score(appeal.attempt) or appeal.score
    before = {line["id"]: Decimal(line["points"]) for line in run.parts["items"]}
    for item, given in points.items():
        if item in before and given < before[item]:
            raise TakesAway(item=item, least=before[item])
    propose(
        attempt=appeal.attempt,
        points=points,
        reason=appeal.explanation,
        made_by=decided_by,
        now=now,
        appeal=appeal,
    )
