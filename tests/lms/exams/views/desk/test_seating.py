from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.exams.models import Exam, Seat
from lms.jobs.models import Job
from lms.jobs.services.work import drain
from lms.schemes.services.loading import load_scheme
from tests.conftest import NOON
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory, RoleGrantFactory
from tests.factories.exams import ExamFactory, make_attempt, make_seat

pytestmark = [pytest.mark.face, pytest.mark.django_db]

SEAT = {"room": "101", "desk": "A1", "extra_minutes": "0", "extra_reason": ""}


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


def member(exam: Exam, **given):
    cohort = CohortFactory(organisation=exam.organisation, scheme_version=exam.scheme_version)
    return MembershipFactory(cohort=cohort, **given).person


def test_one_person_is_admitted_by_mail_address(exam: Exam, client: Client, clock) -> None:
    person = member(exam)
    answer = client.post(f"/desk/exams/{exam.code}/seats/", {**SEAT, "mail": person.user.email.upper()})
    assert answer["Location"] == f"/desk/exams/{exam.code}/seats/"
    seat = Seat.objects.get()
    assert (seat.person, seat.room, seat.desk) == (person, "101", "A1")


def test_people_of_other_bases_are_not_known_here(exam: Exam, client: Client, clock) -> None:
    stranger = member(ExamFactory())
    answer = client.post(f"/en/desk/exams/{exam.code}/seats/", {**SEAT, "mail": stranger.user.email})
    assert answer.status_code == 400
    assert "Nobody in the cohorts of your base has this mail address." in answer.content.decode()
    assert not Seat.objects.exists()


def test_a_refusal_tells_the_reasons_and_an_exception_overrules_it(clock, now) -> None:
    exam = ExamFactory(scheme_version=load_scheme("ttm-2026-2", now=now))
    client, person = manager_of(exam), member(exam)
    given = {**SEAT, "mail": person.user.email}
    page = client.post(f"/en/desk/exams/{exam.code}/seats/", given).content.decode()
    assert "The course is not completed yet: each of its lessons must be studied to the end." in page
    client.post(f"/desk/exams/{exam.code}/seats/", {**given, "exception": "出差在外"})
    assert Seat.objects.get().exception == "出差在外"


def test_the_preview_says_who_and_why_and_writes_nothing(clock, now) -> None:
    exam = ExamFactory(scheme_version=load_scheme("ttm-2026-2", now=now))
    cohort = CohortFactory(organisation=exam.organisation, scheme_version=exam.scheme_version)
    seated = make_seat(exam, MembershipFactory(cohort=cohort).person, exception="测试")
    MembershipFactory(cohort=cohort)
    MembershipFactory(cohort=cohort, state="withdrawn", person=PersonFactory(real_name="已退出的人"))
    page = manager_of(exam).get(f"/en/desk/exams/{exam.code}/seats/cohort/{cohort.pk}/").content.decode()
    assert (page.count("has one"), page.count("gets none")) == (1, 1)
    assert "The course is not completed yet" in page
    assert "已退出的人" not in page
    assert list(Seat.objects.all()) == [seated]


def test_a_cohort_is_seated_by_a_job_that_can_be_followed_and_stopped(exam: Exam, client: Client, clock) -> None:
    person = member(exam)
    cohort = person.memberships.get().cohort
    place = client.post(f"/desk/exams/{exam.code}/seats/cohort/{cohort.pk}/")["Location"]
    job = Job.objects.get(task="exams.seat-cohort")
    assert place == f"/desk/exams/{exam.code}/seats/job/{job.pk}/"
    assert 'data-refresh="3"' in client.get(place).content.decode()
    drain(now=NOON)
    done = client.get(f"/en{place}").content.decode()
    assert "One person was seated in this round." in done
    assert "data-refresh" not in done
    stopped = client.post(f"/en{place}", follow=True).content.decode()
    assert "This work has already ended." in stopped


def test_a_job_is_stopped_before_it_begins(exam: Exam, client: Client, clock) -> None:
    cohort = member(exam).memberships.get().cohort
    place = client.post(f"/desk/exams/{exam.code}/seats/cohort/{cohort.pk}/")["Location"]
    assert "Whoever has a seat by now keeps it" in client.post(f"/en{place}", follow=True).content.decode()
    drain(now=NOON)
    assert not Seat.objects.exists()


def test_a_job_of_another_exam_is_not_found_here(exam: Exam, client: Client, clock) -> None:
    cohort = member(exam).memberships.get().cohort
    client.post(f"/desk/exams/{exam.code}/seats/cohort/{cohort.pk}/")
    other = ExamFactory(organisation=exam.organisation, bank=exam.bank, scheme_version=exam.scheme_version)
    assert client.get(f"/desk/exams/{other.code}/seats/job/{Job.objects.latest('pk').pk}/").status_code == 404


