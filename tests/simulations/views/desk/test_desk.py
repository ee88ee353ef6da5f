"""The pages of the desk, from setting a scenario to talking about it."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from simulations.models import Appeal, Assignment, EventComment, Override, Rescore
from tests.conftest import NOON
from tests.factories.cohorts import CohortFactory, MembershipFactory
from tests.factories.reviews import DEAL, AppealFactory, AssignmentFactory, corrected_edition, ended, manager_of
from tests.factories.simulations import ScenarioVersionFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]

DESK = "/desk/simulations/"


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def entered(client, assignment):
    client.force_login(manager_of(assignment.organisation))
    return client


def test_a_scenario_is_set_in_beijing_time(client, clock) -> None:
    cohort, version = CohortFactory(), ScenarioVersionFactory()
    client.force_login(manager_of(cohort.organisation))
    sent = {
        "cohort": cohort.pk,
        "scenario": version.pk,
        "counted": "yes",
        "opens_at": "2026-11-23T09:00",
        "closes_at": "2026-11-30T18:00",
        "attempts_allowed": "2",
        "difficulty": "hard",
    }
    wrong = client.post(f"{DESK}assign/", sent | {"closes_at": "2026-11-23T08:00"})
    assert wrong.status_code == 400
    assert "时间窗" not in wrong.content.decode()
    assert "关闭时间早于开放时间" in wrong.content.decode()
    made = client.post(f"{DESK}assign/", sent)
    assignment = Assignment.objects.get()
    assert made["Location"] == f"{DESK}assigned/{assignment.uid}/"
    assert assignment.opens_at.isoformat() == "2026-11-23T01:00:00+00:00"
    assert (assignment.counted, assignment.difficulty, assignment.minutes_each) == (True, "hard", None)
    assert "较难" in client.get(made["Location"]).content.decode()


def test_somebody_elses_cohort_is_no_choice(client) -> None:
    mine, other = CohortFactory(), CohortFactory()
    client.force_login(manager_of(mine.organisation))
    form = client.get(f"{DESK}assign/").context["form"]
    assert [cohort.pk for cohort in form.fields["cohort"].queryset] == [mine.pk]
    assert other.pk != mine.pk


def test_the_replay_works_by_links_and_tells_the_table_as_it_stood(entered, assignment) -> None:
    attempt = ended(assignment, *DEAL)
    first = entered.get(f"{DESK}attempts/{attempt.uid}/?at=1").content.decode()
    last = entered.get(f"{DESK}attempts/{attempt.uid}/").content.decode()
    assert 'rel="next" href="?at=2#moment"' in first
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last
    known = re.compile(r"此时已弄清 (\d+) 条")
    assert known.search(first).group(1) == "0"
    assert int(known.search(last).group(1)) > 0
    assert "style=" not in last


def test_a_comment_is_anchored_to_its_moment(entered, assignment) -> None:
    attempt = ended(assignment, *DEAL)
    page = entered.get(f"{DESK}attempts/{attempt.uid}/?at=3")
    event = page.context["told"].here.event
    answer = entered.post(f"{DESK}attempts/{attempt.uid}/?at=3", {"at": event, "text": "先签再谈"})
    assert answer["Location"] == f"{DESK}attempts/{attempt.uid}/?at=3#moment"
    assert EventComment.objects.get().event_seq == event
    assert "先签再谈" in entered.get(f"{DESK}attempts/{attempt.uid}/?at=3").content.decode()
    assert "先签再谈" not in entered.get(f"{DESK}attempts/{attempt.uid}/?at=4").content.decode()


def test_a_correction_goes_through_two_pairs_of_hands(client, entered, assignment) -> None:
    attempt = ended(assignment)
    path = f"{DESK}attempts/{attempt.uid}/correct/"
    empty = entered.post(path, {"reason": "x"})
    assert empty.status_code == 400
    entered.post(path, {"points-0": "4", "reason": "规则读漏"})
    row = Override.objects.get()
    page = entered.get(f"{DESK}corrections/{row.uid}/").content.decode()
    assert "须由基地另一位负责人决定" in page
    assert 'value="confirm"' not in page

    client.force_login(manager_of(assignment.organisation))
    assert attempt.person.real_name in client.get(f"{DESK}corrections/").content.decode()
    client.post(f"{DESK}corrections/{row.uid}/", {"action": "confirm"})
    row.refresh_from_db()
    assert row.state == "in-force"
    assert attempt.scores.count() == 2


def test_a_trainee_appeals_and_reads_the_answer(client, clock, assignment) -> None:
    attempt = ended(assignment)
    client.force_login(attempt.person.user)
    path = f"/sim/{attempt.uid}/appeal/"
    client.post(path, {"grounds": "我问过", "items": ["I-01"]})
    appeal = Appeal.objects.get()
    client.force_login(manager_of(assignment.organisation))
    client.post(f"{DESK}appeals/{appeal.uid}/", {"points-0": "", "explanation": "查过记录，没有问"})
    client.force_login(attempt.person.user)
    page = client.get(path).content.decode()
    assert "不成立" in page
    assert "查过记录，没有问" in page


def test_a_rescore_is_prepared_and_listed(entered, assignment) -> None:
    ended(assignment, *DEAL)
    corrected = corrected_edition()
    sent = {
        "organisation": assignment.organisation_id,
        "version": assignment.scenario_version_id,
        "corrected": corrected.pk,
        "reason": "要求过高",
    }
    made = entered.post(f"{DESK}rescores/new/", sent)
    rescore = Rescore.objects.get()
    assert made["Location"] == f"{DESK}rescores/{rescore.uid}/"
    assert "正在试算" in entered.get(made["Location"]).content.decode()


def test_the_class_page_names_nobody_and_tells_what_to_talk_about(entered, assignment) -> None:
    attempts = [ended(assignment, *DEAL), *(ended(assignment) for _ in range(3))]
    page = entered.get(f"{DESK}assigned/{assignment.uid}/class/").content.decode()
    assert [each.person.real_name for each in attempts if each.person.real_name in page] == []
    talks = page.split('class="sim-talks"')[1].split("</ol>")[0]
    assert talks.count("<li>") == 3
    assert re.search(r"<dd>4<span class=\"meta\">已结束 4 次作答", page)
    assert page.count('class="pz-n"') >= 1
    assert "style=" not in page


def test_the_class_page_asks_the_same_for_one_and_for_many(client, assignment, django_assert_num_queries) -> None:
    for people in (1, 5):
        for _ in range(people):
            ended(assignment)
        client.force_login(manager_of(assignment.organisation))
        cache.clear()
        with django_assert_num_queries(9):
            client.get(f"{DESK}assigned/{assignment.uid}/class/")


def test_results_leave_as_files_in_which_no_name_is_a_formula(entered, assignment) -> None:
    person = MembershipFactory(cohort=assignment.cohort, person__real_name="=HYPERLINK(1)").person
    attempt = ended(assignment, *DEAL, person=person, now=NOON + timedelta(minutes=1))
    path = f"{DESK}assigned/{assignment.uid}/results"
    text = entered.get(f"{path}/csv/").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["姓名"] == "'=HYPERLINK(1)"
    assert float(row["得分"]) == float(attempt.scores.get().total)
    assert float(row["I-01"]) == float(attempt.scores.get().parts["items"][0]["points"])
    book = load_workbook(io.BytesIO(entered.get(f"{path}/xlsx/").content)).active
    assert book["A2"].value == "'=HYPERLINK(1)"
    assert book["A2"].data_type == "s"
    assert entered.get(f"{path}/pdf/").status_code == 404


def test_an_appeal_past_its_day_is_marked(entered, clock, assignment) -> None:
    AppealFactory(attempt=ended(assignment), decide_by=NOON - timedelta(minutes=1))
    assert "逾期" in entered.get(f"{DESK}appeals/").content.decode()
