"""Appeals: filed by the candidate within the term, decided by a person with reasons, and never by the machine."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.exams.enums import AppealState, ResultReason, ReviewPhase
from lms.exams.models import Appeal, Attempt, Result
from lms.exams.policies import can_decide_appeal, can_sit
from lms.exams.selectors.appeals import appeal_against, term_of
from lms.exams.selectors.phases import phase_of
from lms.exams.selectors.sittings import standing_result
from lms.exams.services.results import hold_ended, release
from lms.exams.services.scripts import source_of, written_slots
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.marking.selectors.hands import hands_on
from lms.records.services import audit

if TYPE_CHECKING:
    from lms.accounts.models import User


class NotYourResult(NotAllowed):
    code = "not-your-result"
    message = _("Only the person who sat the exam appeals against its result.")


class NothingToAppeal(Conflict):
    code = "no-result-to-appeal"
    message = _("There is no result yet. The term for an appeal begins when the result is shown.")


class TermIsOver(Conflict):
    code = "appeal-term-over"
    message = _("The term for an appeal against this result is over.")


class AppealedBefore(Conflict):
    code = "appealed-before"
    message = _("You have appealed against this result already. A result is appealed against once.")


class NoGrounds(Refusal):
    code = "appeal-without-grounds"
    message = _("Say what you hold against the result; a person reads it and answers.")


class NotOfThisPaper(Refusal):
    code = "not-of-this-paper"
    message = _("Question %(slot)s is not part of this paper.")


class AppealEnded(Conflict):
    code = "appeal-ended"
    message = _("This appeal has ended: %(state)s.")


class NotYoursToDecide(NotAllowed):
    code = "not-yours-to-decide-appeal"
    message = _(
        "Somebody who runs exams at this base decides, and neither the candidate nor anybody who marked the paper."
    )


class NoExplanation(Refusal):
    code = "appeal-without-explanation"
    message = _("Explain the decision; the candidate reads these words.")


class NothingChanged(Refusal):
    code = "appeal-changes-nothing"
    message = _("An appeal that is upheld changes the points of at least one question.")


class PointsOutOfRange(Refusal):
    code = "appeal-points"
    message = _("Question %(slot)s can be given between %(least)s and %(most)s points; an appeal takes none away.")


def _refuse_unless_open(attempt: Attempt, now: datetime) -> Result:
    """The result that may be appealed against now."""
    result = standing_result(attempt)
    if result is None or phase_of(attempt, now) == ReviewPhase.RECEIPT:
        raise NothingToAppeal
    if now > term_of(result, attempt.seat.exam):
        raise TermIsOver
    if appeal_against(result):
        raise AppealedBefore
    return result


@transaction.atomic
def file_appeal(*, attempt: Attempt, filed_by: "User", grounds: str, slots: Collection[int], now: datetime) -> Appeal:
    """Appeal against the standing result; the questions that are meant may be named."""
    if not can_sit(filed_by, attempt.seat):
        raise NotYourResult
    if not grounds.strip():
        raise NoGrounds
    held = hold_ended(attempt)
    result = _refuse_unless_open(held, now)
    unknown = set(slots) - {item["slot"] for item in held.seat.paper.items}
    if unknown:
        raise NotOfThisPaper(slot=min(unknown))
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(
                attempt=held,
                result=result,
                slots=sorted(set(slots)),
                grounds=grounds.strip(),
                filed_at=now,
                decide_by=now + timedelta(days=held.seat.exam.decision_days),
            )
    except IntegrityError:
        raise AppealedBefore from None
    _record(appeal, "exams.appeal-filed", f"user:{filed_by.pk}", now)
    _tell_managers(appeal, now)
    return appeal


def _record(appeal: Appeal, action: str, actor: str, now: datetime) -> None:
    exam = appeal.attempt.seat.exam
    audit.record(
        action=action,
        actor=actor,
        subject=f"exams.appeal:{appeal.uid}",
        organisation=exam.organisation.code,
        detail={"exam": exam.code, "attempt": str(appeal.attempt.uid)},
        now=now,
    )


def _tell_managers(appeal: Appeal, now: datetime) -> None:
    """Each manager of the base but the appellant; one mail a day."""
    seat, exam = appeal.attempt.seat, appeal.attempt.seat.exam
    today = now.astimezone(BEIJING).date()
    for manager in users_in_role(exam.organisation_id, Role.BASE_MANAGER, at=now):
        if manager.pk != seat.person.user_id:
            announce(
                to=manager,
                kind="appeal-waiting",
                subject_ref=f"exams.appeal:{appeal.uid}",
                context={
                    "person": seat.person.real_name,
                    "exam": {"zh": exam.title, "en": exam.title_en},
                    "day": {"on": appeal.decide_by.astimezone(BEIJING).date().isoformat()},
                    "organisation": {"zh": exam.organisation.name, "en": exam.organisation.name_en},
                },
                url=reverse("exams:desk-appeal", args=[appeal.uid]),
                organisation=exam.organisation.code,
                mailed_as=f"exams.appeals:{exam.organisation.code}:{manager.pk}:{today.isoformat()}",
                now=now,
            )


def _waiting(appeal: Appeal) -> Appeal:
    """The appeal, locked; refused once it has ended."""
    held = Appeal.objects.select_for_update(of=("self",))
    found = held.select_related("attempt__seat__exam__organisation", "attempt__seat__person__user").get(pk=appeal.pk)
    if found.state != AppealState.FILED:
        raise AppealEnded(state=found.get_state_display())
    return found


@transaction.atomic
def withdraw(*, appeal: Appeal, withdrawn_by: "User", now: datetime) -> Appeal:
    """Take one's appeal back; within the term another may follow."""
    if not can_sit(withdrawn_by, appeal.attempt.seat):
        raise NotYourResult
    held = _waiting(appeal)
    held.state = AppealState.WITHDRAWN
    held.save(update_fields=["state"])
    _record(held, "exams.appeal-withdrawn", f"user:{withdrawn_by.pk}", now)
    return held


