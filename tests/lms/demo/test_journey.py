"""The journey tells the truth when something goes wrong."""

from pathlib import Path

import pytest

from lms.demo import journey
from lms.demo.story import StepFailed
from lms.kernel.levels import LevelCode

pytestmark = [pytest.mark.room, pytest.mark.django_db(transaction=True)]


def test_a_story_whose_step_is_left_out_fails(
    tmp_path: Path, demonstration, now, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_study = [(name, step) for name, step in journey.STEPS[LevelCode.JUNIOR] if name != "study"]
    monkeypatch.setitem(journey.STEPS, LevelCode.JUNIOR, without_study)
    reports = journey.walk(folder=tmp_path, level=LevelCode.JUNIOR, seed=1, now=now)
    outcome = {report.step: report.ok for report in reports}
    assert outcome["enrol"] is True
    assert outcome["hours"] is False
    assert outcome["tamper"] is False


def test_a_level_without_a_way_is_refused(tmp_path: Path, now) -> None:
    with pytest.raises(StepFailed, match="no way to walk"):
        journey.walk(folder=tmp_path, level=LevelCode.SENIOR, seed=1, now=now)
