from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.cohorts.enums import Role
from lms.exams.models import (
    Exam,
    ExamStatistics,
    ItemExclusion,
    ItemStatistics,
    Question,
    QuestionVersion,
    Regrade,
)
from lms.exams.services.marking import keys_of
from lms.exams.services.statistics import COMPUTE, compute_statistics
from lms.jobs.models import Job
from tests.conftest import NOON
from tests.factories.accounts import BEGINNING, UserFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import ExamFactory
from tests.factories.marked import make_marked, write_result

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def exam(clock) -> Exam:
    return ExamFactory(blueprint={"schema": 1, "lines": [{"kind": "single", "count": 3, "points": "1.00"}]})


def _signed_in(exam: Exam, role: Role = Role.BASE_MANAGER) -> Client:
    client = Client()
    client.force_login(RoleGrantFactory(organisation=exam.organisation, role=role).user)
    return client


def _page(client: Client, exam: Exam, query: str = "") -> str:
    answer = client.get(f"/en/desk/exams/{exam.code}/statistics/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def _half_right(number: int, item: dict[str, Any]) -> Any:
    right = keys_of([item["version"]])[item["version"]].accepted["option"]
    return right if number % 3 >= item["slot"] - 1 else next(o for o in item["options"] if o != right)


def test_before_the_first_computation_the_page_says_so_and_offers_it(exam: Exam) -> None:
    page = _page(_signed_in(exam), exam)
    assert "Nothing has been computed yet" in page
    assert "Compute now" in page


def test_a_post_has_them_computed_in_the_background(exam: Exam) -> None:
    client = _signed_in(exam)
    answer = client.post(f"/en/desk/exams/{exam.code}/statistics/", follow=True)
    assert "The statistics are being computed." in answer.content.decode()
    assert Job.objects.get(task=COMPUTE).payload == {"exam_id": exam.pk}


def test_a_trainer_reads_figures_options_and_what_they_rest_on(exam: Exam) -> None:
    make_marked(exam, 33, _half_right)
    compute_statistics(exam_id=exam.pk, now=NOON)
    page = _page(_signed_in(exam, Role.TRAINER), exam)
    assert "22 November 2026 12:00, Beijing time" in page
    assert "KR-20" in page
    assert "formula 20 of Kuder and Richardson" in page
    assert "(right)" in page
    assert "Nobody took the option" in page
    assert page.count("As a table") == 3 + 3


@pytest.mark.parametrize("role", [Role.CERTIFIER, Role.VERIFIER, Role.AUTHORITY_OFFICER, Role.MARKER])
def test_whoever_neither_writes_questions_nor_runs_exams_finds_nothing(role: Role, exam: Exam) -> None:
    assert _signed_in(exam, role).get(f"/desk/exams/{exam.code}/statistics/").status_code == 404


def test_papers_that_differ_are_not_called_alpha(exam: Exam) -> None:
    make_marked(exam, 33, _half_right, papers=3)
    compute_statistics(exam_id=exam.pk, now=NOON)
    page = _page(_signed_in(exam), exam)
    assert "generalizability, i:p" in page
    assert "Cronbach" not in page
    assert "(MSp − MSi:p) / MSp" in page


def test_few_papers_are_said_to_be_few_and_show_no_coefficient(exam: Exam) -> None:
    make_marked(exam, 5, _half_right)
    compute_statistics(exam_id=exam.pk, now=NOON)
    page = _page(_signed_in(exam), exam)
    assert "These figures rest on 5 papers." in page
    assert "not computed" in page
    assert "KR-20" not in page


def test_results_that_came_out_since_are_counted(exam: Exam) -> None:
    attempts = make_marked(exam, 4, _half_right)
    compute_statistics(exam_id=exam.pk, now=NOON - timedelta(minutes=1))
    assert "4 results have come out since" in _page(_signed_in(exam), exam)
    compute_statistics(exam_id=exam.pk, now=NOON)
    assert "come out since" not in _page(_signed_in(exam), exam)
    assert len(attempts) == 4


def test_only_what_should_be_read_again_can_be_shown(exam: Exam) -> None:
    make_marked(exam, 33, _half_right)
    compute_statistics(exam_id=exam.pk, now=NOON)
    kept = ItemStatistics.objects.order_by("pk").first()
    assert kept is not None
    ItemStatistics.objects.exclude(pk=kept.pk).update(flags=[])
    client = _signed_in(exam)
    assert _page(client, exam).count('class="stat-words"') == 3
    assert _page(client, exam, "?flagged=1").count('class="stat-words"') == 1
    ItemStatistics.objects.update(flags=[])
    assert "No question needs to be read again." in _page(client, exam, "?flagged=1")


def test_an_excluded_question_is_named_once_it_is_left_out(exam: Exam) -> None:
    make_marked(exam, 33, _half_right)
    version = QuestionVersion.objects.get(pk=exam.papers.get().items[0]["version"])
    regrade = Regrade.objects.create(
        exam=exam, kind="exclusion", version=version, proposal={}, reason="faulty", prepared_by="1", prepared_at=NOON
    )
    ItemExclusion.objects.create(exam=exam, version=version, regrade=regrade, rule="drop", at=NOON)
    compute_statistics(exam_id=exam.pk, now=NOON - timedelta(minutes=1))
    assert "question is excluded" not in _page(_signed_in(exam), exam)
    compute_statistics(exam_id=exam.pk, now=NOON)
    page = _page(_signed_in(exam), exam)
    assert "1 question is excluded" in page
    assert version.question.ref in page
    assert page.count('class="stat-words"') == 2


def _many_items(exam: Exam, number: int) -> None:
    newest = ExamStatistics.objects.create(
        exam=exam, attempts=100, items=number, passed=50, histogram=[10] * 10, computed_at=NOON
    )
    body = {"stem": "题干", "options": [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}]}
    for each in range(number):
        question = Question.objects.create(bank=exam.bank, ref=f"many-{each}", kind="single")
        version = QuestionVersion.objects.create(
            question=question,
            no=1,
            topic="law",
            difficulty="easy",
            body=body,
            content_hash=f"many-{each}",
            state="published",
            created_at=BEGINNING,
            published_at=BEGINNING,
        )
        ItemStatistics.objects.create(
            of_exam=newest,
            version=version,
            attempts=100,
            facility="0.500",
            discrimination="0.300",
            distractors={"a": {"n": 50, "mean_rest": 60.0}, "b": {"n": 0}},
            flags=["unused:b"],
        )


@pytest.mark.parametrize("number", [10, 1000])
def test_the_page_asks_as_often_for_a_thousand_questions_as_for_ten(
    number: int, exam: Exam, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _many_items(exam, number)
    _page(_signed_in(exam), exam)
    second = _signed_in(exam)
    cache.clear()
    with django_assert_num_queries(13):
        _page(second, exam)


def test_a_paper_whose_result_was_written_again_counts_once(exam: Exam) -> None:
    attempts = make_marked(exam, 2, _half_right)
    write_result(attempts[0], {}, seq=2)
    compute_statistics(exam_id=exam.pk, now=NOON)
    assert "2 passed" not in _page(_signed_in(exam), exam)
    assert exam.statistics.get().attempts == 2


def test_a_stranger_who_is_signed_in_finds_nothing(exam: Exam) -> None:
    client = Client()
    client.force_login(UserFactory())
    assert client.get(f"/desk/exams/{exam.code}/statistics/").status_code == 404
