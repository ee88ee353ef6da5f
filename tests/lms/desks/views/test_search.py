"""The search of the desks: what is found is what the role now on may see, and never more."""

from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import strip_tags

from certificates.models import Certificate, Decision
from lms.accounts.models import Person, User
from lms.cohorts.enums import OrganisationKind, Role
from lms.cohorts.models import Cohort, Membership, Organisation
from lms.exams.models import Exam
from tests.factories.accounts import PersonFactory
from tests.factories.certificates import Bench
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.courses import enrolment_of, published_course
from tests.factories.desks import Crowd, crowd
from tests.factories.findable import standard_page

pytestmark = [pytest.mark.face, pytest.mark.django_db, pytest.mark.db]

ADDRESS = "/desk/search/"


@pytest.fixture
def own(clock) -> Crowd:
    """The base of the people who ask, with ten people at every stage."""
    return crowd(OrganisationFactory(), 10)


@pytest.fixture
def other(clock) -> Crowd:
    """Another base, whose people, cohorts and exams are called the same."""
    return crowd(OrganisationFactory(), 10)


def staff(organisation: Organisation, role: Role) -> User:
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=organisation, role=role)
    return user


def groups(user: User, asked: str) -> dict[str, list[str]]:
    """What is shown to `user`: titles and second lines by heading."""
    client = Client()
    client.force_login(user)
    answer = client.get(ADDRESS, {"q": asked})
    assert answer.status_code == 200
    return {
        str(group.label): [f"{hit.title} {hit.meta} {hit.text}" for hit in group.hits]
        for group in answer.context["search"].groups
    }


@pytest.mark.parametrize("role", [Role.TRAINER, Role.BASE_MANAGER, Role.CERTIFIER])
def test_staff_find_the_people_of_their_base_and_nobody_elses(own: Crowd, other: Crowd, role: Role) -> None:
    found = groups(staff(own.base, role), "学员3")["人员"]
    assert len(found) == 1
    assert f"{own.base.code}-3@jiqiao.example".lower() in strip_tags(found[0]).lower()
    assert Membership.objects.filter(person__real_name="学员3").count() == 2
    elsewhere = f"{other.base.code}-3@jiqiao.example"
    assert User.objects.filter(email=elsewhere).exists()
    assert groups(staff(own.base, role), elsewhere) == {}


def test_cohorts_exams_and_files_are_those_of_the_base(own: Crowd, other: Crowd) -> None:
    manager = staff(own.base, Role.BASE_MANAGER)
    assert len(groups(manager, "初级第 班")["班次"]) == 4
    assert Cohort.objects.filter(title__startswith="初级第").count() == 8
    assert len(groups(manager, f"{own.cohorts[2].code} 初级第2班")["班次"]) == 1
    assert groups(manager, other.cohorts[2].code) == {}
    assert len(groups(manager, "机考")["考试"]) == 1
    assert Exam.objects.filter(title__contains="机考").count() == 2
    serial = Certificate.objects.filter(organisation=other.base).first().serial
    assert groups(manager, serial) == {}
    serial = Certificate.objects.filter(organisation=own.base).first().serial
    assert len(groups(manager, serial)["证书"]) == 1


def test_a_trainer_is_shown_no_files_about_people(own: Crowd) -> None:
    name = Decision.objects.filter(organisation=own.base).first().person.real_name
    assert set(groups(staff(own.base, Role.TRAINER), name)) == {"人员"}
    assert set(groups(staff(own.base, Role.CERTIFIER), name)) == {"人员", "等级结论", "证书"}


def test_only_the_role_now_on_counts(own: Crowd, other: Crowd) -> None:
    user = staff(own.base, Role.TRAINER)
    second = RoleGrantFactory(user=user, organisation=other.base, role=Role.BASE_MANAGER)
    client = Client()
    client.force_login(user)
    name = Decision.objects.filter(organisation=own.base).first().person.real_name

    def said() -> str:
        return client.get(ADDRESS, {"q": name}).text.lower()

    assert f"{own.base.code}-".lower() in said()
    assert f"{other.base.code}-".lower() not in said()
    assert "等级结论</h2>" not in said()
    client.post("/desk/role/", {"hat": str(second.pk)})
    assert client.get(ADDRESS, {"q": name}).context["chrome"].on.organisation == other.base
    assert f"{own.base.code}-".lower() not in said()
    assert f"{other.base.code}-".lower() in said()
    assert "等级结论</h2>" in said()


