"""Deciding about a level: prepared by one person with frozen evidence, approved or refused by another."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.documents.printed import beijing_day
from certificates.enums import DecisionOutcome, DecisionState
from certificates.models import Certificate, Decision
from certificates.policies import can_decide, can_prepare, is_own_case
from lms.cohorts.enums import LIVE_STATES as LIVE_MEMBERSHIPS
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from lms.schemes.selectors.current import level_of
from lms.schemes.selectors.standing import NodeStanding, standing

from .evidence import evidence_hash, freeze_evidence

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation
    from lms.schemes.models import Level


class MayNotPrepare(NotAllowed):
    """Only a manager of the training base prepares, and not about themselves."""

    code = "may-not-prepare"
    message = _("Only a manager of this training base may prepare this decision, and nobody their own.")


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


class NotEarnedYet(Refusal):
    """The level asks for something that is not there; `leaves` says what."""

    code = "not-earned-yet"
    message = _("Not earned yet: %(missing)s")

    def __init__(self, leaves: tuple[NodeStanding, ...]) -> None:
        self.leaves = leaves
        super().__init__(missing=" ".join(leaf.why for leaf in leaves))


class AlreadyHeld(Conflict):
    """A live certificate of this level stands."""

    code = "already-held"
    message = _("%(name)s already holds a valid certificate of this level: %(serial)s.")


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


def _next_cycle(person: "Person", level: LevelCode, now: datetime) -> int:
    """1, or the one after an expired certificate; a revoked one leaves its cycle free again."""
    newest = Certificate.objects.live().filter(person=person, level=level).order_by("-cycle").first()
    if newest is None:
        return 1
    if beijing_day(now) <= newest.valid_until:
        raise AlreadyHeld(name=person.real_name, serial=newest.serial)
    return newest.cycle + 1


@transaction.atomic
def prepare_decision(
    *, person: "Person", level: LevelCode, organisation: "Organisation", prepared_by: "User", now: datetime
) -> Decision:
    """Freeze what a decision would rest on; the same again answers the decision that waits."""
    if not can_prepare(prepared_by, organisation.pk) or person.user_id == prepared_by.pk:
        raise MayNotPrepare
    rules = _level_rules(person, level, organisation)
    cycle = _next_cycle(person, level, now)
    of_cycle = Decision.objects.filter(person=person, level=level, cycle=cycle, certificate__isnull=True)
    waiting = of_cycle.exclude(state=DecisionState.REFUSED).first()
    if waiting:
        return waiting
    where = standing(person_id=person.pk, level=rules)
    if not where.met:
        raise NotEarnedYet(where.missing_leaves())
    evidence = freeze_evidence(person=person, organisation=organisation, standing=where, now=now)
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                person=person,
                organisation=organisation,
                level=level,
                scheme_version=rules.version,
                cycle=cycle,
                outcome=DecisionOutcome.AWARD if cycle == 1 else DecisionOutcome.RENEWAL,
                evidence=evidence,
                evidence_hash=evidence_hash(evidence),
                prepared_by=prepared_by,
                prepared_at=now,
            )
    except IntegrityError:  # a second click was faster
        return of_cycle.get(state=DecisionState.PREPARED)
    _note(decision, "certificates.decision.prepare", prepared_by, now)
    _ask_certifiers(decision, now)
    return decision


def _ask_certifiers(decision: Decision, now: datetime) -> None:
    """Tell everybody who may decide; a certifier gets one mail a day, however many decisions wait."""
    organisation = decision.organisation
    for user in users_in_role(organisation.pk, Role.CERTIFIER, at=now):
        if user.pk in (decision.prepared_by_id, decision.person.user_id):
            continue
        announce(
            to=user,
            kind="decision-waiting",
            subject_ref=_reference(decision),
            context={**_titles(decision), "organisation": {"zh": organisation.name, "en": organisation.name_en}},
            url=reverse("certificates:decision", args=[decision.uid]),
            organisation=organisation.code,
            mailed_as=f"certificates.decisions:{organisation.pk}:{beijing_day(now):%Y-%m-%d}",
            now=now,
        )


def _answer_preparer(decision: Decision, kind: str, now: datetime, **more: str) -> None:
    announce(
        to=decision.prepared_by,
        kind=kind,
        subject_ref=_reference(decision),
        context={**_titles(decision), **more},
        url=reverse("certificates:decision", args=[decision.uid]),
        organisation=decision.organisation.code,
        now=now,
    )


def _reference(decision: Decision) -> str:
    return f"certificates.decision:{decision.pk}"


def _titles(decision: Decision) -> dict[str, object]:
    level = decision.evidence["level"]
    return {"person": decision.person.real_name, "level": {"zh": level["name"], "en": level["name_en"]}}


def _note(decision: Decision, action: str, user: "User", now: datetime, **detail: str) -> None:
    audit.record(
        action=action,
        actor=f"user:{user.pk}",
        subject=_reference(decision),
        organisation=decision.organisation.code,
        detail={"evidence": decision.evidence_hash, **detail},
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
    _note(locked, "certificates.decision.approve", approved_by, now)
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
    _note(locked, "certificates.decision.refuse", refused_by, now, reason=locked.refusal_reason)
    _answer_preparer(locked, "decision-refused", now, reason=locked.refusal_reason)
    return locked
