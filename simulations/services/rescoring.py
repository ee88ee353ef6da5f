"""Rescores: computed dry, approved by a second person, then written attempt by attempt, however often interrupted."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import users_in_role
from lms.jobs.services.queue import enqueue
from lms.jobs.services.running import JobContext
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from simulations.engine.scenario import Scenario
from simulations.enums import DECIDING_ROLES, AttemptState, RescoreState, VersionState
from simulations.models import Attempt, Rescore, RescoreLine, ScenarioVersion, ScoreRun
from simulations.policies import can_decide_here
from simulations.selectors.attempts import latest_score
from simulations.selectors.scenarios import scenario_in

from .correcting import differs, hold, rescored, score_again
from .telling import title_of

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

DRY_RUN, WRITE = "simulations.try-rescore", "simulations.rescore"
BATCH = 25
# What a corrected edition may change: how the case is scored, and nothing of what can happen in it.
SCORING = ("version", "as_of", "rubric", "competencies", "pass_mark", "reflection")


class NotYoursToRescore(NotAllowed):
    code = "not-yours-to-rescore"
    message = _("Managers of the training base prepare a rescore, and another manager decides, never the same person.")


class NotTheSameCase(Refusal):
    code = "rescore-other-case"
    field = "corrected"
    message = _("The corrected edition changes more than the rubric: %(parts)s. Attempts cannot be scored by it.")


class NotAnEdition(Refusal):
    code = "rescore-no-edition"
    field = "corrected"
    message = _("Choose another edition of the same scenario, one that has been tested.")


class RescoreUnderWay(Conflict):
    code = "rescore-under-way"
    message = _("A rescore of this edition is under way at your base. Have it decided first.")


class NoReason(Refusal):
    code = "rescore-without-reason"
    field = "reason"
    message = _("Say what was wrong with the rubric; everybody whose score changes reads it.")


class RescoreDecided(Conflict):
    code = "rescore-decided"
    message = _("This rescore was decided before: %(state)s.")


class StillComputing(Conflict):
    code = "rescore-computing"
    message = _("The dry run is not finished. Wait until the page lists whose score would change.")


class ScoresCameIn(Conflict):
    code = "rescore-stale"
    message = _("Scores came in after the dry run. Turn this rescore down and prepare it anew.")


def _written(scenario: Scenario) -> dict[str, Any]:
    body: dict[str, Any] = scenario.model_dump(mode="json", exclude=set(SCORING))
    for flavour in body.get("flavours", {}).values():
        for part in SCORING:
            flavour.get("patch", {}).pop(part, None)
    for trap in body.get("traps", {}).values():
        trap.pop("cap", None)
    return body


def parts_changed(old: Scenario, new: Scenario) -> list[str]:
    """Which parts of a case two editions do not share, beside how it is scored."""
    before, after = _written(old), _written(new)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


@transaction.atomic
def prepare(
    *,
    organisation: "Organisation",
    version: ScenarioVersion,
    corrected: ScenarioVersion,
    reason: str,
    prepared_by: "User",
    now: datetime,
) -> Rescore:
    """Propose to score a base's attempts of an edition by the rubric of a corrected one; a job computes it dry."""
    if not can_decide_here(prepared_by, organisation.pk):
        raise NotYoursToRescore
    if not reason.strip():
        raise NoReason
    if corrected.code != version.code or corrected.pk == version.pk or corrected.state == VersionState.DRAFT:
        raise NotAnEdition
    parts = parts_changed(scenario_in(version), scenario_in(corrected))
    if parts:
        raise NotTheSameCase(parts=", ".join(parts))
    try:
        with transaction.atomic():
            rescore = Rescore.objects.create(
                organisation=organisation,
                version=version,
                corrected=corrected,
                reason=reason.strip(),
                prepared_by=f"user:{prepared_by.pk}",
                prepared_at=now,
            )
    except IntegrityError:
        raise RescoreUnderWay from None
    _record(rescore, "rescore-prepared", rescore.prepared_by, now)
    key = f"rescore:{rescore.pk}"
    enqueue(task=DRY_RUN, key=key, payload={"rescore_id": rescore.pk}, now=now, owner=rescore.prepared_by)
    return rescore


def _record(rescore: Rescore, action: str, actor: str, now: datetime) -> None:
    audit.record(
        action=f"simulations.{action}",
        actor=actor,
        subject=f"simulations.rescore:{rescore.uid}",
        organisation=rescore.organisation.code,
        detail={
            "scenario": rescore.version.code,
            "from": rescore.version.version,
            "by": rescore.corrected.version,
            "reason": rescore.refusal or rescore.reason,
        },
        now=now,
    )


def _whole(rescore_id: int) -> Rescore:
    return Rescore.objects.select_related("organisation", "version", "corrected").get(pk=rescore_id)


def _scored(rescore: Rescore) -> QuerySet[Attempt]:
    """Ended attempts of this edition at this base, in a lasting order."""
    found = Attempt.objects.filter(
        organisation=rescore.organisation_id, scenario_version=rescore.version_id, state=AttemptState.ENDED
    )
    return found.select_related("scenario_version", "organisation", "person__user", "assignment").order_by("pk")


def _newest_score(rescore: Rescore) -> int:
    runs = ScoreRun.objects.filter(
        attempt__organisation=rescore.organisation_id, attempt__scenario_version=rescore.version_id
    )
    return runs.aggregate(pk=Max("pk"))["pk"] or 0


