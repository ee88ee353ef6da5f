from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache

from simulations.enums import AttemptState, Flag
from simulations.models import Attempt, AttemptDigest, ScoreRun
from simulations.selectors.queues import Asked, flags_of, queue
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import MembershipFactory
from tests.factories.reviews import DEAL, WALK, AssignmentFactory, ended, manager_of, sit
from tests.factories.simulations import play

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def manager(assignment):
    return manager_of(assignment.organisation)


def _flags(manager, attempt) -> list[Flag]:
    return flags_of(next(each for each in queue(manager, Asked()) if each.pk == attempt.pk))


def test_equal_terms_of_two_people_are_flagged_and_those_of_one_are_not(assignment, manager) -> None:
    person = MembershipFactory(cohort=assignment.cohort).person
    mine = [ended(assignment, *DEAL, person=person) for _ in range(2)]
    assert {attempt.digest.terms_hash for attempt in mine} == {mine[0].digest.terms_hash}
    assert mine[0].digest.dealt
    assert Flag.TWIN not in _flags(manager, mine[0])
    theirs = ended(assignment, *DEAL)
    assert Flag.TWIN in _flags(manager, mine[0])
    assert Flag.TWIN in _flags(manager, theirs)


def test_two_without_a_deal_are_no_twins(assignment, manager) -> None:
    first, _second = ended(assignment), ended(assignment)
    assert Flag.TWIN not in _flags(manager, first)


def test_speed_is_measured_against_what_the_case_asks_for(assignment, manager) -> None:
    # The small case asks for five minutes; a quarter of them is too little to read it.
    hasty, steady = _left_after(assignment, 74), _left_after(assignment, 75)
    assert Flag.FAST in _flags(manager, hasty)
    assert Flag.FAST not in _flags(manager, steady)


def _left_after(assignment, seconds: int) -> Attempt:
    attempt = sit(assignment)
    play(attempt, WALK, now=NOON + timedelta(seconds=seconds))
    return attempt


def test_near_the_optimum_without_a_question_is_flagged(assignment, manager) -> None:
    unasked = tuple(command for command in DEAL if command["type"] != "ask")
    asked, silent = ended(assignment, *DEAL), ended(assignment, *unasked)
    assert silent.digest.questions == 0
    assert asked.digest.questions == 1
    assert silent.digest.nash >= 850
    assert Flag.UNASKED in _flags(manager, silent)
    assert Flag.UNASKED not in _flags(manager, asked)


def test_filters_narrow_the_queue_and_own_attempts_are_for_others(assignment, manager) -> None:
    attempt = ended(assignment)
    name = attempt.person.real_name
    assert list(queue(manager, Asked(words=name, kind="counted", scenario="small-case"))) == [attempt]
    for other in (Asked(kind="practice"), Asked(scenario="d-01"), Asked(words="没有此人"), Asked(assignment=uuid4())):
        assert list(queue(manager, other)) == []
    assert list(queue(manager, Asked(assignment=assignment.uid))) == [attempt]
    assert list(queue(attempt.person.user, Asked())) == []
    assert list(queue(manager_of(AssignmentFactory().organisation), Asked())) == []


def _many(attempt: Attempt, count: int) -> None:
    """So many more ended attempts as rows, each of somebody else."""
    run, digest = attempt.scores.get(), attempt.digest
    people = PersonFactory.create_batch(10)
    made = Attempt.objects.bulk_create(
        Attempt(
            person=people[n % 10],
            organisation=attempt.organisation,
            scenario_version=attempt.scenario_version,
            assignment=attempt.assignment,
            variant_seed=n,
            seed=n,
            counted=True,
            state=AttemptState.ENDED,
            engine_version=attempt.engine_version,
            started_at=NOON,
            ended_at=NOON,
        )
        for n in range(count)
    )
    runs = {"seq": 1, "rubric_sha": run.rubric_sha, "total": run.total, "passed": run.passed, "parts": {}, "gates": []}
    ScoreRun.objects.bulk_create(ScoreRun(attempt=each, at=NOON, **runs) for each in made)
    kept = {
        field.name: getattr(digest, field.name)
        for field in AttemptDigest._meta.concrete_fields
        if field.name not in ("id", "attempt")
    }
    AttemptDigest.objects.bulk_create(AttemptDigest(attempt=each, **kept) for each in made)


@pytest.mark.parametrize("count", [10, 1000])
def test_the_queue_asks_as_much_for_ten_as_for_a_thousand(
    client, assignment, manager, count, django_assert_num_queries
) -> None:
    _many(ended(assignment, *DEAL), count - 1)
    client.force_login(manager)
    client.get("/desk/simulations/attempts/")
    client.force_login(manager_of(assignment.organisation))
    cache.clear()
    with django_assert_num_queries(9):
        page = client.get("/desk/simulations/attempts/")
    assert page.context["page"].paginator.count == count
