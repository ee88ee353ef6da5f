"""The pages of sign-in wear our clothes: the framework's own templates never show."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from lms.accounts.models import User
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]

ENTRANCE = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/confirm-email/")
INSIDE = (
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/sessions/",
)


@pytest.fixture
def user() -> User:
    user = PersonFactory(user__password=PASSWORD).user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.mark.parametrize("address", ENTRANCE)
def test_the_entrance_stands_in_our_frame(client: Client, address: str) -> None:
    page = client.get(address).text
    assert '<div class="entrance">' in page
    assert '<header class="sitehead' in page


@pytest.mark.parametrize("address", INSIDE)
def test_what_one_manages_stands_on_the_desk(client: Client, user: User, address: str) -> None:
    client.force_login(user)
    page = client.get(address).text
    assert '<div class="manage">' in page
    assert '<header class="deskhead' in page
    assert " style=" not in page


def test_a_wrong_password_is_said_beside_the_form(client: Client, user: User) -> None:
    page = client.post("/accounts/login/", {"login": user.email, "password": "not-this-one"}).text
    assert '<div class="alert alert-err" role="alert">' in page


def test_the_right_one_leads_to_the_desk(client: Client, user: User) -> None:
    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/desk/")


def test_who_signs_up_is_led_to_the_terms_and_the_privacy_statement(client: Client) -> None:
    page = client.get("/en/accounts/signup/").text
    assert 'href="/en/legal/terms/"' in page
    assert 'href="/en/legal/privacy/"' in page
