import pytest
from django.test import Client

from lms.exams.models import Exam
from lms.exams.services.bank_file import read_bank
from lms.exams.services.seats import withdraw_seat
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import ExamFactory, make_seat
from tests.factories.records import events

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def exam() -> Exam:
    return ExamFactory()


@pytest.fixture
def client(exam: Exam) -> Client:
    client = Client()
    client.force_login(RoleGrantFactory(organisation=exam.organisation, user=PersonFactory().user).user)
    return client


def test_a_paper_prints_with_its_answer_sheet_and_each_print_is_on_record(exam: Exam, client: Client, clock) -> None:
    seat = make_seat(exam)
    url = f"/en/desk/exams/{exam.code}/papers/{seat.paper.hash[:12]}/print/"
    page = client.get(url).content.decode()
    client.get(url)
    slots = [part.split("</b>")[0] for part in page.split('class="exampaper-stem"><b>')[1:]]
    assert slots == [f"{number}." for number in range(1, 13)]
    assert page.count('<li class="answer answer-') == 12
    assert page.count('class="bubble"') == sum(len(item["options"]) for item in seat.paper.items)
    assert page.count(seat.paper.hash[:12]) >= 3
    printed = events("exams.paper-printed")
    assert [event.detail for event in printed] == [{"exam": exam.code, "hash": seat.paper.hash}] * 2


def test_options_stand_in_the_order_of_the_paper(exam: Exam, client: Client, clock) -> None:
    seat = make_seat(exam)
    page = client.get(f"/desk/exams/{exam.code}/papers/{seat.paper.hash[:12]}/print/").content.decode()
    first = page.split('class="exampaper-question"')[1]
    version = exam.uses.get(version=seat.paper.items[0]["version"]).version
    texts = {option["id"]: option["text"] for option in version.body["options"]}
    shown = [first.index(texts[option]) for option in seat.paper.items[0]["options"]]
    assert shown == sorted(shown)


def test_no_word_of_a_key_is_printed(exam: Exam, client: Client, clock) -> None:
    seat = make_seat(exam)
    page = client.get(f"/desk/exams/{exam.code}/papers/{seat.paper.hash[:12]}/print/").content.decode()
    for question in read_bank("junior-core").questions:
        assert question.explanation not in page


@pytest.mark.parametrize("beginning", ["0" * 12, "none"])
def test_a_paper_that_is_not_of_this_exam_is_not_found(exam: Exam, client: Client, clock, beginning: str) -> None:
    other = make_seat(ExamFactory()).paper.hash[:12]
    for hash12 in (beginning, other):
        assert client.get(f"/desk/exams/{exam.code}/papers/{hash12}/print/").status_code == 404
    assert not events("exams.paper-printed")


def test_tickets_come_four_a_page_and_the_list_room_by_room(exam: Exam, client: Client, clock) -> None:
    for place in range(5):
        make_seat(exam, room="101" if place < 3 else "102", desk=f"A{place}")
    gone = make_seat(exam, PersonFactory(real_name="已撤回"))
    withdraw_seat(seat=gone, reason="改期", actor="user:1", now=NOON)
    tickets = client.get(f"/desk/exams/{exam.code}/tickets/").content.decode()
    assert (tickets.count('class="ticket"'), tickets.count('class="ticket-page"')) == (5, 2)
    listed = client.get(f"/desk/exams/{exam.code}/sign-in/").content.decode()
    assert [part.count('<th scope="row">') for part in listed.split('class="sign-room"')[1:]] == [3, 2]
    assert "已撤回" not in tickets + listed
