from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.cohorts.enums import OrganisationKind, Role
from lms.cohorts.selectors.roles import TRAINEE_HAT, hat_on, hats_of, holds_role, organisations_of
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_everybody_may_be_a_trainee_and_wears_what_they_were_given(clock, django_assert_num_queries) -> None:
    grant = RoleGrantFactory(role=Role.TRAINER)
    RoleGrantFactory(user=grant.user, organisation=grant.organisation, role=Role.CERTIFIER)
    RoleGrantFactory(role=Role.BASE_MANAGER)
    with django_assert_num_queries(1):
        hats = hats_of(grant.user)
        assert [(hat.role, hat.organisation) for hat in hats] == [
            (Role.TRAINEE, None),
            (Role.TRAINER, grant.organisation),
            (Role.CERTIFIER, grant.organisation),
        ]


def test_many_roles_cost_the_same_one_query(clock, django_assert_num_queries) -> None:
    user = UserFactory()
    for organisation in OrganisationFactory.create_batch(20):
        RoleGrantFactory(user=user, organisation=organisation)
    with django_assert_num_queries(1):
        assert len(hats_of(user)) == 21


def test_a_visitor_has_no_hat() -> None:
    assert hats_of(AnonymousUser()) == []
    assert hat_on([], {}) == TRAINEE_HAT


def test_a_role_that_has_ended_or_not_begun_is_no_hat(clock) -> None:
    ended = RoleGrantFactory(until=clock.at)
    RoleGrantFactory(user=ended.user, since=clock.at + timedelta(days=1))
    assert hats_of(ended.user) == [TRAINEE_HAT]


def test_staff_begin_with_their_first_role_and_keep_what_they_choose(clock) -> None:
    grant = RoleGrantFactory()
    hats = hats_of(grant.user)
    assert hat_on(hats, {}).key == str(grant.pk)
    assert hat_on(hats, {"role": "trainee"}) == TRAINEE_HAT
    assert hat_on(hats, {"role": "999999"}).key == str(grant.pk)
    assert hat_on([TRAINEE_HAT], {}) == TRAINEE_HAT


def test_an_authority_reaches_the_bases_under_it_and_no_other(clock) -> None:
    authority = OrganisationFactory(kind=OrganisationKind.AUTHORITY)
    below, elsewhere = OrganisationFactory(parent=authority), OrganisationFactory()
    officer = RoleGrantFactory(organisation=authority, role=Role.AUTHORITY_OFFICER).user
    assert set(organisations_of(officer, Role.AUTHORITY_OFFICER)) == {authority, below}
    assert holds_role(officer, below.pk, Role.AUTHORITY_OFFICER)
    assert not holds_role(officer, elsewhere.pk, Role.AUTHORITY_OFFICER)
    assert not holds_role(officer, below.pk, Role.BASE_MANAGER)


def test_a_base_above_another_base_does_not_reach_down(clock) -> None:
    parent = OrganisationFactory()
    OrganisationFactory(parent=parent)
    manager = RoleGrantFactory(organisation=parent).user
    assert list(organisations_of(manager, Role.BASE_MANAGER)) == [parent]
