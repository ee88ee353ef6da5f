"""The populated demonstration: everybody there once, the same each time, and whole after being broken off."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from certificates.models import Certificate
from courses.services.rebuilding import check_progress
from lms.cohorts.models import Membership
from lms.demo.populating import CHAPTER, OtherSize, happenings
from lms.demo.population import level_counts
from lms.demo.seeding import seed_demo
from lms.kernel.clock import HeldClock
from lms.kernel.levels import LevelCode
from lms.records.services.audit import verify_audit
from simulations.models import Attempt
from simulations.selectors.replay import replay
from tests.lms.demo.teller import sums, tell
from tests.servers.templates import SqliteTemplate

pytestmark = [pytest.mark.room, pytest.mark.django_db(transaction=True)]

PEOPLE = 24
_sums: dict[str, str] = {}


@pytest.fixture
def told(transactional_db, django_db_setup, clock: HeldClock) -> dict[str, str]:
    """Everybody is there; gives the sum of it, as whoever told it first took it."""
    django_db_setup.bring("populated", lambda: _sums.update(tell(clock.at, PEOPLE)))
    return _sums


def test_everybody_stands_on_a_roster_and_every_book_is_in_order(told: dict[str, str]) -> None:
    places = Membership.objects.live().filter(cohort__organisation__code="FCBA")
    counts = Counter(level for _person, level in set(places.values_list("person_id", "cohort__level")))
    assert sum(counts.values()) == places.values("person_id").distinct().count() == PEOPLE
    assert counts == {level.value: count for level, count in level_counts(PEOPLE).items()}
    assert check_progress() == []
    assert verify_audit().ok
    assert all(replay(attempt).ok for attempt in Attempt.objects.select_related("scenario_version"))
    for certificate in Certificate.objects.all():
        assert certificate.level == LevelCode.JUNIOR
        assert all(leaf["met"] for leaf in certificate.decision.evidence["leaves"])


def test_telling_it_again_on_another_day_changes_nothing(told: dict[str, str], clock: HeldClock) -> None:
    assert tell(clock.advance(timedelta(days=3)), PEOPLE) == told


def test_another_number_of_people_needs_an_empty_database(told: dict[str, str], clock: HeldClock) -> None:
    with pytest.raises(OtherSize, match=f"{PEOPLE} people"):
        seed_demo(now=clock.at, people=PEOPLE + 1)
    assert sums() == told


def _tell_elsewhere(folder: Path, now: datetime) -> "subprocess.Popen[bytes]":
    """Another process that tells the same story into the database in `folder`."""
    environment = {**os.environ, "JIQIAO_TEST_DATABASE_URL": f"sqlite:///{folder / 'told.sqlite3'}"}
    environment["DJANGO_SETTINGS_MODULE"] = "lms.settings.test"
    words = ["-m", "tests.lms.demo.teller", now.isoformat(), str(PEOPLE), str(folder / "keys")]
    return subprocess.Popen(
        [sys.executable, *words], cwd=settings.REPO_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _chapters_told(folder: Path) -> int:
    with sqlite3.connect(folder / "told.sqlite3") as database:
        found = database.execute("SELECT count(*) FROM records_auditevent WHERE subject = 'demo.population'").fetchone()
    database.close()
    return int(found[0])


@pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="kills a process on SQLite")
def test_it_is_whole_after_being_killed_in_the_middle(tmp_path: Path, told: dict[str, str], clock: HeldClock) -> None:
    chapters = 1 + -(-len(happenings(PEOPLE, clock.at)) // CHAPTER)
    template = SqliteTemplate("killed")
    with sqlite3.connect(template.template) as source, sqlite3.connect(tmp_path / "told.sqlite3") as target:
        source.backup(target)
    source.close()
    target.close()
    killed = _tell_elsewhere(tmp_path, clock.at)
    while _chapters_told(tmp_path) < 2:
        assert killed.poll() is None, killed.communicate()[1].decode()
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert 2 <= _chapters_told(tmp_path) < chapters

    again = _tell_elsewhere(tmp_path, clock.at + timedelta(hours=5))
    retold, faults = again.communicate(timeout=600)
    assert again.returncode == 0, faults.decode()
    assert _chapters_told(tmp_path) == chapters
    assert json.loads(retold) == told
