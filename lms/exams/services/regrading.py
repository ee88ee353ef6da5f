"""Regrades: computed dry, approved by a second person, then written row by row, however often the worker dies."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.exams.enums import ENDED_STATES, RegradeKind, RegradeState, ResultReason
from lms.exams.models import Attempt, ItemExclusion, Regrade, RegradeLine, Result
from lms.exams.policies import can_run_exams
from lms.exams.selectors.sittings import standing_result
from lms.exams.services.correcting import proposed_key
from lms.exams.services.cuts import set_cut_score
from lms.exams.services.keys import KeyRing, put_in_force
from lms.exams.services.results import computed_again, differs, release
from lms.jobs.services.queue import enqueue
from lms.jobs.services.running import JobContext
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit

if TYPE_CHECKING:
    from lms.accounts.models import User

WRITE = "exams.regrade"
BATCH = 25


class NotYoursToApprove(NotAllowed):
    code = "not-yours-to-approve"
    message = _("A second person who runs exams at this training base decides, never the one who prepared it.")


class RegradeDecided(Conflict):
    code = "regrade-decided"
    message = _("This correction was decided before: %(state)s.")


class StillComputing(Conflict):
    code = "regrade-computing"
    message = _("The dry run is not finished. Wait until the page lists whose result would change.")


class ResultsCameIn(Conflict):
    code = "regrade-stale"
    message = _("Results came in after the dry run. Turn this correction down and prepare it anew.")


class RefusedWithoutReason(Refusal):
    code = "regrade-refused-without-reason"
    message = _("Say why you turn the correction down; whoever prepared it reads the reason.")


def _marked_papers(exam_id: int) -> QuerySet[Attempt]:
    """Attempts of an exam that have a result and count, in a lasting order."""
    found = Attempt.objects.filter(seat__exam=exam_id, state__in=ENDED_STATES, results__seq=1)
    return found.select_related("seat__paper", "seat__exam").order_by("pk")


def _newest_result(exam_id: int) -> int:
    return Result.objects.filter(attempt__seat__exam=exam_id).aggregate(pk=Max("pk"))["pk"] or 0


def _ring_for(regrade: Regrade) -> KeyRing:
    ring = KeyRing()
    if regrade.kind == RegradeKind.KEY and regrade.version_id:
        ring.add(regrade.version_id, proposed_key(regrade))
    return ring


def _line(regrade: Regrade, attempt: Attempt, ring: KeyRing) -> RegradeLine | None:
    """What a regrade would change for an attempt."""
    standing = standing_result(attempt)
    if standing is None:
        return None
    _basis, figures = computed_again(attempt, standing, ring=ring, regrade=regrade)
    if not differs(figures, standing):
        return None
    return RegradeLine(
        regrade=regrade,
        attempt=attempt,
        points_before=standing.points,
        points_after=figures.points,
        percent_before=standing.percent,
        percent_after=figures.percent,
        passed_before=standing.passed,
        passed_after=figures.passed,
    )


def dry_run(*, job: JobContext, regrade_id: int, now: datetime) -> None:
    """Compute whose result a regrade would change; nothing of it comes into force."""
    regrade = Regrade.objects.select_related("exam__organisation").get(pk=regrade_id)
    if regrade.computed_at or regrade.state != RegradeState.PREPARED:
        return
    newest, papers, ring = _newest_result(regrade.exam_id), _marked_papers(regrade.exam_id), _ring_for(regrade)
    total, lines = papers.count(), []
    for number, attempt in enumerate(papers.iterator(chunk_size=200), start=1):
        line = _line(regrade, attempt, ring)
        lines += [line] if line else []
        if number % 100 == 0:
            job.report(progress=number, total=total)
    with job.finish():
        RegradeLine.objects.bulk_create(lines, batch_size=500)
        Regrade.objects.filter(pk=regrade.pk).update(computed_at=now, papers=total, newest_result=newest)
        _ask_for_approval(regrade, now)


def _ask_for_approval(regrade: Regrade, now: datetime) -> None:
    exam = regrade.exam
    for manager in users_in_role(exam.organisation_id, Role.BASE_MANAGER, at=now):
        if f"user:{manager.pk}" != regrade.prepared_by:
            announce(
                to=manager,
                kind="regrade-waiting",
                subject_ref=f"exams.regrade:{regrade.uid}",
                context={
                    "exam": {"zh": exam.title, "en": exam.title_en},
                    "organisation": {"zh": exam.organisation.name, "en": exam.organisation.name_en},
                },
                url=reverse("exams:desk-regrade", args=[exam.code, regrade.uid]),
                organisation=exam.organisation.code,
                now=now,
            )


def _held(regrade: Regrade, decided_by: "User") -> Regrade:
    """The waiting regrade, locked, if this person may decide about it."""
    if not can_run_exams(decided_by, regrade.exam.organisation_id) or regrade.prepared_by == f"user:{decided_by.pk}":
        raise NotYoursToApprove
    held = Regrade.objects.select_for_update(of=("self",)).select_related("exam__organisation", "version")
    found = held.get(pk=regrade.pk)
    if found.state != RegradeState.PREPARED:
        raise RegradeDecided(state=found.get_state_display())
    return found


def _decide(regrade: Regrade, state: RegradeState, decided_by: "User", now: datetime) -> None:
    regrade.state, regrade.decided_by, regrade.decided_at = state, f"user:{decided_by.pk}", now
    regrade.save(update_fields=["state", "decided_by", "decided_at", "refusal"])
    audit.record(
        action=f"exams.regrade-{state.value}",
        actor=regrade.decided_by,
        subject=f"exams.regrade:{regrade.uid}",
        organisation=regrade.exam.organisation.code,
        detail={"exam": regrade.exam.code, **({"reason": regrade.refusal} if regrade.refusal else {})},
        now=now,
    )


@transaction.atomic
def approve(*, regrade: Regrade, decided_by: "User", now: datetime) -> Regrade:
    """Bring the correction into force and have the new results written."""
    held = _held(regrade, decided_by)
    if held.computed_at is None:
        raise StillComputing
    if _newest_result(held.exam_id) != held.newest_result:
        raise ResultsCameIn
    _decide(held, RegradeState.APPROVED, decided_by, now)
    _put_in_force(held, now)
    key = f"regrade:{held.pk}"
    enqueue(task=WRITE, key=key, payload={"regrade_id": held.pk}, now=now, owner=held.decided_by)
    return held


@transaction.atomic
def refuse(*, regrade: Regrade, reason: str, decided_by: "User", now: datetime) -> Regrade:
    """Turn the correction down; everything stays as it is."""
    if not reason.strip():
        raise RefusedWithoutReason
    held = _held(regrade, decided_by)
    held.refusal = reason.strip()
    _decide(held, RegradeState.REFUSED, decided_by, now)
    return held


def _put_in_force(regrade: Regrade, now: datetime) -> None:
    """From here on papers are marked by the correction, the ones already marked through the job."""
    proposal, version = regrade.proposal, regrade.version
    if version is None:  # a cut score, and nothing else
        set_cut_score(
            exam=regrade.exam,
            percent=Decimal(proposal["percent"]),
            method=proposal["method"],
            decided_on=date.fromisoformat(proposal["decided_on"]),
            decided_by=proposal["decided_by"],
            note=proposal["note"],
            actor=regrade.decided_by,
            now=now,
            by_regrade=True,
        )
    elif regrade.kind == RegradeKind.EXCLUSION:
        ItemExclusion.objects.create(exam=regrade.exam, version=version, regrade=regrade, rule=proposal["rule"], at=now)
    else:
        put_in_force(version=version, key=proposed_key(regrade), now=now)


def _batches(regrade: Regrade) -> Iterator[tuple[int, list[Attempt]]]:
    """Attempts that have no result of this regrade yet, a few at a time, with how many came before them."""
    todo = _marked_papers(regrade.exam_id).exclude(results__regrade=regrade)
    seen, last = 0, 0
    while batch := list(todo.filter(pk__gt=last)[:BATCH]):
        yield seen, batch
        seen, last = seen + len(batch), batch[-1].pk


def write(*, job: JobContext, regrade_id: int, now: datetime) -> None:
    """Write the new results of an approved regrade; begun again, it goes on where it was.

    Each batch is one transaction, and an attempt has one result for a regrade: killed at any moment, nothing
    is written twice and nothing is left out.
    """
    regrade = Regrade.objects.select_related("exam__organisation", "version").get(pk=regrade_id)
    if regrade.state != RegradeState.APPROVED:
        return
    ring, total = _ring_for(regrade), _marked_papers(regrade.exam_id).exclude(results__regrade=regrade).count()
    for seen, batch in _batches(regrade):
        with transaction.atomic():
            for attempt in batch:
                release(attempt=attempt, now=now, reason=ResultReason.REGRADED, regrade=regrade, ring=ring)
            job.report(progress=seen + len(batch), total=total)
    with job.finish():
        Regrade.objects.filter(pk=regrade.pk).update(state=RegradeState.DONE, done_at=now)
