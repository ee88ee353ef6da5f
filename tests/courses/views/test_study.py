from datetime import timedelta

import pytest
from django.core.cache import cache

from courses.models import EnrolmentEvent
from courses.services.enrolling import enrol
from courses.services.loading import load_course
from lms.cohorts.enums import Role
from tests.courses.study import claim, lease_for, study_item
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def enrolment(client):
    enrolment = enrolment_of()
    client.force_login(enrolment.person.user)
    return enrolment


def page(client, enrolment, item_uid: str = "item-1", language: str = "") -> str:
    return client.get(f"{language}/learn/{enrolment.uid}/{item_uid}/").content.decode()


def test_a_lesson_shows_its_words_its_neighbours_and_what_is_counted(client, enrolment, now) -> None:
    claim(lease_for(enrolment, now), 0, 0, 50, now + timedelta(seconds=50))
    html = page(client, enrolment)
    assert "<p>先问，再写。</p>" in html
    assert '<h2 id="s1">一、开头</h2>' in html
    assert "<b data-study-covered>00:50</b> / 02:00" in html
    assert "还差 1 分 10 秒专心阅读" in html
    assert "学时已记到 12:00" in html  # Beijing time, whatever the server's zone is
    assert f'href="/learn/{enrolment.uid}/item-2/" rel="next"' in html
    assert f'data-enrolment="{enrolment.uid}"' in html


def test_english_around_a_chinese_text_says_so(client, enrolment) -> None:
    html = page(client, enrolment, language="/en")
    assert "The text of this lesson is in Chinese." in html
    assert '<div class="lesson-words" lang="zh-Hans">' in html


def test_a_complete_lesson_counts_nothing_more(client, enrolment, now) -> None:
    study_item(enrolment, "item-1", 120, now)
    html = page(client, enrolment)
    assert "已完成：标定的 2 分钟全部记满。" in html
    assert "study.js" not in html


def test_staff_of_the_base_may_look_and_nothing_is_counted(client) -> None:
    enrolment = enrolment_of()
    grant = RoleGrantFactory(organisation=enrolment.organisation, role=Role.TRAINER)
    client.force_login(grant.user)
    html = page(client, enrolment)
    assert "你正在看学员的一课，不计时。" in html
    assert "study.js" not in html


def test_a_lesson_that_the_version_lacks_is_not_found(client, enrolment) -> None:
    assert client.get(f"/learn/{enrolment.uid}/item-9/").status_code == 404


def test_somebody_elses_lesson_is_not_found(client, enrolment) -> None:
    client.force_login(enrolment_of().person.user)
    assert client.get(f"/learn/{enrolment.uid}/item-1/").status_code == 404


@pytest.mark.parametrize("lessons", [1, 40])
def test_a_lesson_takes_the_same_few_queries_in_short_and_long_courses(
    client, lessons, django_assert_num_queries
) -> None:
    course = published_course(lessons=lessons)
    enrolment_of(course=course)
    second = enrolment_of(course=course)
    client.force_login(second.person.user)
    client.get("/healthz")
    cache.clear()
    with django_assert_num_queries(5):  # session, user, enrolment, items, words
        response = client.get(f"/learn/{second.uid}/item-1/")
    assert response.content.decode().count("<small>剩 2 分</small>") == lessons


def test_continuing_goes_to_the_next_item_and_in_the_end_to_what_was_reached(client, enrolment, now) -> None:
    course = f"/learn/{enrolment.uid}/"
    assert client.get(course)["Location"] == f"{course}item-1/"
    later = study_item(enrolment, "item-1", 120, now)
    assert client.get(course)["Location"] == f"{course}item-2/"
    study_item(enrolment, "item-2", 120, later)
    response = client.get(course)
    assert response.status_code == 200
    assert "全部 2 课已经完成" in response.content.decode()


def test_the_lessons_of_the_house_are_shown_with_figures_tables_and_checks(client, now) -> None:
    organisation, person = OrganisationFactory(), PersonFactory()
    version = load_course("jtb-foundations", organisation, now)
    enrolment = enrol(person=person, course=version.course, organisation=organisation, actor="test", now=now)
    client.force_login(person.user)
    for item in version.outline["items"]:
        html = page(client, enrolment, item["item_uid"])
        assert html.count('<svg class="chart"') % 2 == 0  # each drawing wide and narrow
        assert '<svg class="chart"' in html or "<caption>" in html
        assert html.count("data-check-verdict") >= 3
        assert 'class="lesson-sources"' in html
        assert "style=" not in html


def test_a_visitor_is_asked_to_sign_in(client, enrolment) -> None:
    client.logout()
    response = client.get(f"/learn/{enrolment.uid}/item-1/")
    assert response["Location"].startswith("/accounts/login/?next=/learn/")
    assert EnrolmentEvent.objects.count() == 1
