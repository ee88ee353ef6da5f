from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.exams.models import Exam
from lms.exams.services.attempts import submit
from lms.schemes.services.loading import load_scheme
from tests.conftest import NOON
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.exams import ExamFactory, make_attempt, make_bank, make_seat

pytestmark = [pytest.mark.face, pytest.mark.django_db]

SETTINGS = {
    "title": "初级机考 2027 春",
    "title_en": "Junior, spring 2027",
    "opens_at": "2026-12-24T09:00",
    "closes_at": "2026-12-24T12:00",
    "minutes": "90",
    "grace_s": "60",
    "mode": "invigilated-on-site",
    "attempts_allowed": "1",
    "exposure_percent": "100",
    "appeal_days": "7",
    "decision_days": "15",
}


def manager_of(organisation) -> Client:
    client = Client()
    client.force_login(RoleGrantFactory(organisation=organisation, user=PersonFactory().user).user)
    return client


def _lines(*lines: dict[str, str]) -> dict[str, str]:
    data = {"line-TOTAL_FORMS": str(len(lines)), "line-INITIAL_FORMS": "0", "act": "blueprint"}
    return data | {f"line-{number}-{name}": value for number, line in enumerate(lines) for name, value in line.items()}


@pytest.fixture
def exam() -> Exam:
    return ExamFactory(
        blueprint={"schema": 1, "lines": []},
        opens_at=NOON + timedelta(days=9),
        closes_at=NOON + timedelta(days=9, hours=3),
    )


def test_a_manager_plans_an_exam_in_beijing_time_and_is_led_to_its_blueprint(clock, now) -> None:
    bank, version = make_bank(OrganisationFactory()), load_scheme("ttm-2026-2", now=now)
    given = {"code": "spring", "bank": bank.pk, "level": "junior", "scheme_version": version.pk}
    answer = manager_of(bank.organisation).post("/desk/exams/new/", {**SETTINGS, **given})
    assert answer["Location"] == "/desk/exams/spring/plan/#blueprint"
    made = Exam.objects.get()
    assert (made.opens_at.isoformat(), made.pass_percent) == ("2026-12-24T01:00:00+00:00", 60)


def test_what_does_not_fit_together_is_said_at_its_field(clock) -> None:
    bank = make_bank(OrganisationFactory())
    given = {"code": "spring", "bank": bank.pk, "level": "junior", "closes_at": "2026-12-24T09:00"}
    answer = manager_of(bank.organisation).post("/en/desk/exams/new/", {**SETTINGS, **given})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="id_closes_at_error"' in page
    assert "An exam closes after it opens." in page
    assert not Exam.objects.exists()


def test_a_bank_of_another_base_is_no_choice(clock, now) -> None:
    own, other = make_bank(OrganisationFactory()), make_bank(OrganisationFactory())
    version = load_scheme("ttm-2026-2", now=now)
    given = {"code": "spring", "bank": other.pk, "level": "junior", "scheme_version": version.pk}
    assert manager_of(own.organisation).post("/desk/exams/new/", {**SETTINGS, **given}).status_code == 400
    assert not Exam.objects.exists()


def test_a_blueprint_is_written_line_by_line_without_script(exam: Exam, clock) -> None:
    client, url = manager_of(exam.organisation), f"/desk/exams/{exam.code}/plan/"
    lines = _lines(
        {"kind": "single", "topic": "brokerage", "difficulty": "medium", "count": "1", "points": "2.5"},
        {"kind": "", "count": "", "points": ""},
        {"kind": "multiple", "count": "2", "points": "3", "DELETE": "on"},
        {"kind": "true-false", "count": "2", "points": "1"},
    )
    assert client.post(url, lines)["Location"] == f"{url}#blueprint"
    exam.refresh_from_db()
    assert exam.blueprint["lines"] == [
        {"kind": "single", "topic": "brokerage", "difficulty": "medium", "count": 1, "points": "2.50"},
        {"kind": "true-false", "count": 2, "points": "1.00"},
    ]


def test_more_lines_keep_what_was_typed_and_write_nothing(exam: Exam, clock) -> None:
    data = {**_lines({"kind": "single", "count": "4", "points": "2"}), "act": "more-lines"}
    page = manager_of(exam.organisation).post(f"/en/desk/exams/{exam.code}/plan/", data).content.decode()
    assert page.count('class="blueprint-line"') == 4
    assert 'name="line-0-count" value="4"' in page
    exam.refresh_from_db()
    assert exam.blueprint["lines"] == []


