"""Opening cohorts, and people's places in them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import MembershipState, OrganisationKind
from lms.cohorts.models import Cohort, Membership, Organisation
from lms.kernel.beijing import BEIJING
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Conflict, Refusal
from lms.records.services import audit

from .identities import record_identity

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.schemes.models import SchemeVersion


class CohortCodeTaken(Conflict):
    """A training base uses a code once."""

    code = "cohort-code-taken"
    message = _("This training base already has a cohort with the code %(code)s.")


class NotATrainingBase(Refusal):
    """Cohorts are run by training bases."""

    code = "not-a-training-base"
    message = _("Only a training base runs cohorts.")


class EndsBeforeItStarts(Refusal):
    """The last day does not come before the first."""

    code = "cohort-dates"
    message = _("A cohort ends on or after its first day.")


class StillRunning(Conflict):
    """A class is over after its last day."""

    code = "cohort-still-running"
    message = _("This cohort runs until %(last)s. Close it after that day.")


class NotOnTheRoster(Conflict):
    """Only somebody who is there can leave."""

    code = "not-on-the-roster"
    message = _("This person has already left the cohort.")


def _record(action: str, membership: Membership, actor: str, now: datetime) -> None:
    audit.record(
        action=action,
        actor=actor,
        subject=f"cohorts.membership:{membership.pk}",
        organisation=membership.cohort.organisation.code,
        detail={"cohort": membership.cohort.code, "person": f"accounts.person:{membership.person_id}"},
        now=now,
    )


@transaction.atomic
def open_cohort(
    *,
    organisation: Organisation,
    code: str,
    title: str,
    title_en: str = "",
    level: LevelCode,
    scheme_version: "SchemeVersion",
    starts_on: date,
    ends_on: date,
    capacity: int = 60,
    actor: str = "system",
    now: datetime,
) -> Cohort:
    """Open a cohort under a code that this base has not used before."""
    if organisation.kind != OrganisationKind.BASE:
        raise NotATrainingBase
    if ends_on < starts_on:
        raise EndsBeforeItStarts
    try:
        with transaction.atomic():
            cohort = Cohort.objects.create(
                organisation=organisation,
                code=code,
                title=title,
                title_en=title_en,
                level=LevelCode(level).value,
                scheme_version=scheme_version,
                starts_on=starts_on,
                ends_on=ends_on,
                capacity=capacity,
                created_at=now,
            )
    except IntegrityError as error:
        raise CohortCodeTaken(code=code) from error
    audit.record(
        action="cohorts.cohort.open",
        actor=actor,
        subject=f"cohorts.cohort:{cohort.pk}",
        organisation=organisation.code,
        now=now,
    )
    return cohort


@transaction.atomic
def add_member(
    *, cohort: Cohort, person: "Person", employer: str = "", actor: str = "system", now: datetime
) -> Membership:
    """Give a person a place in a cohort; who has one keeps it, who left comes back to it.

    A registered identity number is reported to the requirement trees in the same breath.
    """
    membership, is_new = Membership.objects.get_or_create(
        cohort=cohort, person=person, defaults={"employer": employer, "joined_at": now}
    )
    if is_new:
        _record("cohorts.membership.add", membership, actor, now)
    elif membership.state == MembershipState.WITHDRAWN:
        membership.state = MembershipState.ACTIVE
        membership.save(update_fields=["state"])
        _record("cohorts.membership.return", membership, actor, now)
    if person.identity_hash:
        record_identity(person, now)
    return membership


@transaction.atomic
def change_employer(*, membership: Membership, employer: str, actor: str, now: datetime) -> Membership:
    """Note where a member of the cohort works now."""
    if membership.employer != employer:
        membership.employer = employer
        membership.save(update_fields=["employer"])
        _record("cohorts.membership.change-employer", membership, actor, now)
    return membership


@transaction.atomic
def withdraw_member(*, membership: Membership, reason: str, actor: str, now: datetime) -> Membership:
    """Take a person out of a cohort; the place stays on the roster as withdrawn."""
    locked = (
        Membership.objects.select_for_update(of=("self",)).select_related("cohort__organisation").get(pk=membership.pk)
    )
    if locked.state == MembershipState.WITHDRAWN:
        raise NotOnTheRoster
    locked.state = MembershipState.WITHDRAWN
    locked.save(update_fields=["state"])
    audit.record(
        action="cohorts.membership.withdraw",
        actor=actor,
        subject=f"cohorts.membership:{locked.pk}",
        organisation=locked.cohort.organisation.code,
        detail={"reason": reason},
        now=now,
    )
    return locked


@transaction.atomic
def finish_cohort(*, cohort: Cohort, actor: str, now: datetime) -> int:
    """Close a cohort after its last day: whoever is still active in it has finished. Gives their number."""
    if now.astimezone(BEIJING).date() <= cohort.ends_on:
        raise StillRunning(last=cohort.ends_on.isoformat())
    finished = cohort.memberships.filter(state=MembershipState.ACTIVE).update(state=MembershipState.FINISHED)
    if finished:
        audit.record(
            action="cohorts.cohort.finish",
            actor=actor,
            subject=f"cohorts.cohort:{cohort.pk}",
            organisation=cohort.organisation.code,
            detail={"finished": finished},
            now=now,
        )
    return finished
