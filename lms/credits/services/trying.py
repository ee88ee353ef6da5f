"""Running a draft of credit rules dry: whose balance would change, had it been in force for a year."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse

from lms.credits.engine.awarding import NOTHING
from lms.credits.engine.rerating import Rerated, rerate
from lms.credits.enums import RulesState
from lms.credits.models import CreditRules, RulesTrial, RulesTrialChange
from lms.credits.policies import can_change_rules_of
from lms.credits.selectors.rules import table_of
from lms.credits.selectors.trials import balances_of, batches, people_in, pieces_of, span_of
from lms.jobs.services.queue import enqueue
from lms.jobs.services.running import JobContext
from lms.mailing.services.announcing import announce

from .drafting_rules import MayNotWriteRules, locked_draft

if TYPE_CHECKING:
    from lms.accounts.models import User

TRY = "credits.try-rules"


@transaction.atomic
def ask_for_trial(*, rules: CreditRules, revision: int, user: "User", now: datetime) -> RulesTrial:
    """Ask for a dry run of the draft as it stands; while one of this revision is under way, that one is answered."""
    if not can_change_rules_of(user, rules.organisation_id):
        raise MayNotWriteRules
    draft = locked_draft(rules, revision, user)
    waiting = RulesTrial.objects.filter(rules=draft, revision=revision, finished_at__isnull=True).first()
    if waiting:
        return waiting
    trial = RulesTrial.objects.create(rules=draft, revision=revision, asked_by=user, asked_at=now)
    enqueue(task=TRY, key=f"trial:{trial.pk}", payload={"trial_id": trial.pk}, owner=f"user:{user.pk}", now=now)
    return trial


def run_trial(*, job: JobContext, trial_id: int, now: datetime) -> None:
    """Carry a dry run out. Nothing is written before its end, so that a run killed and begun anew gives the same."""
    trial = RulesTrial.objects.select_related("rules__organisation", "asked_by").filter(pk=trial_id).first()
    if trial is None or trial.finished_at:
        return
    if trial.rules.state != RulesState.DRAFT or trial.rules.revision != trial.revision:
        with job.finish():
            _end(trial, now, error="stale")
        return
    changes, looked_at = _changes(trial, job)
    with job.finish():
        trial.changes.all().delete()
        RulesTrialChange.objects.bulk_create(changes, batch_size=500)
        _end(trial, now, lines=looked_at, people=len(changes))
        _tell(trial, now)


def _changes(trial: RulesTrial, job: JobContext) -> tuple[list[RulesTrialChange], int]:
    table, span = table_of(trial.rules), span_of(trial.rules)
    people, looked_at, done = people_in(span), 0, 0
    changes: list[RulesTrialChange] = []
    for portion in batches(people):
        pieces, balances = pieces_of(portion, span, table), balances_of(portion)
        for number in portion:
            rated = list(rerate(pieces[number], table))
            looked_at += sum(not each.piece.fixed for each in rated)
            gained = [each for each in rated if each.gain]
            change = sum((each.gain for each in gained), NOTHING)
            if gained:
                before = balances.get(number, NOTHING)
                changes.append(
                    RulesTrialChange(
                        trial=trial, person_id=number, before=before, after=before + change, lines=list(_told(gained))
                    )
                )
        done += len(portion)
        job.report(progress=done, total=len(people))
    return changes, looked_at


def _told(gained: list[Rerated]) -> Iterator[dict[str, Any]]:
    for each in gained:
        yield {
            "source": each.piece.source,
            "rule": each.piece.rule,
            "year": each.piece.year,
            "before": f"{each.piece.before:.2f}",
            "after": f"{each.after:.2f}",
            "why": each.why,
        }


def _end(trial: RulesTrial, now: datetime, **figures: Any) -> None:
    for name, figure in {**figures, "finished_at": now}.items():
        setattr(trial, name, figure)
    trial.save(update_fields=[*figures, "finished_at"])


def _tell(trial: RulesTrial, now: datetime) -> None:
    announce(
        to=trial.asked_by,
        kind="rules-tried",
        subject_ref=f"credits.trial:{trial.pk}",
        context={"version": trial.rules.code, "people": trial.people},
        url=reverse("credits:desk-rules-trial", args=[trial.uid]),
        organisation=trial.rules.organisation.code if trial.rules.organisation else "",
        now=now,
    )
