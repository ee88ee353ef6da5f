"""What a desk costs: a literal number of questions, for the second person who comes, at ten rows and at a thousand."""

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, Site

from lms.cohorts.enums import OrganisationKind, Role
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.courses import course_page
from tests.factories.desks import crowd, look_ups, told
from tests.factories.jobs import JobFactory
from tests.factories.mailing import MessageFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def second_visit(clock, django_assert_num_queries):
    """Open the desk as `user` on a cold cache, after somebody else of another base has been there; ask `number`."""

    def visit(user, number: int, address: str = "/desk/") -> str:
        other = Client()
        other.force_login(PersonFactory().user)
        other.get(address)
        client = Client()
        client.force_login(user)
        cache.clear()
        with django_assert_num_queries(number):
            response = client.get(address)
        assert response.status_code == 200
        return response.text

    return visit


def _staff(role: Role, base) -> object:
    person = PersonFactory()
    RoleGrantFactory(user=person.user, organisation=base, role=role)
    return person.user


@pytest.mark.parametrize("number", [10, 1000])
def test_the_trainees_desk(number: int, second_visit) -> None:
    made = crowd(OrganisationFactory(), number)
    trainee = made.people[3]
    told(trainee.user, number)
    page = second_visit(trainee.user, 10)
    assert "学员3" in page
    assert page.count('<li class="notice is-unread">') == 4
    assert 'class="chart chart-330' in page


@pytest.mark.parametrize(("number", "silent"), [(10, 3), (1000, 250)])
def test_the_trainers_desk(number: int, silent: int, second_visit) -> None:
    made = crowd(OrganisationFactory(), number)
    page = second_visit(_staff(Role.TRAINER, made.base), 9)
    assert f"{silent} 人已有七天没有计入的学习" in page
    assert f"{number} 人，4 个班次" in page


@pytest.mark.parametrize("number", [10, 1000])
def test_the_markers_desk(number: int, second_visit) -> None:
    made = crowd(OrganisationFactory(), number)
    page = second_visit(_staff(Role.MARKER, made.base), 8)
    assert "你还没有参加阅卷" in page
    assert made.people[1].real_name not in page


@pytest.mark.parametrize(("number", "ready"), [(10, 2), (1000, 266)])
def test_the_managers_desk(number: int, ready: int, second_visit) -> None:
    made = crowd(OrganisationFactory(), number)
    page = second_visit(_staff(Role.BASE_MANAGER, made.base), 11)
    assert f"{ready} 人已达到等级的全部要求" in page
    assert f"{number} 人，4 个班次" in page


@pytest.mark.parametrize("number", [10, 1000])
def test_the_certifiers_desk(number: int, second_visit) -> None:
    made = crowd(OrganisationFactory(), number)
    assert "没有等待办理的结论" in second_visit(_staff(Role.CERTIFIER, made.base), 8)


@pytest.mark.parametrize(("number", "issued"), [(10, 4), (1000, 334)])
def test_the_verifiers_desk(number: int, issued: int, second_visit) -> None:
    crowd(OrganisationFactory(), number)
    look_ups(number)
    association = OrganisationFactory(kind=OrganisationKind.ASSOCIATION)
    page = second_visit(_staff(Role.VERIFIER, association), 8)
    assert f"<dd>{issued}<" in page
    assert f"<dd>{number}<" in page


@pytest.mark.parametrize("number", [10, 1000])
def test_the_authoritys_desk(number: int, second_visit) -> None:
    authority = OrganisationFactory(kind=OrganisationKind.AUTHORITY)
    made = crowd(OrganisationFactory(parent=authority), number)
    OrganisationFactory.create_batch(number // 10, parent=authority)
    page = second_visit(_staff(Role.AUTHORITY_OFFICER, authority), 8)
    assert f'data-l="人数"><span>{number}</span>' in page
    assert made.people[0].real_name not in page


@pytest.mark.parametrize("number", [10, 200])
def test_the_staff_desk(number: int, second_visit) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    for n in range(number):
        home.add_child(instance=Page(title=f"草稿 {n}", slug=f"draft-{n}", has_unpublished_changes=True, live=False))
    course_page()
    JobFactory.create_batch(number, state="failed", ended_at="2026-11-22T04:00:00Z", error="SMTP 421")
    MessageFactory.create_batch(number, state="refused", problem="550 no such user")
    editor = PersonFactory(user__is_staff=True, user__is_superuser=True).user
    page = second_visit(editor, 10)
    assert page.count('action="/desk/jobs/') == 5
    assert f"有 {number} 项后台任务失败" in page
