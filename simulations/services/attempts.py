"""Sitting down to a scenario."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict, NotFound, Refusal
from simulations.engine.decide import start
from simulations.engine.scenario import ENGINE_VERSION
from simulations.enums import Difficulty, VersionState
from simulations.models import Assignment, Attempt, ScenarioVersion
from simulations.selectors.assignments import assignments_of_scenario
from simulations.selectors.attempts import open_attempt_of
from simulations.selectors.scenarios import scenario_of
from simulations.services.history import append_events

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation

_SEEDS = 2**62


class ScenarioNotOffered(NotFound):
    code = "scenario-not-offered"
    message = _("There is no scenario “%(code)s” to play at the moment.")


class AttemptStillOpen(Conflict):
    code = "attempt-still-open"
    message = _("You have an attempt of “%(title)s” in progress. Finish it or walk away before you begin anew.")


class AttemptsUsedUp(Conflict):
    code = "attempts-used-up"
    message = _(
        "Your class has %(allowed)s counted attempts for “%(title)s”, and you have begun them all. Go on practising."
    )


class WindowNotOpen(Refusal):
    code = "window-not-open"
    message = _(
        "Counted attempts of “%(title)s” can be begun only while your class has them open. See the times on its "
        "briefing; practice is free."
    )
    status = 409


class PracticeOnly(Conflict):
    code = "scenario-practice-only"
    message = _("“%(title)s” can be practised; it does not count until it is approved.")


def offered(code: str) -> ScenarioVersion:
    """The version of a scenario that is on offer, or a refusal."""
    version = ScenarioVersion.objects.playable().filter(code=code).first()
    if version is None:
        raise ScenarioNotOffered(code=code)
    return version


@transaction.atomic
def open_attempt(
    *,
    person: "Person",
    organisation: "Organisation",
    scenario_code: str,
    counted: bool,
    now: datetime,
    difficulty: str = Difficulty.STANDARD,
) -> Attempt:
    """Begin an attempt with fresh numbers, or answer the one of the same kind that is still open.

    What is set to the person's class goes first: it gives the difficulty, and a counted attempt keeps to its window
    and number. Without it practice is free, and a counted attempt too. Both seeds are drawn here and stay on the
    server until the attempt has ended.
    """
    version = offered(scenario_code)
    there = open_attempt_of(person.pk, version.pk)
    if there is None:
        assignment = _assignment_for(person, version, counted, now)
        try:
            seeds = (secrets.randbelow(_SEEDS), secrets.randbelow(_SEEDS))
            with transaction.atomic():
                return begin(
                    person,
                    assignment.organisation if assignment else organisation,
                    version,
                    counted=counted,
                    seeds=seeds,
                    now=now,
                    assignment=assignment,
                    difficulty=assignment.difficulty if assignment else difficulty,
                )
        except IntegrityError:  # a second click was faster
            there = open_attempt_of(person.pk, version.pk)
            if there is None:
                raise
    if there.counted != counted:
        raise AttemptStillOpen(title=version.title)
    return there


def _assignment_for(person: "Person", version: ScenarioVersion, counted: bool, now: datetime) -> Assignment | None:
    """The assignment under which a new attempt begins; a counted one is refused when there is one and none fits."""
    offers = assignments_of_scenario(person.pk, version.code, counted=counted, now=now)
    fitting = next((each.assignment for each in offers if each.is_open and each.left), None)
    if fitting or not offers or not counted:
        return fitting
    used_up = next((each.assignment for each in offers if each.is_open), None)
    if used_up:
        raise AttemptsUsedUp(allowed=used_up.attempts_allowed, title=version.title)
    raise WindowNotOpen(title=version.title)


@transaction.atomic
def begin(
    person: "Person",
    organisation: "Organisation",
    version: ScenarioVersion,
    *,
    counted: bool,
    seeds: tuple[int, int],
    now: datetime,
    assignment: Assignment | None = None,
    difficulty: str = Difficulty.STANDARD,
) -> Attempt:
    """Sit down to the numbers that `seeds` draw: the first those of the case, the second those of chance."""
    if counted and version.state != VersionState.APPROVED:
        raise PracticeOnly(title=version.title)
    attempt = Attempt.objects.create(
        person=person,
        organisation=organisation,
        scenario_version=version,
        assignment=assignment,
        difficulty=difficulty,
        variant_seed=seeds[0],
        seed=seeds[1],
        counted=counted,
        engine_version=ENGINE_VERSION,
        started_at=now,
    )
    append_events(attempt=attempt, events=start(scenario_of(attempt), str(attempt.seed)), command_no=0, now=now)
    return attempt
