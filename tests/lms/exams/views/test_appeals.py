from datetime import timedelta

import pytest
from django.test import Client

from lms.exams.enums import AppealState
from lms.exams.models import Appeal
from lms.exams.services.appealing import file_appeal
from lms.kernel.clock import HeldClock
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.results import make_exam, make_manager, sat, standing

pytestmark = [pytest.mark.face, pytest.mark.django_db]

DAY = timedelta(days=1)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def filed(attempt, now=NOON) -> Appeal:
    return file_appeal(attempt=attempt, filed_by=attempt.seat.person.user, grounds="第 4 题", slots=[4], now=now)


def test_a_candidate_appeals_reads_the_term_and_takes_back(clock: HeldClock) -> None:
    attempt = sat(slots=3)
    client, url = client_of(attempt.seat.person.user), f"/exam/{attempt.uid}/appeal/"
    assert "2026 年 11 月 29 日 12:00，北京时间" in client.get(url).content.decode()
    assert client.post(url, {"grounds": "第 4 题的答案有误", "slots": ["4"]}).url == url
    appeal = Appeal.objects.get()
    assert (appeal.grounds, appeal.slots, appeal.state) == ("第 4 题的答案有误", [4], AppealState.FILED)
    assert "第 4 题的答案有误" in client.get(url).content.decode()
    client.post(f"{url}withdraw/")
    appeal.refresh_from_db()
    assert appeal.state == AppealState.WITHDRAWN


@pytest.mark.parametrize(
    "sent", [{"grounds": "", "slots": []}, {"grounds": "第 99 题", "slots": ["99"]}, {"grounds": "长" * 4001}]
)
def test_an_appeal_that_cannot_be_read_is_shown_again_and_not_filed(clock: HeldClock, sent: dict) -> None:
    attempt = sat(slots=3)
    response = client_of(attempt.seat.person.user).post(f"/exam/{attempt.uid}/appeal/", sent)
    assert (response.status_code, Appeal.objects.count()) == (200, 0)
    assert 'role="alert"' in response.content.decode()


def test_after_the_term_the_page_says_so_and_takes_none(clock: HeldClock) -> None:
    attempt = sat(slots=3)
    clock.advance(8 * DAY)
    client, url = client_of(attempt.seat.person.user), f"/exam/{attempt.uid}/appeal/"
    assert "<textarea" not in client.get(url).content.decode()
    assert client.post(url, {"grounds": "第 4 题"}).status_code == 409
    assert Appeal.objects.count() == 0


def test_nobody_sees_or_files_an_appeal_of_somebody_else(clock: HeldClock) -> None:
    attempt = sat(slots=3)
    appeal = filed(attempt)
    other = client_of(PersonFactory().user)
    trainer = client_of(RoleGrantFactory(organisation=attempt.seat.organisation, role="trainer").user)
    for client in (other, trainer):
        assert client.get(f"/exam/{attempt.uid}/appeal/").status_code == 404
        assert client.post(f"/exam/{attempt.uid}/appeal/withdraw/").status_code == 404
        assert client.get(f"/desk/appeals/{appeal.uid}/").status_code == 404
        assert client.get("/desk/appeals/").status_code == 403


def test_the_queue_has_what_is_due_first_and_names_what_is_overdue(clock: HeldClock) -> None:
    exam = make_exam(decision_days=2)
    manager = make_manager(exam)
    late = sat(exam, slots=3, person=PersonFactory(real_name="甲迟"))
    early = sat(exam, slots=3, person=PersonFactory(real_name="乙早"))
    filed(late, NOON + DAY)
    filed(early, NOON)
    filed(sat(make_exam(), slots=3, person=PersonFactory(real_name="外人")))
    clock.advance(2 * DAY + timedelta(minutes=1))
    shown = client_of(manager).get("/desk/appeals/").content.decode()
    assert shown.index("乙早") < shown.index("甲迟")
    assert shown.count("逾期") == 1
    assert "外人" not in shown


def test_a_manager_decides_with_points_and_reasons(clock: HeldClock) -> None:
    exam = make_exam()
    attempt = sat(exam, slots=3)
    appeal = filed(attempt)
    client, url = client_of(make_manager(exam)), f"/desk/appeals/{appeal.uid}/"
    assert 'name="points-4"' in client.get(url).content.decode()
    assert client.post(url, {"upheld": "yes", "explanation": "复核成立", "points-4": "1"}).url == url
    assert standing(attempt).points == 4
    shown = client_of(attempt.seat.person.user).get(f"/exam/{attempt.uid}/appeal/").content.decode()
    assert "复核成立" in shown
    assert "第 4 题：1.00 分" in shown


def test_a_decision_without_reasons_is_shown_again_with_what_was_entered(clock: HeldClock) -> None:
    exam = make_exam()
    appeal = filed(sat(exam, slots=3))
    response = client_of(make_manager(exam)).post(f"/desk/appeals/{appeal.uid}/", {"upheld": "no", "points-4": "9"})
    appeal.refresh_from_db()
    assert (response.status_code, appeal.state) == (200, AppealState.FILED)
    assert 'role="alert"' in response.content.decode()


def test_a_manager_does_not_see_the_keys_of_their_own_paper(clock: HeldClock) -> None:
    exam = make_exam()
    attempt = sat(exam, slots=3)
    appeal = filed(attempt)
    RoleGrantFactory(user=attempt.seat.person.user, organisation=exam.organisation, role="base-manager")
    assert client_of(attempt.seat.person.user).get(f"/desk/appeals/{appeal.uid}/").status_code == 404


def test_the_queue_asks_as_often_for_many_as_for_few(clock: HeldClock, django_assert_num_queries) -> None:
    exam = make_exam()
    for number, people in ((1, 1), (2, 9)):
        for _ in range(people):
            filed(sat(exam, slots=3))
        client = client_of(make_manager(exam))
        client.get("/desk/appeals/")
        with django_assert_num_queries(6):
            assert client.get("/desk/appeals/").content.decode().count("<tr>") == 1 + (1 if number == 1 else 10)
