from datetime import timedelta

import pytest
from django.test import Client

from lms.exams.enums import RegradeState
from lms.exams.models import Regrade
from lms.exams.services.keys import key_in_force
from lms.jobs.services.work import drain
from lms.kernel.clock import HeldClock
from lms.kernel.clock import now as moment
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import TWELVE
from tests.factories.results import another_key, make_exam, make_manager, proposed_key, sat, standing, version_in

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_corrected_key_goes_from_form_to_table_to_new_results(clock: HeldClock) -> None:
    exam = make_exam()
    attempt = sat(exam, slots=4)
    version = version_in(attempt, 1)
    one, other = client_of(make_manager(exam)), client_of(make_manager(exam))
    base = f"/desk/exams/{exam.code}/regrades/"
    form = one.get(f"{base}new/?kind=key&question={version.pk}").content.decode()
    assert 'name="option"' in form
    key = another_key(version)
    sent = {"option": key.accepted["option"], "explanation": "新条文", "source": "某法第一条", "reason": "旧条文已废止"}
    there = one.post(f"{base}new/?kind=key&question={version.pk}", sent).url
    drain(now=moment())
    assert there == f"{base}{Regrade.objects.get().uid}/"
    table = other.get(there).content.decode()
    assert attempt.seat.person.real_name in table
    assert "改为未通过" in table
    assert 'value="approve"' in table
    assert 'value="approve"' not in one.get(there).content.decode()
    assert one.post(there, {"action": "approve"}).status_code == 403
    assert other.post(there, {"action": "approve"}).url == there
    clock.advance(timedelta(minutes=1))
    drain(now=moment())
    assert (standing(attempt).points, key_in_force(version).explanation) == (3, "新条文")
    assert "旧条文已废止" in other.get(base).content.decode()


def test_turning_down_without_a_reason_is_said_on_the_page(clock: HeldClock) -> None:
    exam = make_exam()
    regrade = proposed_key(sat(exam, slots=4), 1, make_manager(exam))
    client, url = client_of(make_manager(exam)), f"/desk/exams/{exam.code}/regrades/{regrade.uid}/"
    assert client.post(url, {"action": "refuse", "reason": " "}).status_code == 400
    client.post(url, {"action": "refuse", "reason": "依据有误"})
    regrade.refresh_from_db()
    assert regrade.state == RegradeState.REFUSED
    assert "依据有误" in client.get(url).content.decode()


@pytest.mark.parametrize(("show", "names"), [("to-fail", 1), ("to-pass", 0), ("points", 1), ("", 2), ("nonsense", 2)])
def test_the_table_is_narrowed_to_verdicts_that_turn(clock: HeldClock, show: str, names: int) -> None:
    exam = make_exam()
    attempt = sat(exam, slots=4)
    sat(exam, slots=6)
    regrade = proposed_key(attempt, 1, make_manager(exam))
    url = f"/desk/exams/{exam.code}/regrades/{regrade.uid}/?show={show}"
    shown = client_of(make_manager(exam)).get(url).content.decode()
    assert shown.count("/result/") == names


def test_each_kind_of_question_has_fields_for_its_key(clock: HeldClock) -> None:
    exam = make_exam(blueprint={"schema": 1, "lines": TWELVE})
    attempt = sat(exam, slots=12)
    client = client_of(make_manager(exam))
    fields = {"single": "option", "multiple": "options", "true-false": "option", "numeric": "value"}
    seen = set()
    for item in attempt.seat.paper.items:
        url = f"/desk/exams/{exam.code}/regrades/new/?kind=key&question={item['version']}"
        assert f'name="{fields[item["kind"]]}"' in client.get(url).content.decode()
        seen.add(item["kind"])
    assert seen == set(fields)


def test_a_key_that_is_the_same_or_no_number_is_refused_in_words(clock: HeldClock) -> None:
    exam = make_exam(blueprint={"schema": 1, "lines": TWELVE})
    attempt = sat(exam, slots=12)
    client = client_of(make_manager(exam))
    numeric = next(item["version"] for item in attempt.seat.paper.items if item["kind"] == "numeric")
    url = f"/desk/exams/{exam.code}/regrades/new/?kind=key&question={numeric}"
    words = {"explanation": "解析", "source": "出处", "reason": "更正"}
    assert client.post(url, {**words, "value": "甲"}).status_code == 200
    single = version_in(attempt, 1)
    same = {**words, "option": key_in_force(single).accepted["option"]}
    response = client.post(f"/desk/exams/{exam.code}/regrades/new/?kind=key&question={single.pk}", same)
    assert (response.status_code, Regrade.objects.count()) == (400, 0)
    assert "没有要更正的" in response.content.decode()


def test_only_those_who_run_the_exam_find_its_corrections(clock: HeldClock) -> None:
    exam = make_exam()
    attempt = sat(exam, slots=4)
    regrade = proposed_key(attempt, 1, make_manager(exam))
    trainer = RoleGrantFactory(organisation=exam.organisation, role="trainer").user
    base = f"/desk/exams/{exam.code}/regrades/"
    for user in (trainer, attempt.seat.person.user, make_manager(make_exam())):
        for url in (base, f"{base}new/", f"{base}{regrade.uid}/"):
            assert client_of(user).get(url).status_code == 404


def test_the_table_asks_as_often_for_many_as_for_few(clock: HeldClock, django_assert_num_queries) -> None:
    for people in (1, 10):
        exam = make_exam()
        attempts = [sat(exam) for _ in range(people)]
        regrade = proposed_key(attempts[0], 1, make_manager(exam))
        client, url = client_of(make_manager(exam)), f"/desk/exams/{exam.code}/regrades/{regrade.uid}/"
        client.get(url)
        with django_assert_num_queries(12):
            assert client.get(url).content.decode().count("/result/") == regrade.lines.count() == people
