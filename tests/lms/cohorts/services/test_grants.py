from datetime import timedelta

import pytest

from lms.cohorts.enums import Role
from lms.cohorts.models import RoleGrant
from lms.cohorts.selectors.roles import holds_role
from lms.cohorts.services.grants import AlreadyEnded, MayNotGrant, TraineeNeedsNoGrant, end_grant, grant_role
from lms.records.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.mark.db
def test_a_role_is_given_once_and_stands_in_the_organisations_book(clock) -> None:
    user, base = UserFactory(), OrganisationFactory()
    grant = grant_role(user=user, organisation=base, role=Role.CERTIFIER, now=clock.at)
    assert grant_role(user=user, organisation=base, role=Role.CERTIFIER, now=clock.at) == grant
    assert holds_role(user, base.pk, Role.CERTIFIER)
    assert list(AuditEvent.objects.values_list("action", "actor", "organisation")) == [
        ("cohorts.grant.give", "system", base.code)
    ]


def test_a_role_ends_and_may_be_given_again_later(clock) -> None:
    user, base = UserFactory(), OrganisationFactory()
    grant = grant_role(user=user, organisation=base, role=Role.TRAINER, now=clock.at)
    with pytest.raises(AlreadyEnded):
        end_grant(grant=grant, now=clock.at)
    end_grant(grant=grant, now=clock.advance(timedelta(days=30)))
    assert not holds_role(user, base.pk, Role.TRAINER)
    with pytest.raises(AlreadyEnded):
        end_grant(grant=grant, now=clock.advance(timedelta(days=1)))
    again = grant_role(user=user, organisation=base, role=Role.TRAINER, now=clock.at)
    assert again != grant
    assert RoleGrant.objects.count() == 2


def test_a_manager_appoints_trainers_for_the_own_base_only(clock) -> None:
    manager = RoleGrantFactory()
    own, other = manager.organisation, OrganisationFactory()
    user = UserFactory()
    words = {"user": user, "granted_by": manager.user, "now": clock.at}
    assert grant_role(organisation=own, role=Role.TRAINER, **words).granted_by == manager.user
    for organisation, role in ((own, Role.CERTIFIER), (own, Role.BASE_MANAGER), (other, Role.TRAINER)):
        with pytest.raises(MayNotGrant):
            grant_role(organisation=organisation, role=role, **words)
    assert list(RoleGrant.objects.filter(user=user).values_list("role", flat=True)) == [Role.TRAINER]


def test_a_trainer_cannot_end_the_managers_role(clock) -> None:
    manager = RoleGrantFactory()
    trainer = RoleGrantFactory(organisation=manager.organisation, role=Role.TRAINER).user
    with pytest.raises(MayNotGrant):
        end_grant(grant=manager, ended_by=trainer, now=clock.at)
    assert holds_role(manager.user, manager.organisation_id, Role.BASE_MANAGER)


def test_studying_needs_no_role(clock) -> None:
    with pytest.raises(TraineeNeedsNoGrant):
        grant_role(user=UserFactory(), organisation=OrganisationFactory(), role=Role.TRAINEE, now=clock.at)