def test_a_cohort_of_another_base_or_level_is_not_found(exam: Exam, client: Client, clock) -> None:
    foreign = CohortFactory(scheme_version=exam.scheme_version)
    higher = CohortFactory(organisation=exam.organisation, scheme_version=exam.scheme_version, level="senior")
    for cohort in (foreign, higher):
        assert client.get(f"/desk/exams/{exam.code}/seats/cohort/{cohort.pk}/").status_code == 404


def test_a_seat_is_moved_and_given_time_with_a_reason(exam: Exam, client: Client, clock) -> None:
    seat = make_seat(exam)
    url = f"/en/desk/exams/{exam.code}/seats/{seat.pk}/"
    answer = client.post(url, {**SEAT, "extra_minutes": "15", "act": "change"})
    assert "Say why this person has more time." in answer.content.decode()
    assert client.post(url, {**SEAT, "extra_minutes": "15", "extra_reason": "视力", "act": "change"})["Location"] == url
    seat.refresh_from_db()
    assert (seat.room, seat.extra_minutes) == ("101", 15)
    assert client.post(url, {"act": "unheard-of"}).status_code == 400


def test_a_withdrawn_seat_cannot_be_sat_and_is_said_to_be_withdrawn(exam: Exam, client: Client, clock) -> None:
    seat = make_seat(exam)
    url = f"/en/desk/exams/{exam.code}/seats/{seat.pk}/"
    assert client.post(url, {"reason": "", "act": "withdraw"}).status_code == 400
    client.post(url, {"reason": "本人申请改期", "act": "withdraw"})
    assert "This seat was withdrawn on" in client.get(url).content.decode()
    sitter = Client()
    sitter.force_login(seat.person.user)
    assert sitter.post(f"/exams/{seat.pk}/start/").status_code in (404, 409)
    assert not seat.attempts.exists()


def test_who_has_sat_down_keeps_the_seat(exam: Exam, client: Client, clock) -> None:
    seat = make_seat(exam)
    make_attempt(seat)
    answer = client.post(f"/en/desk/exams/{exam.code}/seats/{seat.pk}/", {"reason": "迟到", "act": "withdraw"})
    assert "This person has sat down already" in answer.content.decode()


def many_seats(exam: Exam, number: int) -> None:
    """So many people with seats at one and the same paper, half of them in a cohort."""
    paper = make_seat(exam).paper
    people = PersonFactory.create_batch(number - 1, user=None)
    Seat.objects.bulk_create(
        Seat(
            exam=exam,
            person=person,
            paper=paper,
            organisation=exam.organisation,
            ticket_code=f"T-{place}",
            created_at=BEGINNING,
        )
        for place, person in enumerate(people)
    )


@pytest.mark.parametrize("seats", [10, 1000])
def test_the_seats_cost_the_same_for_ten_and_for_a_thousand(
    seats: int, exam: Exam, clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_seats(exam, seats)
    manager_of(ExamFactory()).get("/desk/exams/")
    client = manager_of(exam)
    cache.clear()
    with django_assert_num_queries(SEAT_QUERIES):
        page = client.get(f"/desk/exams/{exam.code}/seats/").content.decode()
    assert page.count('data-l="准考证号"') == min(seats, 50)


@pytest.mark.parametrize("people", [10, 1000])
def test_the_preview_costs_the_same_for_ten_and_for_a_thousand(
    people: int, clock, now, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    exam = ExamFactory(scheme_version=load_scheme("ttm-2026-2", now=now))
    cohort = CohortFactory(organisation=exam.organisation, scheme_version=exam.scheme_version)
    for person in PersonFactory.create_batch(people, user=None):
        MembershipFactory(cohort=cohort, person=person)
    manager_of(ExamFactory()).get("/desk/exams/")
    client = manager_of(exam)
    cache.clear()
    with django_assert_num_queries(PREVIEW_QUERIES):
        page = client.get(f"/desk/exams/{exam.code}/seats/cohort/{cohort.pk}/").content.decode()
    assert page.count('<th scope="row">') == min(people, 50)


# 2 for the sign-in, 2 for the frame of the desk; the exam with its figures, the count, the seats, the cohorts
SEAT_QUERIES = 8
# the same 5; the cohort, its people, their seats, the level, the facts
PREVIEW_QUERIES = 10


def test_nobody_is_admitted_the_day_after(exam: Exam, client: Client, clock) -> None:
    clock.advance(timedelta(days=1))
    answer = client.post(f"/en/desk/exams/{exam.code}/seats/", {**SEAT, "mail": member(exam).user.email})
    assert "nobody is admitted to it any more" in answer.content.decode()
