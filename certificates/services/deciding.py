"""Deciding about a level: prepared by one person with frozen evidence, approved or refused by another."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from certificates.documents.printed import beijing_day
from certificates.enums import DecisionState, RenewalState
from certificates.models import Certificate, Decision
from certificates.policies import can_decide, is_own_case
from certificates.selectors.renewals import renewal_file
from lms.cohorts.enums import LIVE_STATES as LIVE_MEMBERSHIPS
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.schemes.selectors.current import level_of
from lms.schemes.selectors.reasons import day_in_words
from lms.schemes.selectors.standing import Asked, standing

from .preparing import MayNotPrepare, NotEarnedYet, check_preparer, note, put_down, reference, titles

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation
    from lms.schemes.models import Level

# A refusal is put into words by whoever reads it.
_day = lazy(day_in_words, str)

__all__ = [
    "AlreadyDecided",
    "AlreadyHeld",
    "CanBeReinstated",
    "FourEyes",
    "MayNotDecide",
    "MayNotPrepare",
    "NotEarnedYet",
    "NotTrainedHere",
    "ReasonMissing",
    "approve_decision",
    "prepare_decision",
    "refuse_decision",
]


class MayNotDecide(NotAllowed):
    """Only a certifier of the same organisation decides, and not about themselves."""

    code = "may-not-decide"
    message = _("Only a certifier of this organisation may decide this, and nobody their own case.")


class FourEyes(NotAllowed):
    """The person who prepared it tried to decide it as well."""

    code = "four-eyes"
    message = _("Whoever prepared a decision does not decide it; ask a second certifier.")


class NotTrainedHere(Refusal):
    """The person has no place in a cohort of this base for this level."""

    code = "not-trained-here"
    message = _("%(name)s has no place in a cohort of this training base for this level.")


class AlreadyHeld(Conflict):
    """A live certificate of this level stands."""

    code = "already-held"
    message = _("%(name)s already holds a valid certificate of this level: %(serial)s.")


class CanBeReinstated(Conflict):
    """A lapsed certificate in its time of grace has a way of its own."""

    code = "can-be-reinstated"
    message = _("Certificate %(serial)s has lapsed and can be reinstated until %(until)s; prepare that instead.")


class AlreadyDecided(Conflict):
    """Somebody decided it before."""

    code = "already-decided"
    message = _("This decision has already been made.")


class ReasonMissing(Refusal):
    """A refusal without a reason cannot be answered for."""

    code = "reason-missing"
    message = _("Give the reason for refusing.")


SHORTEST_REASON = 2


def _level_rules(person: "Person", level: LevelCode, organisation: "Organisation") -> "Level":
    """The level as the scheme had it when the person was taken in: later rules do not reach back."""
    membership = (
        person.memberships.filter(cohort__organisation=organisation, cohort__level=level, state__in=LIVE_MEMBERSHIPS)
        .select_related("cohort__scheme_version__scheme")
        .order_by("-joined_at", "-pk")
        .first()
    )
    if membership is None:
        raise NotTrainedHere(name=person.real_name)
    return level_of(membership.cohort.scheme_version, level)


def _next_cycle(person: "Person", level: LevelCode, now: datetime) -> tuple[int, Asked]:
    """1, or the one after an expired certificate, and when the level is asked.

    A revoked certificate leaves its cycle free again. A lapsed one is reinstated by its own way as long as it can be;
    later the whole level is earned anew, by what happened since it lapsed.
    """
    today = beijing_day(now)
    newest = Certificate.objects.live().filter(person=person, level=level).order_by("-cycle").first()
    if newest is None:
        return 1, Asked(on=today)
    if today <= newest.valid_until:
        raise AlreadyHeld(name=person.real_name, serial=newest.serial)
    file = renewal_file(newest, on=today)
    if file.state == RenewalState.GRACE:
        raise CanBeReinstated(serial=newest.serial, until=_day(file.ends_on))
    anew = newest.valid_until + timedelta(days=1) if file.rules else None
    return newest.cycle + 1, Asked(on=today, anew=anew)


@transaction.atomic
def prepare_decision(
    *, person: "Person", level: LevelCode, organisation: "Organisation", prepared_by: "User", now: datetime
) -> Decision:
    """Freeze what a decision would rest on; the same again answers the decision that waits."""
    check_preparer(user=prepared_by, organisation=organisation, person=person)
    rules = _level_rules(person, level, organisation)
    cycle, asked = _next_cycle(person, level, now)
    where = standing(person_id=person.pk, level=rules, asked=asked)
    return put_down(
        person=person, organisation=organisation, standing=where, cycle=cycle, prepared_by=prepared_by, now=now
    )


def _answer_preparer(decision: Decision, kind: str, now: datetime, **more: str) -> None:
    announce(
        to=decision.prepared_by,
        kind=kind,
        subject_ref=reference(decision),
        context={**titles(decision), **more},
        url=reverse("certificates:decision", args=[decision.uid]),
        organisation=decision.organisation.code,
        now=now,
    )


def _waiting(decision: Decision, user: "User") -> Decision:
    """The locked row of a decision that `user` may make now."""
    locked = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("organisation", "person", "prepared_by")
        .get(pk=decision.pk)
    )
    if locked.prepared_by_id == user.pk:
        raise FourEyes
    if is_own_case(user, locked) or not can_decide(user, locked):
        raise MayNotDecide
    return locked


@transaction.atomic
def approve_decision(*, decision: Decision, approved_by: "User", now: datetime) -> Decision:
    """Approve what somebody else prepared; approving twice changes nothing."""
    locked = _waiting(decision, approved_by)
    if locked.state == DecisionState.APPROVED:
        return locked
    if locked.state != DecisionState.PREPARED:
        raise AlreadyDecided
    locked.state, locked.decided_by, locked.decided_at = DecisionState.APPROVED, approved_by, now
    locked.save(update_fields=["state", "decided_by", "decided_at"])
    note(locked, "certificates.decision.approve", approved_by, now)
    _answer_preparer(locked, "decision-approved", now)
    return locked


@transaction.atomic
def refuse_decision(*, decision: Decision, refused_by: "User", reason: str, now: datetime) -> Decision:
    """Refuse what somebody else prepared; it can be prepared again with new evidence."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    locked = _waiting(decision, refused_by)
    if locked.state != DecisionState.PREPARED:
        raise AlreadyDecided
    locked.state, locked.decided_by, locked.decided_at = DecisionState.REFUSED, refused_by, now
    locked.refusal_reason = reason.strip()
    locked.save(update_fields=["state", "decided_by", "decided_at", "refusal_reason"])
    note(locked, "certificates.decision.refuse", refused_by, now, reason=locked.refusal_reason)
    _answer_preparer(locked, "decision-refused", now, reason=locked.refusal_reason)
    return locked
