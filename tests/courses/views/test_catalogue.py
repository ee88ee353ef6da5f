from datetime import date
from itertools import cycle, islice

import pytest
from django.core.cache import cache

from courses.models import Enrolment, Offering
from courses.services.enrolling import enrol_oneself
from tests.courses.services.test_places import JUNIOR_FIRST
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.courses import OfferingFactory, course_page, enrolment_of, index_page, published_course

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def test_the_list_shows_what_can_be_taken_up_and_nothing_else(client) -> None:
    published_course(code="ready")
    course_page()
    html = client.get("/courses/").content.decode()
    assert 'href="/courses/ready/">课程 ready</a>' in html
    assert html.count('<h2 class="card-title">') == 1
    assert "2 课，4 分钟" in html


def test_the_list_in_english_leads_to_english_pages(client) -> None:
    published_course(code="ready")
    html = client.get("/en/courses/").content.decode()
    assert 'href="/en/courses/ready/">Course ready</a>' in html
    assert client.get("/en/courses/ready/").status_code == 200


def test_an_empty_list_says_what_will_be_here(client) -> None:
    index_page()
    assert "培训基地发布课程以后，会列在这里。" in client.get("/courses/").content.decode()


@pytest.mark.parametrize(("count", "offerings", "shown"), [(10, 10, 10), (30, 1000, 20)])
def test_the_list_is_paged_and_takes_the_same_queries_for_few_and_many(
    client, count, offerings, shown, django_assert_num_queries
) -> None:
    courses = [published_course(lessons=1) for _ in range(count)]
    Offering.objects.bulk_create(
        OfferingFactory.build(course=course, organisation=course.organisation)
        for course in islice(cycle(courses), offerings)
    )
    client.get("/courses/")
    cache.clear()
    with django_assert_num_queries(11):
        response = client.get("/courses/")
    assert response.content.decode().count('<h2 class="card-title">') == shown


@pytest.mark.db
def test_a_filter_that_no_database_takes_is_no_filter(client) -> None:
    published_course(code="ready")
    assert "课程 ready" in client.get("/courses/?base=%00&level=a%00").content.decode()


def test_a_course_page_offers_to_take_the_course_up(client) -> None:
    published_course(code="ready")
    html = client.get("/courses/ready/").content.decode()
    assert 'href="/courses/ready/enrol/"' in html
    assert '<td data-l="模块">' in html


def test_a_course_page_lets_its_reader_go_on(client) -> None:
    enrolment = enrolment_of(course=published_course(code="ready"))
    client.force_login(enrolment.person.user)
    html = client.get("/courses/ready/").content.decode()
    assert f'href="/learn/{enrolment.uid}/"' in html
    assert "共 2 课，已完成 0 课，时间完成 0%" in html


def test_taking_a_course_up_is_asked_once_and_then_done(client) -> None:
    course, person = published_course(), PersonFactory()
    client.force_login(person.user)
    url = f"/courses/{course.code}/enrol/"
    assert "以后课程即使改动，你读的仍是现在发布的这一版。" in client.get(url).content.decode()
    response = client.post(url)
    enrolment = Enrolment.objects.get()
    assert response["Location"] == f"/learn/{enrolment.uid}/"
    assert (enrolment.person, enrolment.organisation) == (person, course.organisation)
    assert client.post(url)["Location"] == f"/learn/{enrolment.uid}/"
    assert Enrolment.objects.count() == 1


def test_a_visitor_comes_back_to_the_question_after_signing_in(client) -> None:
    url = f"/courses/{published_course().code}/enrol/"
    assert client.post(url)["Location"] == f"/accounts/login/?next={url}"


def test_a_user_who_is_no_person_takes_nothing_up(client) -> None:
    client.force_login(UserFactory())
    assert client.post(f"/courses/{published_course().code}/enrol/").status_code == 403


def test_a_course_that_was_never_published_cannot_be_taken_up(client) -> None:
    page = course_page()
    client.force_login(PersonFactory().user)
    assert client.get(f"/courses/{page.course.code}/enrol/").status_code == 404


def test_filters_find_what_is_offered_where_when_and_with_places(client, clock, now) -> None:
    weekend = OfferingFactory(course=published_course(code="weekend"), mode="blended", city="岚川", seats=1)
    OfferingFactory(course=published_course(code="later"), starts_on=date(2027, 3, 1), ends_on=date(2027, 4, 1))
    published_course(code="alone", level="senior", lessons=1)

    def found(query: str) -> list[str]:
        html = client.get(f"/courses/?{query}").content.decode()
        return [code for code in ("alone", "later", "weekend") if f'href="/courses/{code}/">' in html]

    assert found("") == ["alone", "later", "weekend"]
    assert found("city=岚川&mode=blended&free=1") == ["weekend"]
    assert found("from=2027-01-01") == ["later"]
    assert found("to=2027-01-01") == ["weekend"]
    assert found("level=senior") == ["alone"]
    assert found("module=practical-skills") == ["later", "weekend"]
    assert found(f"base={weekend.organisation.code}") == ["weekend"]
    assert found("from=2027-13-45&mode=nonsense&module=x&sort=x") == ["alone", "later", "weekend"]
    enrol_oneself(person=PersonFactory(), course=weekend.course, offering=weekend, actor="test", now=now)
    assert found("free=1") == ["later"]


def test_one_filter_is_taken_out_and_the_others_stay(client, clock) -> None:
    OfferingFactory(city="岚川", mode="on-site")
    html = client.get("/courses/?level=senior&city=岚川&sort=soon").content.decode()
    assert "没有符合条件的课程。" in html
    assert 'href="/courses/?city=%E5%B2%9A%E5%B7%9D&amp;sort=soon"' in html
    assert 'href="/courses/?level=senior&amp;sort=soon"' in html


def test_a_day_that_is_asked_for_is_said_in_words(client) -> None:
    published_course()
    assert "开班不早于：2028 年 6 月 1 日" in " ".join(client.get("/courses/?from=2028-06-01").content.decode().split())
    assert "1 June 2028" in client.get("/en/courses/?from=2028-06-01").content.decode()


def test_the_next_to_begin_stands_first(client, clock) -> None:
    for code, day in (("a-late", 20), ("b-soon", 1)):
        OfferingFactory(course=published_course(code=code), starts_on=date(2026, 12, day), ends_on=date(2026, 12, 30))
    html = client.get("/courses/?sort=soon").content.decode()
    assert html.index("/courses/b-soon/") < html.index("/courses/a-late/")


def test_a_course_says_rule_by_rule_what_has_to_come_before(client, clock) -> None:
    published_course(code="higher", prerequisites=JUNIOR_FIRST)
    assert "登录后可以看到你满足哪几条。" in client.get("/courses/higher/").content.decode()
    client.force_login(PersonFactory().user)
    assert "未满足" in client.get("/courses/higher/").content.decode()
    asked = client.get("/courses/higher/enrol/").content.decode()
    assert "满足先修要求以后，就可以在这里选修这门课程。" in asked
    assert '<button type="submit" class="btn btn-primary">' not in asked
    refused = client.post("/courses/higher/enrol/")
    assert (refused.status_code, "学这门课程之前还要满足" in refused.content.decode()) == (400, True)
