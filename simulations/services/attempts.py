"""Sitting down to a scenario."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict, NotFound
from simulations.engine.decide import start
from simulations.engine.scenario import ENGINE_VERSION
from simulations.models import Attempt, ScenarioVersion
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


def offered(code: str) -> ScenarioVersion:
    """The version of a scenario that is on offer, or a refusal."""
    version = ScenarioVersion.objects.playable().filter(code=code).first()
    if version is None:
        raise ScenarioNotOffered(code=code)
    return version


@transaction.atomic
def open_attempt(
    *, person: "Person", organisation: "Organisation", scenario_code: str, counted: bool, now: datetime
) -> Attempt:
    """Begin an attempt with fresh numbers, or answer the one of the same kind that is still open.

    Both seeds are drawn here and stay on the server until the attempt has ended.
    """
    version = offered(scenario_code)
    there = open_attempt_of(person.pk, version.pk)
    if there is None:
        try:
            seeds = (secrets.randbelow(_SEEDS), secrets.randbelow(_SEEDS))
            return begin(person, organisation, version, counted=counted, seeds=seeds, now=now)
        except IntegrityError:  # a second click was faster
            there = open_attempt_of(person.pk, version.pk)
            if there is None:
                raise
    if there.counted != counted:
        raise AttemptStillOpen(title=version.title)
    return there


@transaction.atomic
def begin(
    person: "Person",
    organisation: "Organisation",
    version: ScenarioVersion,
    *,
    counted: bool,
    seeds: tuple[int, int],
    now: datetime,
) -> Attempt:
    """Sit down to the numbers that `seeds` draw: the first those of the case, the second those of chance."""
    attempt = Attempt.objects.create(
        person=person,
        organisation=organisation,
        scenario_version=version,
        variant_seed=seeds[0],
        seed=seeds[1],
        counted=counted,
        engine_version=ENGINE_VERSION,
        started_at=now,
    )
    append_events(attempt=attempt, events=start(scenario_of(attempt), str(attempt.seed)), command_no=0, now=now)
    return attempt
