"""Putting a decision down: its evidence frozen, written in the book, and told to those who decide."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.documents.printed import beijing_day
from certificates.documents.terms import Json
from certificates.enums import DecisionOutcome, DecisionState
from certificates.models import Decision
from certificates.policies import can_prepare
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.kernel.refusals import NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from lms.schemes.selectors.standing import NodeStanding, Standing

from .evidence import evidence_hash, freeze_evidence

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation


class MayNotPrepare(NotAllowed):
    """Only a manager of the training base prepares, and not about themselves."""

    code = "may-not-prepare"
    message = _("Only a manager of this training base may prepare this decision, and nobody their own.")


class NotEarnedYet(Refusal):
    """The level asks for something that is not there; `leaves` says what."""

    code = "not-earned-yet"
    message = _("Not earned yet: %(missing)s")

    def __init__(self, leaves: tuple[NodeStanding, ...]) -> None:
        self.leaves = leaves
        super().__init__(missing=" ".join(leaf.why for leaf in leaves))


def check_preparer(*, user: "User", organisation: "Organisation", person: "Person") -> None:
    """Refuse whoever may not prepare a decision about `person` here."""
    if not can_prepare(user, organisation.pk) or person.user_id == user.pk:
        raise MayNotPrepare


@transaction.atomic
def put_down(
    *,
    person: "Person",
    organisation: "Organisation",
    standing: Standing,
    cycle: int,
    prepared_by: "User",
    now: datetime,
    renewal: Json | None = None,
) -> Decision:
    """Freeze what a decision rests on and ask the certifiers; one that is on its way already is answered."""
    level = standing.level
    of_cycle = Decision.objects.filter(person=person, level=level.code, cycle=cycle, certificate__isnull=True)
    waiting = of_cycle.exclude(state=DecisionState.REFUSED).first()
    if waiting:
        return waiting
    if not standing.met:
        raise NotEarnedYet(standing.missing_leaves())
    evidence = freeze_evidence(person=person, organisation=organisation, standing=standing, now=now, renewal=renewal)
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                person=person,
                organisation=organisation,
                level=level.code,
                scheme_version=level.version,
                cycle=cycle,
                outcome=DecisionOutcome.AWARD if cycle == 1 else DecisionOutcome.RENEWAL,
                evidence=evidence,
                evidence_hash=evidence_hash(evidence),
                prepared_by=prepared_by,
                prepared_at=now,
            )
    except IntegrityError:  # a second click was faster
        return of_cycle.get(state=DecisionState.PREPARED)
    note(decision, "certificates.decision.prepare", prepared_by, now)
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
            subject_ref=reference(decision),
            context={**titles(decision), "organisation": {"zh": organisation.name, "en": organisation.name_en}},
            url=reverse("certificates:decision", args=[decision.uid]),
            organisation=organisation.code,
            mailed_as=f"certificates.decisions:{organisation.pk}:{beijing_day(now):%Y-%m-%d}",
            now=now,
        )


def reference(decision: Decision) -> str:
    return f"certificates.decision:{decision.pk}"


def titles(decision: Decision) -> dict[str, object]:
    level = decision.evidence["level"]
    return {"person": decision.person.real_name, "level": {"zh": level["name"], "en": level["name_en"]}}


def note(decision: Decision, action: str, user: "User", now: datetime, **detail: str) -> None:
    audit.record(
        action=action,
        actor=f"user:{user.pk}",
        subject=reference(decision),
        organisation=decision.organisation.code,
        detail={"evidence": decision.evidence_hash, **detail},
        now=now,
    )
