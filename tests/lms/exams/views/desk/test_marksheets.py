import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from lms.exams.enums import AttemptState
from lms.exams.models import Attempt, CutScore, Exam
from lms.exams.services.attempts import submit
from lms.exams.services.marksheets import safe
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import ExamFactory, answer_rightly, make_attempt, make_seat
from tests.lms.exams.views.desk.test_seating import many_seats

pytestmark = [pytest.mark.face, pytest.mark.django_db]

CUT = {"percent": "63.5", "method": "angoff", "decided_on": "2026-11-20", "decided_by": "评定小组（虚构）", "note": ""}


@pytest.fixture
def exam() -> Exam:
    return ExamFactory()


@pytest.fixture
def client(exam: Exam) -> Client:
    return manager_of(exam)


def manager_of(exam: Exam) -> Client:
    client = Client()
    client.force_login(RoleGrantFactory(organisation=exam.organisation, user=PersonFactory().user).user)
    return client


def sat(exam: Exam, name: str, *, right: int) -> Attempt:
    attempt = make_attempt(make_seat(exam, PersonFactory(real_name=name)))
    answer_rightly(attempt, slots=right)
    submit(attempt=attempt, now=NOON + timedelta(minutes=5))
    attempt.refresh_from_db()
    return attempt


def names(page: str) -> list[str]:
    """The people of the table, in its order."""
    return [row.split("</a>")[0].split(">")[-1] for row in page.split('<th scope="row">')[1:]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["甲", "乙", "丁"]),
        ("?show=passed", ["甲", "乙"]),
        ("?show=not", []),
        ("?show=under-way", ["丁"]),
        ("?show=waiting", []),
        ("?sort=lowest", ["乙", "甲", "丁"]),
        ("?sort=highest", ["甲", "乙", "丁"]),
        ("?q=乙", ["乙"]),
        ("?show=nonsense&sort=nonsense", ["甲", "乙", "丁"]),
    ],
)
def test_the_table_is_filtered_and_sorted(exam: Exam, client: Client, clock, asked: str, found: list[str]) -> None:
    sat(exam, "甲", right=12)
    sat(exam, "乙", right=10)
    make_attempt(make_seat(exam, PersonFactory(real_name="丁")))
    page = client.get(f"/en/desk/exams/{exam.code}/results/{asked}").content.decode()
    assert sorted(names(page)) == sorted(found)
    if "sort=" in asked and "nonsense" not in asked:
        assert names(page) == found


def test_the_file_holds_the_same_rows_and_no_formula(exam: Exam, client: Client, clock) -> None:
    sat(exam, "=HYPERLINK(1)", right=12)
    url = f"/en/desk/exams/{exam.code}/results/file"
    (row,) = list(csv.DictReader(io.StringIO(client.get(f"{url}/csv/").content.decode("utf-8-sig"))))
    assert (row["Name"], row["Percent"], row["Outcome"]) == ("'=HYPERLINK(1)", "100.0", "Passed")
    page = load_workbook(io.BytesIO(client.get(f"{url}/xlsx/").content)).worksheets[0]
    assert (page["A2"].value, page["A2"].data_type) == ("'=HYPERLINK(1)", "s")
    assert client.get(f"{url}/exe/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "'=1"), ("＝1", "'＝1"), ("贺", "贺")],
)
def test_a_cell_is_never_calculated(typed: str, kept: str) -> None:
    assert safe(typed) == kept


def test_an_attempt_is_declared_void_with_a_reason(exam: Exam, client: Client, clock) -> None:
    attempt = sat(exam, "甲", right=12)
    url = f"/en/desk/exams/{exam.code}/attempts/{attempt.uid}/void/"
    assert client.post(url, {"reason": " "}).status_code == 400
    client.post(url, {"reason": "替考"})
    attempt.refresh_from_db()
    assert (attempt.state, attempt.void_reason) == (AttemptState.VOID, "替考")
    assert "This attempt is void already" in client.get(url).content.decode()
    assert "does not count" in client.get(f"/en/desk/exams/{exam.code}/results/?show=void").content.decode()


def test_an_attempt_of_another_exam_is_not_found_here(exam: Exam, client: Client, clock) -> None:
    foreign = sat(ExamFactory(), "甲", right=12)
    assert client.post(f"/desk/exams/{exam.code}/attempts/{foreign.uid}/void/", {"reason": "替考"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == AttemptState.SUBMITTED


def test_a_pass_mark_is_set_before_results_and_decides_them(exam: Exam, client: Client, clock) -> None:
    url = f"/en/desk/exams/{exam.code}/cut/"
    assert "No panel has decided on this exam" in client.get(url).content.decode()
    assert client.post(url, {**CUT, "percent": "95"})["Location"] == url
    attempt = sat(exam, "甲", right=10)
    assert attempt.results.get().passed is False


def test_once_results_are_out_the_page_leads_to_a_regrade(exam: Exam, client: Client, clock) -> None:
    sat(exam, "甲", right=12)
    url = f"/en/desk/exams/{exam.code}/cut/"
    page = client.get(url).content.decode()
    assert f"/en/desk/exams/{exam.code}/regrades/new/?kind=cut" in page
    answer = client.post(url, CUT)
    assert answer.status_code == 400
    assert not CutScore.objects.exists()


@pytest.mark.parametrize("field", [{"percent": "101"}, {"decided_by": ""}, {"decided_on": "2027-01-01"}])
def test_a_pass_mark_that_cannot_be_is_refused_in_words(exam: Exam, client: Client, clock, field) -> None:
    answer = client.post(f"/desk/exams/{exam.code}/cut/", {**CUT, **field})
    assert answer.status_code == 400
    assert not CutScore.objects.exists()


@pytest.mark.parametrize("seats", [10, 1000])
@pytest.mark.parametrize(("page", "queries"), [("results", 9), ("live", 12)])
def test_pages_cost_the_same_for_ten_and_for_a_thousand(
    seats: int, page: str, queries: int, exam: Exam, clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Sign-in 2, frame 2, the exam with its figures, attendance, count, rows; then the pass mark, or per page four."""
    many_seats(exam, seats)
    Attempt.objects.bulk_create(
        Attempt(
            seat=seat,
            paper_hash=seat.paper.hash,
            started_at=NOON,
            deadline_at=NOON + timedelta(minutes=30),
            accepts_until=NOON + timedelta(minutes=31),
        )
        for seat in exam.seats.select_related("paper")
    )
    manager_of(ExamFactory()).get("/desk/exams/")
    client = manager_of(exam)
    cache.clear()
    with django_assert_num_queries(queries):
        shown = client.get(f"/desk/exams/{exam.code}/{page}/").content.decode()
    assert shown.count('<th scope="row">') == min(seats, 50 if page == "results" else 100)
