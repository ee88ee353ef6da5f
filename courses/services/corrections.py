"""Putting right by hand what the counting got wrong: minutes given or taken back, with a reason and evidence."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses import policies
from courses.enums import EnrolmentState, ItemState
from courses.models import Enrolment, ItemProgress, StudyCorrection
from courses.selectors.outlines import item_of
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.notices import notify
from lms.records.services import audit
from lms.records.services.papers import keep_paper, read_paper

from .completing import reopen_item
from .counting import recount
from .crediting import add, write
from .holding import lock_study
from .leases import EnrolmentOver, ItemUnknown
from .spans import first, last, length, minus, spans_of, union

if TYPE_CHECKING:
    from courses.selectors.outlines import Item
    from lms.accounts.models import User
    from lms.records.services.papers import Paper

    from .spans import Spans


class MayNotCorrect(NotAllowed):
    """Study time is corrected by a manager of the base that keeps the enrolment, and by nobody for themselves."""

    code = "correction-not-allowed"
    message = _("Only a manager of the training base corrects study time, and nobody corrects their own.")


class CorrectionSaysNothing(Refusal):
    """A correction without a reason cannot be understood later."""

    code = "correction-needs-reason"
    message = _("Say why the study time is corrected.")


class NothingToCorrect(Refusal):
    """Nought minutes, or more than there are."""

    code = "correction-out-of-range"
    message = _("Between %(least)s and %(most)s minutes can be corrected here; 0 changes nothing.")


class PresenceOpen(Conflict):
    """What waits for an answer is decided first."""

    code = "correction-while-waiting"
    message = _("Part of this lesson still waits for a presence answer. Correct it when that is decided.")


@transaction.atomic
def correct_study(
    *,
    enrolment: Enrolment,
    item_uid: str,
    minutes: int,
    reason: str,
    evidence_name: str,
    evidence: bytes,
    corrected_by: "User",
    now: datetime,
) -> StudyCorrection:
    """Give (`minutes` above nought) or take back (below) minutes of an item, and settle all that follows.

    Given are the first seconds that are missing, taken back the last that were counted. An item that was complete and
    is no longer gives its class hours back; one that becomes complete posts them.
    """
    paper = read_paper(name=evidence_name, content=evidence)
    lock_study(enrolment.person_id)
    enrolment = Enrolment.objects.with_outline().select_related("person__user", "organisation").get(pk=enrolment.pk)
    item = _correctable(enrolment, item_uid, reason, corrected_by)
    progress = ItemProgress.objects.filter(enrolment=enrolment, item_uid=item_uid).first() or ItemProgress(
        item_uid=item_uid, declared_s=item.declared_s, last_at=now
    )
    progress.enrolment = enrolment
    parts = _parts(progress, minutes)
    actor = f"user:{corrected_by.pk}"
    if minutes < 0 and progress.state == ItemState.COMPLETE:
        reopen_item(enrolment=enrolment, item_uid=item_uid, reason=reason.strip(), actor=actor, now=now)
    correction = _write_down(enrolment, item_uid, minutes, parts, reason.strip(), paper, actor, now)
    _settle(progress, parts, given=minutes > 0, now=now)
    _tell(enrolment, item, correction, now)
    return correction


def _correctable(enrolment: Enrolment, item_uid: str, reason: str, corrected_by: "User") -> "Item":
    if not policies.can_correct(corrected_by, enrolment):
        raise MayNotCorrect
    if not reason.strip():
        raise CorrectionSaysNothing
    if enrolment.state == EnrolmentState.WITHDRAWN:
        raise EnrolmentOver
    item = item_of(enrolment.course_version, item_uid)
    if item is None:
        raise ItemUnknown
    return item


def _parts(progress: ItemProgress, minutes: int) -> "Spans":
    """Which seconds are given or taken; a last minute that is begun counts as one."""
    if progress.waiting:
        raise PresenceOpen
    missing = minus([[0, progress.declared_s]], union(progress.covered, spans_of(progress.waiting)))
    least, most = -_minutes(progress.covered_s), _minutes(length(missing))
    if minutes == 0 or not least <= minutes <= most:
        raise NothingToCorrect(least=least, most=most)
    return first(missing, minutes * 60) if minutes > 0 else last(progress.covered, -minutes * 60)


def _minutes(seconds: int) -> int:
    """Whole minutes, a begun one with them."""
    return -(-seconds // 60)


def _write_down(
    enrolment: Enrolment, item_uid: str, minutes: int, parts: "Spans", reason: str, paper: "Paper", actor: str,
    now: datetime,
) -> StudyCorrection:  # fmt: skip
    file = keep_paper(paper=paper, kind="study-evidence", owner=f"courses.enrolment:{enrolment.pk}", now=now)
    correction = StudyCorrection.objects.create(
        enrolment=enrolment,
        item_uid=item_uid,
        minutes=minutes,
        parts=parts,
        reason=reason,
        evidence=file,
        evidence_name=paper.name,
        evidence_sha256=file.sha256,
        actor=actor,
        at=now,
    )
    audit.record(
        action="courses.study-corrected",
        actor=actor,
        subject=f"courses.enrolment:{enrolment.pk}",
        organisation=enrolment.organisation.code,
        detail={"item": item_uid, "minutes": minutes, "reason": reason, "evidence": file.sha256},
        now=now,
    )
    return correction


def _settle(progress: ItemProgress, parts: "Spans", *, given: bool, now: datetime) -> None:
    was_complete = progress.state == ItemState.COMPLETE
    if given:
        add(progress, parts, now)
        write(enrolment=progress.enrolment, progress=progress, was_complete=was_complete, now=now)
        return
    progress.covered = minus(progress.covered, parts)
    progress.covered_s = length(progress.covered)
    progress.state, progress.completed_at = ItemState.STARTED, None
    progress.save()
    recount(enrolment=progress.enrolment, last_item_uid=progress.item_uid, now=now)


def _tell(enrolment: Enrolment, item: "Item", correction: StudyCorrection, now: datetime) -> None:
    if enrolment.person.user_id is None:
        return
    notify(
        user_id=enrolment.person.user_id,
        kind="study-corrected",
        subject_ref=f"courses.correction:{correction.pk}",
        context={
            "lesson": {"zh": item.title_zh, "en": item.title_en},
            "minutes": f"{correction.minutes:+d}",
            "reason": correction.reason,
        },
        url=reverse("courses:hours", args=[enrolment.uid]),
        organisation=enrolment.organisation.code,
        now=now,
    )
