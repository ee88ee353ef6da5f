import pytest

from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def grant(clock):
    return RoleGrantFactory(user=PersonFactory().user)


def test_the_switch_puts_on_the_hat_and_goes_back_to_where_it_was_pressed(client, grant) -> None:
    client.force_login(grant.user)
    response = client.post("/desk/role/", {"hat": str(grant.pk), "next": "/healthz"})
    assert (response.status_code, response["Location"]) == (302, "/healthz")
    assert client.session["role"] == str(grant.pk)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_platform(client, grant, elsewhere) -> None:
    client.force_login(grant.user)
    response = client.post("/desk/role/", {"hat": "trainee", "next": elsewhere})
    assert (response.status_code, response["Location"]) == (302, "/desk/")


def test_a_hat_of_somebody_else_is_refused_in_words(client, grant) -> None:
    client.force_login(PersonFactory().user)
    response = client.post("/en/desk/role/", {"hat": str(grant.pk)})
    assert response.status_code == 404
    assert "You do not hold this role, or no longer." in response.content.decode()
    assert "role" not in client.session


def test_the_page_offers_every_hat_and_marks_the_one_that_is_on(client, grant) -> None:
    client.force_login(grant.user)
    response = client.get("/en/desk/role/")
    assert [hat.key for hat in response.context["hats"]] == ["trainee", str(grant.pk)]
    assert response.context["on"].key == str(grant.pk)
    assert grant.organisation.name_en in response.content.decode()
