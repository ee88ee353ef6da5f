from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from simulations.enums import VersionState
from simulations.library import codes, report_of, scenario, waivers_of
from simulations.models import ScenarioVersion
from simulations.selectors.authoring import missed_in
from simulations.services.scenarios import (
    NoSuchScenario,
    ScenarioNotSound,
    publish_library,
    publish_scenario,
    read,
)
from tests.factories.simulations import SMALL, AttemptFactory, ScenarioVersionFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.mark.parametrize("code", codes())
def test_every_scenario_of_the_library_is_on_offer_by_what_its_own_playtest_says(code, now) -> None:
    report = report_of(code)
    assert report is not None
    assert report["sha256"] == scenario(code).sha256

    version = publish_scenario(code=code, now=now)

    missed = missed_in(report)
    waived = {waiver["bar"] for waiver in waivers_of(code)}
    sound = not missed.hard and waived.issuperset(missed.printed)
    assert version.state == (VersionState.APPROVED if sound else VersionState.TESTED)
    assert publish_scenario(code=code, now=now) == version
    assert set(version.truths["truths"]) > set()


def test_each_level_has_three_cases_that_count(now) -> None:
    versions = publish_library(now=now)
    counted = Counter(version.level for version in versions if version.state == VersionState.APPROVED)
    assert set(counted) == {"junior", "intermediate", "senior"}
    assert min(counted.values()) >= 3


@pytest.mark.parametrize("report", [None, {"plays": 9, "seed": 1, "sha256": "of another text", "bars": []}])
def test_a_scenario_without_a_playtest_of_its_own_text_stays_a_draft(report, now, monkeypatch) -> None:
    monkeypatch.setattr("simulations.library.report_of", lambda _code: report)
    assert publish_scenario(code=codes()[0], now=now).state == VersionState.DRAFT
    assert not ScenarioVersion.objects.playable().exists()


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