def test_what_the_bank_cannot_fill_is_said_and_typed_words_stay(exam: Exam, clock) -> None:
    data = _lines({"kind": "numeric", "count": "9", "points": "2"})
    answer = manager_of(exam.organisation).post(f"/en/desk/exams/{exam.code}/plan/", data)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "The blueprint asks for 9 questions of the kind “numeric”; the bank has 2 that fit." in page
    assert 'name="line-0-count" value="9"' in page


@pytest.mark.parametrize("tampered", ["x", "-1", "100000"])
def test_a_tampered_form_is_refused_and_is_no_fault(exam: Exam, clock, tampered: str) -> None:
    client, url = manager_of(exam.organisation), f"/desk/exams/{exam.code}/plan/"
    data = {"line-TOTAL_FORMS": tampered, "line-INITIAL_FORMS": "0"}
    assert client.post(url, {**data, "act": "blueprint"}).status_code == 400
    assert client.post(url, {**data, "act": "more-lines"}).status_code < 500
    assert client.post(url, {**data, "act": "unheard-of"}).status_code == 400


def test_once_papers_are_drawn_the_plan_is_shown_and_refuses(clock) -> None:
    exam = make_seat().exam
    client, url = manager_of(exam.organisation), f"/en/desk/exams/{exam.code}/plan/"
    page = client.get(url).content.decode()
    assert "everybody sits the same exam" in page
    assert '<form method="post" class="exam-form"' not in page
    answer = client.post(url, {**SETTINGS, "act": "settings"})
    assert answer.status_code == 400
    assert "Plan another one to ask differently." in answer.content.decode()


def test_a_trial_shows_a_paper_and_none_of_its_keys(clock) -> None:
    exam = ExamFactory()
    client = manager_of(exam.organisation)
    page = client.get(f"/en/desk/exams/{exam.code}/trial/?no=2").content.decode()
    assert "Paper for trial no. 2" in page
    assert page.count('class="exampaper-question"') == 12
    assert client.get(f"/desk/exams/{exam.code}/trial/?no=²").status_code == 200
    assert not exam.papers.exists()


@pytest.mark.parametrize(
    ("opens", "closes", "stage"),
    [(60, 120, "Planned"), (-60, 60, "Open"), (-120, -60, "Closed")],
)
def test_the_list_says_where_an_exam_stands(clock, opens: int, closes: int, stage: str) -> None:
    exam = ExamFactory(opens_at=NOON + timedelta(minutes=opens), closes_at=NOON + timedelta(minutes=closes))
    page = manager_of(exam.organisation).get("/en/desk/exams/").content.decode()
    assert f"</svg>{stage}</span>" in page


def test_an_exam_that_was_sat_and_marked_has_its_results_out(clock) -> None:
    exam = ExamFactory(closes_at=NOON + timedelta(minutes=30))
    submit(attempt=make_attempt(make_seat(exam)), now=NOON)
    clock.advance(timedelta(hours=1))
    page = manager_of(exam.organisation).get("/en/desk/exams/?stage=over").content.decode()
    assert "</svg>Results out</span>" in page
    assert exam.code not in manager_of(exam.organisation).get("/en/desk/exams/?stage=planned").content.decode()


@pytest.mark.parametrize("exams", [10, 1000])
def test_the_list_costs_the_same_for_ten_and_for_a_thousand(
    exams: int, clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = ExamFactory()
    one = {"organisation": first.organisation, "bank": first.bank, "scheme_version": first.scheme_version}
    Exam.objects.bulk_create(
        Exam(
            **one,
            code=f"e-{number}",
            level="junior",
            title="机考",
            opens_at=NOON,
            minutes=30,
            pass_percent=60,
            closes_at=NOON + timedelta(hours=1),
            mode="invigilated-on-site",
            blueprint={"lines": []},
            created_at=BEGINNING,
        )
        for number in range(exams - 1)
    )
    manager_of(OrganisationFactory()).get("/desk/exams/")
    client = manager_of(first.organisation)
    cache.clear()
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/desk/exams/").content.decode()
    assert page.count('<th scope="row">') == min(exams, 20)


# 2 for the sign-in, 2 for the frame of the desk; whether one runs exams, the count, the exams with their figures
LIST_QUERIES = 7