def test_an_authority_sees_the_bases_under_it_only(own: Crowd, other: Crowd) -> None:
    authority = OrganisationFactory(kind=OrganisationKind.AUTHORITY)
    own.base.parent = authority
    own.base.save()
    found = groups(staff(authority, Role.AUTHORITY_OFFICER), "学员3")
    assert len(found["人员"]) == 1
    assert own.base.code.lower() in found["人员"][0].lower()


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.MARKER])
def test_roles_without_people_find_help_only(own: Crowd, role: Role) -> None:
    assert groups(staff(own.base, role), "学员") == {}


def test_trainees_find_their_own_things_and_not_their_neighbours(own: Crowd) -> None:
    trainee = own.people[3]
    assert set(groups(trainee.user, "学员")) == {"证书"}
    assert groups(trainee.user, "学员4") == {}
    assert len(groups(trainee.user, "机考")["考试"]) == 1
    stranger = PersonFactory()
    assert groups(stranger.user, "机考") == {}


def test_a_lesson_leads_to_where_one_studies_it(now: datetime) -> None:
    person = PersonFactory()
    course, foreign = published_course(lessons=1), published_course(lessons=1)
    enrolment = enrolment_of(person, course)
    client = Client()
    client.force_login(person.user)
    [group] = client.get(ADDRESS, {"q": "先问"}).context["search"].groups
    assert [hit.url for hit in group.hits] == [f"/learn/{enrolment.uid}/item-1/"]
    assert foreign.page.public_texts.count() == 2


def test_own_certificates_are_found_by_number(clock, now: datetime) -> None:
    bench = Bench()
    certificate = bench.issue(now)
    holder = certificate.person.user
    client = Client()
    client.force_login(holder)
    [group] = client.get(ADDRESS, {"q": certificate.serial[:8]}).context["search"].groups
    assert [strip_tags(hit.title) for hit in group.hits] == [certificate.serial]
    assert client.get(ADDRESS, {"q": certificate.serial.lower()}).url == "/me/certificates/"


def test_a_whole_serial_leads_to_the_file_or_to_the_public_question(clock, now: datetime, own: Crowd) -> None:
    bench = Bench()
    certificate = bench.issue(now)
    serial = certificate.serial

    def leads(user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.get(ADDRESS, {"q": f" {serial.lower().replace('-', '－')} "}).url

    assert leads(staff(certificate.organisation, Role.CERTIFIER)) == f"/base/decisions/{certificate.decision.uid}/"
    for user in (staff(own.base, Role.BASE_MANAGER), staff(own.base, Role.VERIFIER), own.people[0].user):
        assert leads(user) == f"/verify/{serial}"


def test_identity_numbers_are_not_looked_through(own: Crowd) -> None:
    Person.objects.filter(pk=own.people[3].pk).update(identity_tail="271X")
    assert groups(staff(own.base, Role.BASE_MANAGER), "271X") == {}


def test_help_is_found_at_every_desk(own: Crowd) -> None:
    from cms.foundation.models import PublicText

    page = standard_page(title="学时怎样计算")
    PublicText.objects.filter(page=page).update(kind="help")
    for user in (own.people[0].user, staff(own.base, Role.BASE_MANAGER), staff(own.base, Role.VERIFIER)):
        assert [title.split(" ")[0] for title in groups(user, "训练")["帮助"]] == ["学时怎样计算"]


def test_an_empty_desk_teaches_and_points_to_the_public_search(own: Crowd) -> None:
    client = Client()
    client.force_login(staff(own.base, Role.BASE_MANAGER))
    assert "请输入词语、姓名或证书编号。" in client.get(ADDRESS).text
    page = client.get(ADDRESS, {"q": "没有<这>个"}).text
    assert "你的角色范围内没有同时含有" in page
    assert 'href="/search/?q=%E6%B2%A1%E6%9C%89%3C%E8%BF%99%3E%E4%B8%AA"' in page
    assert "没有&lt;这&gt;个" in page


HOSTILE = ('"', "%", "_", "训\x00练", "AND OR NOT", "学员" * 3_000, "\\", "* *", "((")


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_answered_politely(own: Crowd, asked: str) -> None:
    for user in (own.people[0].user, staff(own.base, Role.BASE_MANAGER)):
        assert groups(user, asked) == {}


@pytest.mark.parametrize("number", [10, 1_000])
def test_any_number_of_people_costs_the_same(clock, django_assert_num_queries, number: int) -> None:
    made = crowd(OrganisationFactory(), number)
    for user, queries in ((staff(made.base, Role.BASE_MANAGER), 10), (made.people[3].user, 9)):
        warm, client = Client(), Client()
        warm.force_login(staff(OrganisationFactory(), Role.BASE_MANAGER))
        warm.get(ADDRESS, {"q": "学员"})
        client.force_login(user)
        cache.clear()
        with django_assert_num_queries(queries):
            answer = client.get(ADDRESS, {"q": "学员"})
        assert answer.status_code == 200
