import pytest
from django.test import Client

from lms.cohorts.enums import Role
from lms.desks.navigation import groups_for
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db(transaction=True)]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("role", Role)
def test_every_place_of_a_rail_opens_for_its_role(role: Role) -> None:
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=OrganisationFactory(), role=role)
    client = Client()
    client.force_login(user)
    urls = [entry.url for group in groups_for(role, editor=False, path="/desk/") for entry in group.entries]
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)
