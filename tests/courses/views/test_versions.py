import pytest

from courses.models import Lesson, VersionAnswer, VersionRelease
from courses.services.enrolling import enrol
from courses.services.publishing import freeze_version
from lms.cohorts.enums import Role
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, RoleGrantFactory
from tests.factories.courses import enrolment_of, filmed_enrolment, published_course

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def offered(now):
    """A trainee to whom a second version is offered, with a longer first lesson and without the other."""
    enrolment = enrolment_of(course=published_course(lessons=2))
    lessons = Lesson.objects.filter(course=enrolment.course)
    lessons.filter(item_uid="item-1").update(minutes=3)
    lessons.filter(item_uid="item-2").update(live=False)
    freeze_version(page=enrolment.course.page, now=now)
    enrolment.refresh_from_db()
    return enrolment


def page_of(enrolment) -> str:
    return f"/en/learn/{enrolment.uid}/update/"


def test_the_page_says_what_changes_and_what_becomes_of_the_time(client, offered) -> None:
    client.force_login(offered.person.user)
    text = client.get(page_of(offered)).content.decode()
    assert "You study version 1. Version 2 was published on" in text
    assert "2 → 3" in text
    assert "2 → 0" in text
    assert text.count("None was counted") == 2


@pytest.mark.parametrize(("said", "version"), [("accept", 2), ("keep", 1)])
def test_the_answer_is_followed_and_said_once_for_two_clicks(client, offered, said, version) -> None:
    client.force_login(offered.person.user)
    for _click in range(2):
        answer = client.post(page_of(offered), {"before": "1", "after": "2", "answer": said})
        assert answer.headers["Location"] == f"/en/learn/{offered.uid}/"
    offered.refresh_from_db()
    assert (offered.course_version.no, VersionAnswer.objects.count()) == (version, 1)


def test_a_second_tab_that_says_otherwise_is_told_that_the_first_answer_stands(client, offered) -> None:
    client.force_login(offered.person.user)
    client.post(page_of(offered), {"before": "1", "after": "2", "answer": "keep"})
    answer = client.post(page_of(offered), {"before": "1", "after": "2", "answer": "accept"}, follow=True)
    assert "That answer stands." in answer.content.decode()
    assert not VersionAnswer.objects.get().accepted


@pytest.mark.parametrize("said", [{}, {"before": "x", "after": "2"}, {"before": "1", "after": "2" * 30}])
def test_a_form_that_nobody_was_shown_changes_nothing(client, offered, said) -> None:
    client.force_login(offered.person.user)
    assert client.post(page_of(offered), {**said, "answer": "accept"}).status_code in (302, 404)
    assert VersionAnswer.objects.count() == 0


def test_staff_may_look_and_cannot_answer(client, offered) -> None:
    client.force_login(RoleGrantFactory(organisation=offered.organisation, role=Role.TRAINER).user)
    assert "Only the person who studies answers." in client.get(page_of(offered)).content.decode()
    assert client.post(page_of(offered), {"before": "1", "after": "2", "answer": "accept"}).status_code == 403


def test_a_manager_releases_a_version_to_a_cohort_of_the_own_base_only(client, now) -> None:
    course = published_course(lessons=1)
    cohort = CohortFactory(organisation=course.organisation)
    enrol(person=PersonFactory(), course=course, cohort=cohort, organisation=course.organisation, actor="t", now=now)
    Lesson.objects.filter(course=course).update(minutes=3)
    version = freeze_version(page=course.page, now=now)
    chosen = {"cohort": str(cohort.pk), "version": str(version.pk)}
    client.force_login(RoleGrantFactory(role=Role.BASE_MANAGER).user)
    client.post("/en/base/updates/", chosen)
    assert VersionRelease.objects.count() == 0
    client.force_login(RoleGrantFactory(organisation=course.organisation, role=Role.BASE_MANAGER).user)
    assert "One trainee" in client.get("/en/base/updates/").content.decode()
    told = client.post("/en/base/updates/", chosen, follow=True).content.decode()
    assert f"Whoever studies in {cohort.code} can now choose version 2" in told
    assert "Released on" in told


def test_captions_are_those_of_the_version(client) -> None:
    enrolment = filmed_enrolment()
    client.force_login(enrolment.person.user)
    answer = client.get(f"/learn/{enrolment.uid}/item-1/captions/1.en.vtt")
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.content.decode() == "WEBVTT\n\n00:01.000 --> 00:02.000\nAsk first.\n"
    assert client.get(f"/learn/{enrolment.uid}/item-1/captions/1.zh-Hans.vtt").status_code == 404