def may_decide(user: "User", appeal: Appeal) -> bool:
    """Whether this person decides: who runs the exam, is not the candidate, and has marked nothing of the paper."""
    attempt = appeal.attempt
    if not can_decide_appeal(user, appeal):
        return False
    sources = [source_of(attempt, slot) for slot in written_slots(attempt.seat.paper)]
    return not sources or f"user:{user.pk}" not in hands_on(sources)


def _checked(points: Mapping[int, Decimal], standing: Result) -> dict[int, Decimal]:
    """The points that really change, each between what was given and what the question is worth."""
    changed = {}
    lines = {line["slot"]: line for line in standing.marks}
    for slot, given in points.items():
        if slot not in lines:
            raise NotOfThisPaper(slot=slot)
        least, most = Decimal(lines[slot]["points"]), Decimal(lines[slot]["of"])
        if not least <= given <= most:
            raise PointsOutOfRange(slot=slot, least=least, most=most)
        if given != least:
            changed[slot] = given
    return changed


@transaction.atomic
def decide(
    *,
    appeal: Appeal,
    decided_by: "User",
    upheld: bool,
    explanation: str,
    now: datetime,
    points: Mapping[int, Decimal] | None = None,
) -> Appeal:
    """Answer an appeal once and for ever; one that is upheld gives the paper a new result."""
    if not may_decide(decided_by, appeal):
        raise NotYoursToDecide
    if not explanation.strip():
        raise NoExplanation
    attempt = hold_ended(appeal.attempt)
    held = _waiting(appeal)
    standing = Result.objects.filter(attempt=attempt).order_by("-seq")[0]
    changed = _checked(points or {}, standing) if upheld else {}
    if upheld and not changed:
        raise NothingChanged
    held.state = AppealState.UPHELD if upheld else AppealState.REJECTED
    held.explanation, held.decided_by, held.decided_at = explanation.strip(), f"user:{decided_by.pk}", now
    lines = [{"slot": slot, "points": f"{given:.2f}"} for slot, given in sorted(changed.items())]
    held.decision = {"schema": 1, "points": lines}
    held.save(update_fields=["state", "explanation", "decided_by", "decided_at", "decision"])
    _record(held, f"exams.appeal-{held.state}", held.decided_by, now)
    if changed:
        standing = release(attempt=attempt, now=now, reason=ResultReason.APPEALED, appeal=held, adjusted=changed)
    _tell_candidate(held, standing, now)
    return held


def _tell_candidate(appeal: Appeal, result: Result, now: datetime) -> None:
    seat, exam = appeal.attempt.seat, appeal.attempt.seat.exam
    announce(
        to=seat.person.user,
        kind="appeal-decided",
        subject_ref=f"exams.appeal:{appeal.uid}:decided",
        context={
            "exam": {"zh": exam.title, "en": exam.title_en},
            "points": f"{result.points.normalize():f} / {result.max_points.normalize():f}",
            "upheld": appeal.state == AppealState.UPHELD,
        },
        url=reverse("exams:appeal", args=[appeal.attempt.uid]),
        organisation=seat.organisation.code,
        now=now,
    )
