"""Carrying out an import: all rows that are right, in one transaction."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.accounts.services.identity import set_identity
from lms.accounts.services.people import add_latin_name, register_person
from lms.cohorts.models import Cohort
from lms.cohorts.policies import can_import_roster
from lms.cohorts.services.cohorts import add_member, change_employer
from lms.kernel.refusals import NotAllowed
from lms.mailing.services.announcing import announce
from lms.records.services import audit

from .entries import Entry
from .planning import Action, Plan, RowPlan, plan_import
from .sheet import Sheet

if TYPE_CHECKING:
    from lms.accounts.models import Person, User


class MayNotImport(NotAllowed):
    """A roster is brought in by a manager of the base that runs the cohort."""

    code = "may-not-import"
    message = _("Only a manager of the base that runs this cohort may import a roster.")


def require_importer(user: "User", cohort: Cohort) -> None:
    """Refuse everybody but managers of the cohort's base."""
    if not can_import_roster(user, cohort):
        raise MayNotImport


def _person_for(entry: Entry, actor: str, now: datetime) -> "Person":
    return register_person(
        email=entry.mail,
        real_name=entry.name,
        latin_name=entry.latin_name,
        identity_number=entry.number,
        identity_kind=entry.kind,
        now=now,
        actor=actor,
    )


def _complete(person: "Person", entry: Entry, actor: str, now: datetime) -> None:
    add_latin_name(person=person, latin_name=entry.latin_name, actor=actor, now=now)
    if entry.number:
        set_identity(person=person, number=entry.number, kind=entry.kind, actor=actor, now=now)


def _write(cohort: Cohort, row: RowPlan, actor: str, now: datetime) -> None:
    entry, person = row.entry, row.person
    if entry is None:
        return
    if person is None:
        person = _person_for(entry, actor, now)
    else:
        _complete(person, entry, actor, now)
    place = add_member(cohort=cohort, person=person, employer=entry.employer, actor=actor, now=now)
    if entry.employer:
        change_employer(membership=place, employer=entry.employer, actor=actor, now=now)


@transaction.atomic
def carry_out_import(*, cohort: Cohort, sheet: Sheet, imported_by: "User", now: datetime) -> Plan:
    """Write every row that is right; answers what was done with each.

    The verdicts are made anew under a lock, so an import is right even if the preview is old. Rows in
    error are left for another time, people missing from the file stay, and the same file again changes
    nothing.
    """
    require_importer(imported_by, cohort)
    locked = Cohort.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=cohort.pk)
    plan = plan_import(cohort=locked, sheet=sheet, now=now)
    actor = f"user:{imported_by.pk}"
    for row in plan.rows:
        if row.action in (Action.CREATE, Action.UPDATE):
            _write(locked, row, actor, now)
    audit.record(
        action="cohorts.roster.import",
        actor=actor,
        subject=f"cohorts.cohort:{locked.pk}",
        organisation=locked.organisation.code,
        detail={"file": sheet.digest, "counts": plan.counts},
        now=now,
    )
    if plan.to_write:
        _tell(imported_by, locked, sheet, plan, now)
    return plan


def _tell(imported_by: "User", cohort: Cohort, sheet: Sheet, plan: Plan, now: datetime) -> None:
    counts = plan.counts
    announce(
        to=imported_by,
        kind="roster-imported",
        subject_ref=f"cohorts.roster:{cohort.pk}:{sheet.digest[:12]}:{now:%Y%m%dT%H%M%S}",
        context={
            "cohort": {"zh": cohort.title, "en": cohort.title_en},
            "created": counts[Action.CREATE],
            "updated": counts[Action.UPDATE],
            "errors": counts[Action.ERROR],
        },
        url=reverse("cohorts:cohort", args=[cohort.code]),
        organisation=cohort.organisation.code,
        now=now,
    )
