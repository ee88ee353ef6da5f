"""One person, one certificate: the story that every room must let happen."""

import json
from pathlib import Path

import pytest

from lms.demo.journey import walk
from lms.demo.steps import JUNIOR
from lms.kernel.levels import LevelCode

pytestmark = [pytest.mark.journey, pytest.mark.db, pytest.mark.django_db(transaction=True)]


def test_one_trainee_after_the_other_walks_from_the_roster_to_a_verified_certificate(tmp_path: Path, now) -> None:
    first, second = (walk(folder=tmp_path / run, level=LevelCode.JUNIOR, seed=1, now=now) for run in ("1", "2"))

    for reports, folder in ((first, tmp_path / "1"), (second, tmp_path / "2")):
        assert [(report.step, report.ok) for report in reports] == [(name, True) for name, _step in JUNIOR], reports
        written = json.loads((folder / "journey.json").read_text())
        assert [step["step"] for step in written] == [name for name, _step in JUNIOR]
        assert {path.name for path in folder.iterdir()} >= {
            "certificate.pdf",
            "credential.json",
            "transcript.json",
            "evidence.json",
            "did.json",
            "journey.json",
        }
    refs = [{report.step: report.ref for report in reports} for reports in (first, second)]
    assert refs[0]["roster"] != refs[1]["roster"]  # the same seed, and another person
    assert refs[0]["issue"] != refs[1]["issue"]
