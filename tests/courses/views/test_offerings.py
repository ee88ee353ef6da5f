import pytest
from django.core.cache import cache

from courses.enums import OfferingState
from courses.models import Offering
from courses.services.enrolling import enrol_oneself
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, RoleGrantFactory
from tests.factories.courses import OfferingFactory, published_course

pytestmark = [pytest.mark.face, pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def cohort(client):
    cohort = CohortFactory(capacity=25)
    client.force_login(RoleGrantFactory(user=PersonFactory().user, organisation=cohort.organisation).user)
    return cohort


def words(course, **fields):
    return {
        "course": course.pk,
        "title": "春季班",
        "code": "SPRING",
        "mode": "online",
        "starts_on": "2027-03-01",
        "ends_on": "2027-04-01",
        **fields,
    }


def test_a_cohort_fills_in_what_it_says_already(client, cohort) -> None:
    published_course(organisation=cohort.organisation)
    html = client.get(f"/base/offerings/new/?cohort={cohort.pk}").content.decode()
    assert 'name="seats" value="25"' in html
    assert 'value="2026-09-01"' in html
    assert 'value="2026-08-31"' in html


def test_an_offering_is_planned_opened_in_the_catalogue_and_closed(client, cohort) -> None:
    course = published_course(organisation=cohort.organisation)
    planned = client.post("/base/offerings/new/", words(course, seats="2", documents=["degree"]))
    offering = Offering.objects.get()
    assert planned["Location"] == f"/base/offerings/{offering.uid}/"
    assert (offering.state, offering.by_application) == (OfferingState.PLANNED, True)
    assert "春季班" not in client.get(f"/courses/{course.code}/").content.decode()
    client.post(planned["Location"], {"action": "open"})
    page = client.get(f"/courses/{course.code}/").content.decode()
    assert f'href="/courses/{course.code}/apply/{offering.uid}/"' in page
    assert '"@type": "CourseInstance"' in page
    client.post(planned["Location"], {"action": "close"})
    assert "已停止报名" in client.get(f"/courses/{course.code}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ends_on": "2027-02-01"}, "ends_on"),
        ({"mode": "on-site"}, "city"),
        ({"enrol_until": "2027-05-01"}, "enrol_until"),
        ({"seats": "0"}, "seats"),
        ({"code": "TAKEN"}, "已经有代码为 TAKEN 的开班"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, cohort, fields, said) -> None:
    course = published_course(organisation=cohort.organisation)
    OfferingFactory(course=course, code="TAKEN")
    response = client.post("/base/offerings/new/", words(course, **fields))
    html = response.content.decode()
    assert response.status_code == 400
    assert (f'id="id_{said}_error"' in html) or said in html
    assert Offering.objects.count() == 1


def test_nobody_offers_the_course_of_another_base(client, cohort) -> None:
    assert client.post("/base/offerings/new/", words(published_course())).status_code == 400
    assert not Offering.objects.exists()


def test_places_that_were_given_are_not_taken_back_by_a_number(client, cohort, now) -> None:
    course = published_course(organisation=cohort.organisation)
    offering = OfferingFactory(course=course, seats=5)
    for _ in range(2):
        enrol_oneself(person=PersonFactory(), course=course, offering=offering, actor="test", now=now)
    url = f"/base/offerings/{offering.uid}/"
    response = client.post(url, words(course, action="change", seats="1"))
    assert (response.status_code, "已有 2 人得到名额" in response.content.decode()) == (400, True)
    other = published_course(organisation=cohort.organisation)
    assert "这次开班不能再换课程" in client.post(url, words(other, action="change", seats="5")).content.decode()
    assert client.post(url, words(course, action="change", seats="2")).status_code == 302


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_takes_the_same_queries_for_few_and_many(client, cohort, count, django_assert_num_queries) -> None:
    course = published_course(organisation=cohort.organisation)
    for _ in range(count):
        OfferingFactory(course=course)
    client.get("/base/offerings/")
    cache.clear()
    with django_assert_num_queries(7):
        html = client.get("/base/offerings/").content.decode()
    assert html.count('<th scope="row">') == count
