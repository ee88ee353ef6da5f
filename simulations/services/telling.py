"""Whom to tell of a review: whoever played, and those who have to decide."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse

from lms.cohorts.selectors.roles import users_in_role
from lms.mailing.services.announcing import announce
from simulations.enums import DECIDING_ROLES
from simulations.models import Attempt, ScenarioVersion, ScoreRun


def title_of(version: ScenarioVersion) -> dict[str, str]:
    """A scenario's title in both languages, as notices keep it."""
    return {"zh": version.title, "en": version.title_en}


def points_of(run: ScoreRun) -> str:
    """A total as people read it."""
    return f"{run.total.normalize():f}"


def tell_deciders(
    *,
    attempt: Attempt,
    besides: Collection[str],
    kind: str,
    subject_ref: str,
    url: str,
    now: datetime,
    context: dict[str, Any] | None = None,
) -> None:
    """Tell every manager of the attempt's base but those named and whoever played."""
    organisation = attempt.organisation
    for role in DECIDING_ROLES:
        for manager in users_in_role(organisation.pk, role, at=now):
            if f"user:{manager.pk}" in besides or manager.pk == attempt.person.user_id:
                continue
            announce(
                to=manager,
                kind=kind,
                subject_ref=subject_ref,
                context={
                    "scenario": title_of(attempt.scenario_version),
                    "organisation": {"zh": organisation.name, "en": organisation.name_en},
                    **(context or {}),
                },
                url=url,
                organisation=organisation.code,
                now=now,
            )


def tell_corrected(*, attempt: Attempt, before: ScoreRun, run: ScoreRun, reason: str, now: datetime) -> None:
    """Tell whoever played that their score was corrected, with what it was and why."""
    announce(
        to=attempt.person.user,
        kind="simulation-corrected",
        subject_ref=f"simulations.attempt:{attempt.uid}:{run.seq}",
        context={
            "scenario": title_of(attempt.scenario_version),
            "score": points_of(run),
            "before": points_of(before),
            "reason": reason,
        },
        url=f"{reverse('simulations:debrief', args=[attempt.uid])}#said",
        organisation=attempt.organisation.code,
        now=now,
    )


def tell_appeal(*, attempt: Attempt, run: ScoreRun, subject_ref: str, upheld: bool, now: datetime) -> None:
    """Tell the appellant what was decided; the reasons stand on the appeal's page."""
    announce(
        to=attempt.person.user,
        kind="simulation-appeal-decided",
        subject_ref=subject_ref,
        context={"scenario": title_of(attempt.scenario_version), "score": points_of(run), "upheld": upheld},
        url=reverse("simulations:appeal", args=[attempt.uid]),
        organisation=attempt.organisation.code,
        now=now,
    )
