import pytest
from django.core.cache import cache
from django.test import Client

from lms.cohorts.enums import MembershipState, OrganisationKind, Role
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory, OrganisationFactory, RoleGrantFactory
from tests.factories.schemes import LevelFactory, leaf

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def cohort(clock):
    cohort = CohortFactory(code="2026-A")
    LevelFactory(version=cohort.scheme_version, requirements=leaf("identity", fact="identity", at_least="1"))
    return cohort


def manager_of(cohort) -> Client:
    client = Client()
    grant = RoleGrantFactory(organisation=cohort.organisation, user=PersonFactory().user)
    client.force_login(grant.user)
    return client


def test_the_page_lists_who_is_on_the_roster_and_what_they_miss(cohort) -> None:
    MembershipFactory(cohort=cohort, person__real_name="吕雪琴", employer="河东生物材料研究所")
    MembershipFactory(cohort=cohort, person__real_name="任建国", state=MembershipState.WITHDRAWN)
    MembershipFactory(person__real_name="别班的人")
    response = manager_of(cohort).get("/en/base/cohorts/2026-A/")
    page = response.content.decode()
    assert [row.membership.person.real_name for row in response.context["rows"]] == ["任建国", "吕雪琴"]
    assert "河东生物材料研究所" in page
    assert "0 of 1 met. The identity document has not been checked yet" in page
    assert "别班的人" not in page


@pytest.mark.parametrize("size", [10, 1000])
def test_the_list_is_paged_and_costs_the_same_queries(cohort, size, django_assert_num_queries) -> None:
    MembershipFactory.create_batch(size, cohort=cohort)
    client, second = manager_of(cohort), manager_of(cohort)
    client.get("/base/cohorts/2026-A/")
    cache.clear()
    with django_assert_num_queries(QUERIES):
        response = second.get("/base/cohorts/2026-A/")
    assert len(response.context["rows"]) == min(size, 50)
    assert response.context["page"].paginator.count == size


# Session, user, cohort, may read, count, members, level, facts, places, may import; the frame's person and roles.
QUERIES = 12


def test_the_last_page_holds_the_rest(cohort) -> None:
    MembershipFactory.create_batch(53, cohort=cohort)
    response = manager_of(cohort).get("/base/cohorts/2026-A/?page=2")
    assert len(response.context["rows"]) == 3


def test_a_trainer_reads_the_roster_and_is_not_offered_the_import(cohort) -> None:
    client = Client()
    client.force_login(RoleGrantFactory(organisation=cohort.organisation, role=Role.TRAINER).user)
    response = client.get("/base/cohorts/2026-A/")
    assert response.status_code == 200
    assert "/roster/" not in response.content.decode()


def test_a_member_may_not_read_the_list_and_a_stranger_finds_nothing(cohort) -> None:
    client = Client()
    client.force_login(MembershipFactory(cohort=cohort).person.user)
    assert client.get("/base/cohorts/2026-A/").status_code == 403
    client.force_login(RoleGrantFactory().user)
    assert client.get("/base/cohorts/2026-A/").status_code == 404


def test_where_two_bases_use_one_code_the_reader_chooses(clock) -> None:
    authority = OrganisationFactory(kind=OrganisationKind.AUTHORITY)
    cohorts = [CohortFactory(code="2026-A", organisation=OrganisationFactory(parent=authority)) for _ in range(2)]
    client = Client()
    client.force_login(RoleGrantFactory(organisation=authority, role=Role.AUTHORITY_OFFICER).user)
    page = client.get("/base/cohorts/2026-A/").content.decode()
    for cohort in cohorts:
        assert f"?base={cohort.organisation.code}" in page
    chosen = client.get(f"/base/cohorts/2026-A/?base={cohorts[1].organisation.code}")
    assert chosen.context["cohort"] == cohorts[1]


def test_the_hat_decides_between_two_bases(clock) -> None:
    cohorts = CohortFactory.create_batch(2, code="2026-A")
    client, user = Client(), PersonFactory().user
    grants = [RoleGrantFactory(user=user, organisation=cohort.organisation) for cohort in cohorts]
    client.force_login(user)
    client.post("/desk/role/", {"hat": grants[1].pk, "next": "/healthz"})
    assert client.get("/base/cohorts/2026-A/").context["cohort"] == cohorts[1]
