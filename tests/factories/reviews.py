"""What the desk of the simulations works on: classes, assignments, appeals, corrected editions."""

from datetime import timedelta
from typing import Any

import factory

from lms.cohorts.enums import Role
from simulations.enums import VersionState
from simulations.models import Appeal, Assignment, Attempt, Rescore, ScenarioVersion
from simulations.selectors.attempts import latest_score
from simulations.selectors.reviews import DECISION_TERM
from simulations.services.assigning import assign
from simulations.services.attempts import open_attempt
from simulations.services.authoring import keep_version
from simulations.services.playtesting import keep_run
from simulations.services.scenarios import read
from tests.conftest import NOON

from .accounts import PersonFactory
from .cohorts import CohortFactory, MembershipFactory, RoleGrantFactory
from .simulations import SMALL, SOUND, ScenarioVersionFactory, play

# The small case with sides that yield at once and the same figures for everybody: what is offered is what is struck.
YIELDING = SMALL.replace("start: 0.9", "start: 0.2").replace(
    "spread: {weights: 0.2, reservation: 0.01}", "spread: {weights: 0.0, reservation: 0.0}"
)
# A corrected rubric of it: the first item asks for less, and is worth less.
CORRECTED = YIELDING.replace("version: 1.0.0", "version: 1.0.1").replace(
    'id: I-01, comp: C01, points: 4, metric: key_facts, arg: "ask"',
    "id: I-01, comp: C01, points: 2, when: {fact: f_price}",
)
# A way through it to a deal near the optimum; the case is left afterwards.
DEAL = (
    {"type": "act", "action": "nda"},
    {"type": "act", "action": "visit"},
    {"type": "ask", "action": "ask_price", "option": "why"},
    {"type": "assess", "assessment": "partner", "value": "seller"},
    {"type": "advance"},
    {"type": "propose", "packages": [{"price": 65, "kind": "strict"}]},
)
WALK = {"type": "walk_away", "reason": "no common ground"}


class AssignmentFactory(factory.Factory):
    """The small case set to a cohort, open from now for a week."""

    class Meta:
        model = Assignment

    cohort = factory.SubFactory(CohortFactory)
    version = factory.SubFactory(ScenarioVersionFactory, source=YIELDING)
    counted = True
    opens_at = NOON
    closes_at = NOON + timedelta(days=7)
    attempts_allowed = 2
    set_by: Any = None
    now = NOON

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Assignment:
        kwargs["set_by"] = kwargs["set_by"] or manager_of(kwargs["cohort"].organisation)
        return assign(**kwargs)


class AppealFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appeal

    score = factory.LazyAttribute(lambda made: latest_score(made.attempt))
    grounds = "我问过价格，却记为没有问"
    filed_at = NOON
    decide_by = NOON + DECISION_TERM


def corrected_edition(source: str = CORRECTED) -> ScenarioVersion:
    """A corrected edition of the small case, tested and not yet approved: the old one stays on offer."""
    version = keep_version(source=source, scenario=read(source), uploaded_by=None, now=NOON)
    if version.state == VersionState.DRAFT:
        keep_run(version=version, source="library", figures=SOUND, now=NOON)
    version.refresh_from_db()
    return version


class RescoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rescore

    corrected = factory.LazyFunction(corrected_edition)
    reason = "第一项要求过高"
    prepared_by = "user:0"
    prepared_at = NOON


def manager_of(organisation: Any, role: Role = Role.BASE_MANAGER) -> Any:
    """A fresh person who holds a role at a base."""
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=organisation, role=role)
    return user


def sit(assignment: Assignment, person: Any = None, *, now: Any = NOON) -> Attempt:
    """Somebody of the class begins an attempt under the assignment."""
    person = person or MembershipFactory(cohort=assignment.cohort).person
    code = assignment.scenario_version.code
    return open_attempt(
        person=person,
        organisation=assignment.organisation,
        scenario_code=code,
        counted=assignment.counted,
        now=now,
    )


def ended(assignment: Assignment, *commands: dict[str, Any], person: Any = None, now: Any = NOON) -> Attempt:
    """An attempt of the class that was played by these commands and left."""
    attempt = sit(assignment, person, now=now)
    struck = any(command["type"] == "propose" for command in commands)
    play(attempt, *commands, {"type": "close"} if struck else WALK, now=now)
    attempt.refresh_from_db()
    return attempt
