from datetime import date

import pytest

from lms.cohorts.enums import OrganisationKind, Role
from lms.cohorts.selectors.roles import TRAINEE_HAT, Hat
from lms.cohorts.selectors.scopes import (
    children_of,
    cohorts_in,
    cohorts_without_people,
    memberships_in,
    scope_of,
)
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory, OrganisationFactory, RoleGrantFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]
TODAY = date(2026, 11, 22)


def _hat(user, organisation, role=Role.BASE_MANAGER) -> Hat:
    grant = RoleGrantFactory(user=user, organisation=organisation, role=role)
    return Hat(role, organisation, str(grant.pk))


def test_one_hat_does_not_show_what_another_one_would(now) -> None:
    user, here, there = UserFactory(), OrganisationFactory(), OrganisationFactory()
    hat = _hat(user, here)
    _hat(user, there)
    assert list(scope_of(user, hat)) == [here]


def test_a_hat_that_was_never_granted_reaches_nothing() -> None:
    base = OrganisationFactory()
    assert not scope_of(UserFactory(), Hat(Role.BASE_MANAGER, base, "1")).exists()
    assert not scope_of(UserFactory(is_superuser=True), TRAINEE_HAT).exists()


def test_an_authority_reaches_those_under_it_and_no_further(now) -> None:
    user, authority = UserFactory(), OrganisationFactory(kind=OrganisationKind.AUTHORITY)
    base = OrganisationFactory(parent=authority)
    OrganisationFactory()
    hat = _hat(user, authority, Role.AUTHORITY_OFFICER)
    assert set(scope_of(user, hat)) == {authority, base}
    children = children_of(scope_of(user, hat), hat)
    assert [(each, each.in_all) for each in children] == [(base, 1)]


def test_running_cohorts_stand_first_and_the_next_to_end_at_the_top() -> None:
    base = OrganisationFactory()
    times = {
        "over": (date(2026, 1, 1), date(2026, 6, 1)),
        "to come": (date(2027, 1, 1), date(2027, 6, 1)),
        "ends late": (date(2026, 9, 1), date(2026, 12, 31)),
        "ends soon": (date(2026, 9, 1), date(2026, 11, 30)),
    }
    for title, (first, last) in times.items():
        CohortFactory(organisation=base, title=title, starts_on=first, ends_on=last)
    found = list(cohorts_in(type(base).objects.filter(pk=base.pk), TODAY))
    assert [cohort.title for cohort in found] == ["ends soon", "ends late", "to come", "over"]
    assert {cohort.in_all for cohort in found} == {4}


def test_who_left_is_not_on_the_roster() -> None:
    cohort = CohortFactory()
    here = type(cohort.organisation).objects.filter(pk=cohort.organisation_id)
    staying = MembershipFactory(cohort=cohort)
    MembershipFactory(cohort=cohort, state="withdrawn")
    left = CohortFactory(organisation=cohort.organisation)
    MembershipFactory(cohort=left, state="withdrawn")
    assert list(memberships_in(here)) == [staying]
    assert list(cohorts_without_people(here)) == [left]
