"""One person, one certificate: the story that every room must let happen."""

import json
from pathlib import Path

import pytest

from lms.demo.journey import walk
from lms.demo.steps import JUNIOR
from lms.kernel.levels import LevelCode

pytestmark = [pytest.mark.journey, pytest.mark.db, pytest.mark.django_db(transaction=True)]


def test_a_trainee_walks_from_the_roster_to_a_verified_certificate(tmp_path: Path, now) -> None:
    reports = walk(folder=tmp_path, level=LevelCode.JUNIOR, seed=1, now=now)

    assert [(report.step, report.ok) for report in reports] == [(name, True) for name, _step in JUNIOR], reports
    written = json.loads((tmp_path / "journey.json").read_text())
    assert [step["step"] for step in written] == [name for name, _step in JUNIOR]
    assert {path.name for path in tmp_path.iterdir()} >= {
        "certificate.pdf",
        "credential.json",
        "transcript.json",
        "evidence.json",
        "did.json",
        "journey.json",
    }


def test_a_second_trainee_of_the_same_seed_is_another_person(tmp_path: Path, now) -> None:
    first = walk(folder=tmp_path / "1", level=LevelCode.JUNIOR, seed=7, now=now)
    second = walk(folder=tmp_path / "2", level=LevelCode.JUNIOR, seed=7, now=now)
    refs = [{report.step: report.ref for report in reports} for reports in (first, second)]
    assert all(report.ok for report in second), second
    assert refs[0]["roster"] != refs[1]["roster"]
    assert refs[0]["issue"] != refs[1]["issue"]
