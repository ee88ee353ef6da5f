import pytest
from django.db import IntegrityError, transaction

from simulations.enums import VersionState
from simulations.library import codes
from simulations.models import ScenarioVersion
from simulations.services.scenarios import (
    NoSuchScenario,
    ScenarioNotSound,
    publish_scenario,
    read,
)
from tests.factories.simulations import SMALL, AttemptFactory, ScenarioVersionFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.mark.parametrize("code", codes())
def test_every_scenario_of_the_library_can_be_put_on_offer_once(code, now) -> None:
    version = publish_scenario(code=code, now=now)

    assert (version.code, version.state) == (code, VersionState.APPROVED)
    assert publish_scenario(code=code, now=now) == version
    assert set(version.truths["truths"]) > set()


def test_an_unknown_scenario_is_refused(now) -> None:
    with pytest.raises(NoSuchScenario):
        publish_scenario(code="no-such-case", now=now)


def test_a_broken_file_is_refused_with_its_line() -> None:
    with pytest.raises(ScenarioNotSound) as refused:
        read(SMALL.replace("days: 30", "days: thirty"))

    assert refused.value.params["line"] == SMALL.splitlines().index("days: 30") + 1
    assert ScenarioVersion.objects.count() == 0


def test_a_newer_version_retires_the_older_whose_attempts_go_on() -> None:
    old = ScenarioVersionFactory()
    attempt = AttemptFactory(version=old)

    new = ScenarioVersionFactory(source=SMALL.replace("version: 1.0.0", "version: 1.1.0"))

    old.refresh_from_db()
    assert (old.state, new.state) == (VersionState.RETIRED, VersionState.APPROVED)
    assert play(attempt, {"type": "act", "action": "visit"}).events


@pytest.mark.db
@pytest.mark.parametrize("change", [{"source": "x"}, {"truths": {}}, {"state": "draft"}, {"title": "x"}])
def test_the_database_keeps_an_approved_scenario_as_it_is(change) -> None:
    version = ScenarioVersionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ScenarioVersion.objects.filter(pk=version.pk).update(**change)
