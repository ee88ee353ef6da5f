import pytest

from lms.cohorts.services.roles import HatNotHeld, switch_role
from tests.factories.cohorts import RoleGrantFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_hat_that_is_held_can_be_put_on_and_taken_off(clock) -> None:
    grant, session = RoleGrantFactory(), {}
    assert switch_role(user=grant.user, session=session, key=str(grant.pk)).organisation == grant.organisation
    assert session == {"role": str(grant.pk)}
    switch_role(user=grant.user, session=session, key="trainee")
    assert session == {"role": "trainee"}


@pytest.mark.parametrize("key", ["", "0", "base-manager"])
def test_a_hat_that_is_not_held_is_refused(clock, key) -> None:
    session: dict[str, object] = {"role": "trainee"}
    with pytest.raises(HatNotHeld):
        switch_role(user=RoleGrantFactory().user, session=session, key=key)
    assert session == {"role": "trainee"}


def test_the_hat_of_another_user_is_refused(clock) -> None:
    with pytest.raises(HatNotHeld):
        switch_role(user=RoleGrantFactory().user, session={}, key=str(RoleGrantFactory().pk))
