"""A crowd for load tests leaves what real readers leave, may be made twice, and can sign in without passwords."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from courses.models import Enrolment, StudyInterval, StudyLease
from courses.services.rebuilding import check_progress
from lms.cohorts.enums import Role
from lms.cohorts.models import Membership
from lms.demo import crowd
from lms.demo.crowd import Crowd, email_of, seed_bench
from lms.demo.logins import TooFewPeople, bench_logins
from lms.exams.models import Seat
from simulations.models import Attempt

pytestmark = [pytest.mark.room, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scale of three people in one cohort."""
    monkeypatch.setattr(crowd, "COHORTS_A_SCALE", 1)
    monkeypatch.setattr(crowd, "PEOPLE_A_COHORT", 3)
    monkeypatch.setattr(crowd, "PLAYERS_A_COHORT", 1)


def test_a_crowd_studies_and_a_larger_scale_adds_to_it(demonstration, small, now, tmp_path) -> None:
    late = now.replace(hour=15, minute=50)  # ten minutes before midnight in Beijing
    first = seed_bench(scale=1, now=late)
    assert first == Crowd(people=3, cohorts=1, intervals=300, added_people=3)
    mine = Enrolment.objects.filter(person__user__email__startswith=crowd.CROWD)
    assert mine.count() == Membership.objects.filter(cohort__code="BENCH-0000").count() == 3
    assert StudyInterval.objects.filter(lease__enrolment__in=mine).count() == 300
    assert StudyLease.objects.filter(enrolment__in=mine).count() == 75
    assert {each.progress.covered_s for each in mine.select_related("progress")} == {1500}
    assert check_progress() == []
    assert Seat.objects.filter(person__user__email=email_of(0)).count() == 1
    assert Attempt.objects.filter(person__user__email=email_of(0)).count() == 1

    assert seed_bench(scale=2, now=late).added_people == 3

    out = tmp_path / "logins.json"
    call_command("bench_logins", role="trainee", count=2, out=out)
    signed_in = json.loads(out.read_text())
    assert list(signed_in) == [email_of(0), email_of(1)]
    cookie = signed_in[email_of(0)]["cookie"]
    answer = Client().get("/desk/", headers={"cookie": cookie})
    assert "测试学员000000" in answer.content.decode()
    with pytest.raises(TooFewPeople):
        bench_logins(role=Role.TRAINEE, count=7, now=now)
