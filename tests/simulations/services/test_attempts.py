import pytest
from django.db import IntegrityError, transaction

from simulations.enums import AttemptState
from simulations.models import Attempt, AttemptEvent
from simulations.services.attempts import AttemptStillOpen, PracticeOnly, ScenarioNotOffered, open_attempt
from simulations.services.authoring import keep_version
from simulations.services.playtesting import keep_run
from simulations.services.scenarios import read
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.simulations import SMALL, SOUND, WALK_AWAY, AttemptFactory, ScenarioVersionFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def seat(now):
    """Everything that sitting down takes."""
    version = ScenarioVersionFactory()
    return {
        "person": PersonFactory(),
        "organisation": OrganisationFactory(),
        "scenario_code": version.code,
        "counted": True,
        "now": now,
    }


def test_it_begins_with_its_first_events_and_seeds_of_its_own(seat) -> None:
    attempt = open_attempt(**seat)
    other = open_attempt(**{**seat, "person": PersonFactory()})

    kept = AttemptEvent.objects.filter(attempt=attempt).order_by("seq")
    assert [(event.seq, event.type, event.command_no) for event in kept] == [
        (1, "attempt-started.1", 0),
        (2, "stage-entered.1", 0),
    ]
    assert (attempt.seed, attempt.variant_seed) != (other.seed, other.variant_seed)


def test_asked_twice_it_answers_the_open_one(seat) -> None:
    assert open_attempt(**seat) == open_attempt(**seat)
    assert Attempt.objects.count() == 1


def test_an_open_attempt_does_not_change_its_kind(seat) -> None:
    open_attempt(**seat)
    with pytest.raises(AttemptStillOpen):
        open_attempt(**{**seat, "counted": False})


def test_after_the_end_one_may_begin_anew(seat) -> None:
    first = open_attempt(**seat)
    play(first, WALK_AWAY)

    assert open_attempt(**seat) != first


def test_only_what_is_on_offer_can_be_played(seat) -> None:
    with pytest.raises(ScenarioNotOffered):
        open_attempt(**{**seat, "scenario_code": "no-such-case"})


def _refuses(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


@pytest.mark.db
def test_the_database_keeps_one_open_attempt_a_person(seat) -> None:
    attempt = open_attempt(**seat)
    copied = {f.attname: getattr(attempt, f.attname) for f in Attempt._meta.fields if f.name not in ("id", "uid")}
    assert _refuses(lambda: Attempt.objects.create(**copied))


@pytest.mark.db
def test_the_database_keeps_what_happened() -> None:
    attempt = AttemptFactory()
    play(attempt, {"type": "act", "action": "visit"}, WALK_AWAY)

    assert _refuses(lambda: attempt.events.filter(seq=1).update(data={}))
    assert _refuses(lambda: attempt.events.all()._raw_delete("default"))
    assert _refuses(lambda: attempt.commands.update(body={}))
    assert _refuses(lambda: attempt.scores.update(total=100))
    assert _refuses(lambda: Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.OPEN, ended_at=None))
    assert _refuses(lambda: Attempt.objects.filter(pk=attempt.pk)._raw_delete("default"))


@pytest.mark.db
def test_the_database_keeps_the_seeds_of_an_open_attempt() -> None:
    attempt = AttemptFactory()
    assert _refuses(lambda: Attempt.objects.filter(pk=attempt.pk).update(seed=1))
    assert _refuses(lambda: Attempt.objects.filter(pk=attempt.pk).update(counted=False))


def test_a_version_that_is_only_tested_can_be_practised_and_not_counted(now) -> None:
    missed = {"name": "expert mean", "value": 71, "limit": "≥ 80", "ok": False, "hard": True}
    version = keep_version(source=SMALL, scenario=read(SMALL), uploaded_by=None, now=now)
    keep_run(version=version, source="library", figures={**SOUND, "bars": [missed]}, now=now)

    assert AttemptFactory(version=version, counted=False).state == AttemptState.OPEN
    with pytest.raises(PracticeOnly):
        AttemptFactory(version=version, counted=True)