def _line(rescore: Rescore, attempt: Attempt) -> RescoreLine | None:
    """What a rescore would change for an attempt."""
    run = latest_score(attempt)
    if run is None:
        return None
    result = score_again(attempt, rescore.corrected)
    if not differs(result, run):
        return None
    before = {line["id"]: (line["points"], line["max"]) for line in run.parts["items"]}
    after = {line.id: (str(line.points), str(line.max)) for line in result.items}
    items = [
        {"id": name, "before": before.get(name), "after": after.get(name)}
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]
    return RescoreLine(
        rescore=rescore,
        attempt=attempt,
        total_before=run.total,
        total_after=result.total,
        passed_before=run.passed,
        passed_after=result.passed,
        items=items,
    )


def dry_run(*, job: JobContext, rescore_id: int, now: datetime) -> None:
    """Compute whose score a rescore would change; nothing of it comes into force."""
    rescore = _whole(rescore_id)
    if rescore.computed_at or rescore.state != RescoreState.PREPARED:
        return
    newest, attempts = _newest_score(rescore), _scored(rescore)
    total, lines = attempts.count(), []
    for number, attempt in enumerate(attempts.iterator(chunk_size=200), start=1):
        line = _line(rescore, attempt)
        lines += [line] if line else []
        if number % BATCH == 0:
            job.report(progress=number, total=total)
    with job.finish():
        RescoreLine.objects.bulk_create(lines, batch_size=500)
        Rescore.objects.filter(pk=rescore.pk).update(computed_at=now, attempts=total, newest_score=newest)
        _ask_for_approval(rescore, now)


def _ask_for_approval(rescore: Rescore, now: datetime) -> None:
    organisation = rescore.organisation
    for role in DECIDING_ROLES:
        for manager in users_in_role(organisation.pk, role, at=now):
            if f"user:{manager.pk}" != rescore.prepared_by:
                announce(
                    to=manager,
                    kind="simulation-review-waiting",
                    subject_ref=f"simulations.rescore:{rescore.uid}",
                    context={
                        "scenario": title_of(rescore.version),
                        "organisation": {"zh": organisation.name, "en": organisation.name_en},
                    },
                    url=reverse("simulations:desk-rescore", args=[rescore.uid]),
                    organisation=organisation.code,
                    now=now,
                )


def may_decide(user: "User", rescore: Rescore) -> bool:
    """Whether this person is the second one."""
    return can_decide_here(user, rescore.organisation_id) and rescore.prepared_by != f"user:{user.pk}"


def _held(rescore: Rescore, decided_by: "User") -> Rescore:
    if not may_decide(decided_by, rescore):
        raise NotYoursToRescore
    held = Rescore.objects.select_for_update(of=("self",)).select_related("organisation", "version", "corrected")
    found = held.get(pk=rescore.pk)
    if found.state != RescoreState.PREPARED:
        raise RescoreDecided(state=found.get_state_display())
    return found


def _decide(rescore: Rescore, state: RescoreState, decided_by: "User", now: datetime) -> None:
    rescore.state, rescore.decided_by, rescore.decided_at = state, f"user:{decided_by.pk}", now
    rescore.save(update_fields=["state", "decided_by", "decided_at", "refusal"])
    _record(rescore, f"rescore-{state.value}", rescore.decided_by, now)


@transaction.atomic
def approve(*, rescore: Rescore, decided_by: "User", now: datetime) -> Rescore:
    """Have the new scores written."""
    held = _held(rescore, decided_by)
    if held.computed_at is None:
        raise StillComputing
    if _newest_score(held) != held.newest_score:
        raise ScoresCameIn
    _decide(held, RescoreState.APPROVED, decided_by, now)
    key = f"rescore:{held.pk}"
    enqueue(task=WRITE, key=key, payload={"rescore_id": held.pk}, now=now, owner=held.decided_by)
    return held


@transaction.atomic
def refuse(*, rescore: Rescore, reason: str, decided_by: "User", now: datetime) -> Rescore:
    """Turn the rescore down; every score stays as it is."""
    if not reason.strip():
        raise NoReason
    held = _held(rescore, decided_by)
    held.refusal = reason.strip()
    _decide(held, RescoreState.REFUSED, decided_by, now)
    return held


def _batches(rescore: Rescore) -> Iterator[list[Attempt]]:
    """Attempts that a dry run listed and that have no score of this rescore yet, a few at a time."""
    listed = RescoreLine.objects.filter(rescore=rescore).values("attempt")
    todo, last = _scored(rescore).filter(pk__in=listed).exclude(scores__rescore=rescore), 0
    while batch := list(todo.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def write(*, job: JobContext, rescore_id: int, now: datetime) -> None:
    """Write the scores of an approved rescore; begun again, it goes on where it was.

    Each batch is one transaction, and an attempt has one score of a rescore: killed at any moment, nothing is
    written twice and nothing is left out.
    """
    rescore = _whole(rescore_id)
    if rescore.state != RescoreState.APPROVED:
        return
    total, done = rescore.lines.count(), rescore.runs.count()
    for batch in _batches(rescore):
        with transaction.atomic():
            for attempt in batch:
                rescored(attempt=hold(attempt), rescore=rescore, now=now)
            done += len(batch)
            job.report(progress=done, total=total)
    with job.finish():
        Rescore.objects.filter(pk=rescore.pk).update(state=RescoreState.DONE, done_at=now)
