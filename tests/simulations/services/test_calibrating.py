"""Waivers and pilots: who answers for a missed bar, and when a score is more than bots' word."""

from decimal import Decimal

import pytest

from simulations.enums import Calibration
from simulations.selectors.calibration import calibration_of, calibrations_of
from simulations.services.authoring import MayNotWriteScenarios
from simulations.services.calibrating import NothingToWaive, PilotTooSmall, record_pilot, waive_bar
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.simulations import SOUND, AttemptFactory, ScenarioVersionFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

ALPHA = {"name": "alpha", "value": 0.74, "limit": "≥ 0.8", "ok": False, "hard": False}
FAIR = {"name": "item p", "value": 0.5, "limit": "0.1–0.95", "ok": True, "hard": False}


@pytest.fixture
def staff():
    return PersonFactory(user__is_superuser=True).user


@pytest.fixture
def version():
    return ScenarioVersionFactory(figures={**SOUND, "bars": [FAIR]})


def test_a_bar_that_holds_or_is_unknown_is_not_waived(staff, version, now) -> None:
    for name in ("item p", "no such bar"):
        with pytest.raises(NothingToWaive):
            waive_bar(version=version, bar=name, approver=staff, reason="不需要", now=now)


def test_a_pilot_of_thirty_changes_what_is_said(staff, version, now) -> None:
    attempt = AttemptFactory(version=version)
    source = f"simulations.attempt:{attempt.uid}"
    assert calibration_of(version) == Calibration.BOTS
    assert calibrations_of([source, "exams.attempt:1"]) == {source: Calibration.BOTS}

    with pytest.raises(PilotTooSmall):
        record_pilot(version=version, players=29, agreement=Decimal("0.7"), report="试点", recorded_by=staff, now=now)
    with pytest.raises(MayNotWriteScenarios):
        record_pilot(
            version=version, players=30, agreement=Decimal("0.7"), report="试点", recorded_by=UserFactory(), now=now
        )
    record_pilot(version=version, players=30, agreement=Decimal("0.7"), report="试点", recorded_by=staff, now=now)

    assert calibration_of(version) == Calibration.PEOPLE
    assert calibrations_of([source]) == {source: Calibration.PEOPLE}
