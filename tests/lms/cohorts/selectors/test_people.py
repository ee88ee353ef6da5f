import pytest
from django.contrib.auth.models import AnonymousUser

from lms.cohorts.enums import MembershipState, Role
from lms.cohorts.models import Cohort, Membership
from lms.cohorts.selectors.cohorts import cohorts_by_code, cohorts_staffed_by, current_membership, places_of
from lms.cohorts.selectors.people import people_visible_to
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory, RoleGrantFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def own(clock):
    return MembershipFactory()


@pytest.fixture
def foreign(clock):
    return MembershipFactory()


def staff_of(membership: Membership, role: Role):
    return RoleGrantFactory(organisation=membership.cohort.organisation, role=role, user=PersonFactory().user).user


@pytest.mark.parametrize("role", [Role.TRAINER, Role.BASE_MANAGER, Role.CERTIFIER])
def test_staff_see_the_people_of_their_base_and_no_others(own, foreign, role) -> None:
    user = staff_of(own, role)
    assert set(people_visible_to(user)) == {own.person, user.person}
    assert list(Cohort.objects.visible_to(user)) == [own.cohort]
    assert list(Membership.objects.visible_to(user)) == [own]


@pytest.mark.parametrize("role", [Role.MARKER, Role.VERIFIER])
def test_roles_that_do_not_run_a_base_see_only_themselves(own, role) -> None:
    user = staff_of(own, role)
    assert list(people_visible_to(user)) == [user.person]
    assert list(Cohort.objects.visible_to(user)) == []


def test_a_trainee_sees_themselves_and_the_own_cohort(own, foreign) -> None:
    classmate = MembershipFactory(cohort=own.cohort)
    assert list(people_visible_to(own.person.user)) == [own.person]
    assert list(Cohort.objects.visible_to(own.person.user)) == [own.cohort]
    assert list(Membership.objects.visible_to(own.person.user)) == [own]
    assert classmate.person not in people_visible_to(own.person.user)


def test_who_left_a_cohort_sees_it_no_more_but_its_base_still_sees_them(own) -> None:
    Membership.objects.filter(pk=own.pk).update(state=MembershipState.WITHDRAWN)
    assert list(Cohort.objects.visible_to(own.person.user)) == []
    assert own.person in people_visible_to(staff_of(own, Role.BASE_MANAGER))
    assert list(Membership.objects.live()) == []


def test_visitors_see_nobody_and_the_platform_staff_everybody(own, foreign) -> None:
    assert list(people_visible_to(AnonymousUser())) == []
    assert list(Membership.objects.visible_to(AnonymousUser())) == []
    root = UserFactory(is_superuser=True)
    assert set(people_visible_to(root)) == {own.person, foreign.person}
    assert set(Cohort.objects.visible_to(root)) == {own.cohort, foreign.cohort}


def test_two_bases_may_use_one_code_and_the_base_tells_them_apart(clock) -> None:
    first, second = CohortFactory(code="2026-A"), CohortFactory(code="2026-A")
    root = UserFactory(is_superuser=True)
    assert list(cohorts_by_code(root, "2026-A")) == [first, second]
    assert list(cohorts_by_code(root, "2026-A", second.organisation.code)) == [second]
    manager = RoleGrantFactory(organisation=second.organisation).user
    assert list(cohorts_by_code(manager, "2026-A")) == [second]


def test_a_bases_cohorts_carry_their_live_members(own, django_assert_num_queries) -> None:
    MembershipFactory(cohort=own.cohort, state=MembershipState.WITHDRAWN)
    manager = staff_of(own, Role.BASE_MANAGER)
    with django_assert_num_queries(1):
        found = list(cohorts_staffed_by(manager))
    assert [(cohort.pk, cohort.member_count) for cohort in found] == [(own.cohort.pk, 1)]


def test_a_person_studies_in_the_cohort_that_began_last(own) -> None:
    assert current_membership(own.person_id) == own
    Membership.objects.filter(pk=own.pk).update(state=MembershipState.FINISHED)
    assert current_membership(own.person_id) is None


def test_places_count_every_state_and_those_beyond_the_plan(clock) -> None:
    cohort = CohortFactory(capacity=1)
    MembershipFactory.create_batch(2, cohort=cohort)
    MembershipFactory(cohort=cohort, state=MembershipState.FINISHED)
    MembershipFactory(cohort=cohort, state=MembershipState.WITHDRAWN)
    places = places_of(cohort)
    assert (places.active, places.finished, places.withdrawn, places.taken, places.over) == (2, 1, 1, 3, 2)
