"""Writing down field practice: a draft, its evidence, handing it in; a supervisor decides about it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.enums import EDITABLE_STATES, PracticeKind, PracticeState
from courses.models import PracticeEvent, PracticeEvidence, PracticeRecord
from courses.selectors.discussion import TEACHING
from courses.selectors.offerings import day_of
from courses.selectors.practice import bases_for_practice, records_to_link
from lms.cohorts.selectors.roles import users_in_role
from lms.kernel.refusals import Conflict, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services.papers import MAX_DOCUMENTS, Paper, keep_paper
from lms.records.services.private_files import shred

from .practice_facts import checked, missing_in

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation

KIND = "practice-evidence"


class NotYourBase(Refusal):
    """Somebody there has to know the person."""

    code = "practice-without-base"
    message = _("Choose a training base at which you study; somebody there signs the record off.")


class PracticeSettled(Conflict):
    """Handed in or decided, perhaps in another tab."""

    code = "practice-settled"
    message = _("This record can no longer be changed: %(state)s.")


class PracticeAhead(Refusal):
    """Nobody records what has not happened."""

    code = "practice-ahead"
    message = _("A practice record tells of what has happened, so its day cannot lie ahead.")


class PracticeIncomplete(Refusal):
    """A draft may have gaps, a record may not."""

    code = "practice-incomplete"
    message = _("Something is still missing: %(fields)s.")


class EvidenceMissing(Refusal):
    """A supervisor confirms what can be checked."""

    code = "evidence-missing"
    message = _("Add at least one file that proves the record, then hand it in.")


class TooMuchEvidence(Refusal):
    """More files than anybody reads."""

    code = "too-much-evidence"
    message = _("A record takes at most %(most)s files. Take some out, or join pages into one file.")


class NotADraft(Conflict):
    """What was handed in once stays on record."""

    code = "practice-not-a-draft"
    message = _("Only a draft that was never handed in can be thrown away.")


@transaction.atomic
def begin_practice(
    *, person: "Person", organisation: "Organisation", kind: PracticeKind, title: str, occurred_on: date, now: datetime
) -> PracticeRecord:
    """Begin a draft; nobody else sees it before it is handed in."""
    if not bases_for_practice(person.pk).filter(pk=organisation.pk).exists():
        raise NotYourBase
    _require_past(occurred_on, now)
    return PracticeRecord.objects.create(
        person=person,
        organisation=organisation,
        kind=kind,
        title=title,
        occurred_on=occurred_on,
        created_at=now,
        changed_at=now,
    )


@transaction.atomic
def write_practice(
    *, record: PracticeRecord, title: str, occurred_on: date, fields: Mapping[str, Any], now: datetime
) -> PracticeRecord:
    """Keep what is written so far; gaps are allowed, wrong values are not."""
    locked = locked_editable(record)
    _require_past(occurred_on, now)
    links = records_to_link(locked.person_id, tuple(PracticeKind)).exclude(pk=locked.pk)
    locked.fields = checked(kind=locked.kind, fields=fields, links=links, today=day_of(now))
    locked.title, locked.occurred_on, locked.changed_at = title, occurred_on, now
    locked.save(update_fields=["title", "occurred_on", "fields", "changed_at"])
    return locked


@transaction.atomic
def add_evidence(*, record: PracticeRecord, papers: Iterable[Paper], now: datetime) -> None:
    """Keep files that prove the record, enciphered."""
    locked = locked_editable(record)
    for paper in papers:
        file = keep_paper(paper=paper, kind=KIND, owner=f"courses.practice:{locked.pk}", now=now)
        PracticeEvidence.objects.create(record=locked, name=paper.name, file=file, added_at=now)
    if locked.evidence.filter(file__isnull=False).count() > MAX_DOCUMENTS:
        raise TooMuchEvidence(most=MAX_DOCUMENTS)


@transaction.atomic
def remove_evidence(*, record: PracticeRecord, evidence: PracticeEvidence) -> None:
    """Shred a file; of a record that a supervisor has seen, its line stays."""
    locked = locked_editable(record)
    if evidence.file is not None:
        shred(evidence.file)
    if locked.state == PracticeState.DRAFT:
        PracticeEvidence.objects.filter(pk=evidence.pk).delete()


@transaction.atomic
def hand_in_practice(*, record: PracticeRecord, actor: str, now: datetime) -> PracticeRecord:
    """Hand the record to the training base, if nothing is missing."""
    locked = locked_editable(record)
    missing = missing_in(locked.kind, locked.fields)
    if missing:
        raise PracticeIncomplete(fields=", ".join(str(field.label) for field in missing))
    if not locked.evidence.filter(file__isnull=False).exists():
        raise EvidenceMissing
    event = change_state(locked, to=PracticeState.SUBMITTED, actor=actor, reason="", now=now)
    _tell_supervisors(locked, event, now)
    return locked


@transaction.atomic
def discard_practice(*, record: PracticeRecord) -> None:
    """Throw away a draft that was never handed in, with its files."""
    locked = locked_editable(record)
    if locked.state != PracticeState.DRAFT:
        raise NotADraft
    for evidence in locked.evidence.select_related("file"):
        remove_evidence(record=locked, evidence=evidence)
    locked.delete()


def locked_editable(record: PracticeRecord) -> PracticeRecord:
    """The record for this transaction alone, while its owner may still change it."""
    locked = PracticeRecord.objects.select_for_update().get(pk=record.pk)
    if locked.state not in EDITABLE_STATES:
        raise PracticeSettled(state=locked.get_state_display())
    return locked


def change_state(record: PracticeRecord, *, to: PracticeState, actor: str, reason: str, now: datetime) -> PracticeEvent:
    """Change the state and write down from where, to where, by whom and why."""
    before, record.state, record.changed_at = record.state, to, now
    record.save(update_fields=["state", "supervisor", "changed_at"])
    return PracticeEvent.objects.create(
        record=record, from_state=before, to_state=to, actor=actor, reason=reason, at=now
    )


def _require_past(occurred_on: date, now: datetime) -> None:
    if occurred_on > day_of(now):
        raise PracticeAhead


def _tell_supervisors(record: PracticeRecord, event: PracticeEvent, now: datetime) -> None:
    base = record.organisation
    teachers = {user.pk: user for role in TEACHING for user in users_in_role(base.pk, role, at=now)}
    for teacher in teachers.values():
        if teacher.pk == record.person.user_id:
            continue
        announce(
            to=teacher,
            kind="practice-waiting",
            subject_ref=f"courses.practice_event:{event.pk}",
            context={
                "person": record.person.real_name,
                "record": record.title,
                "organisation": {"zh": base.name, "en": base.name_en},
            },
            url=reverse("courses:base-practice-record", args=[record.uid]),
            organisation=base.code,
            mailed_as=f"courses.practice:{base.pk}:{now.date().isoformat()}",
            now=now,
        )
