import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from lms.accounts.models import Person, User
from lms.accounts.services.people import register_person
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.face, pytest.mark.django_db]

ANSWERS = {
    "real_name": "张  晓燕",
    "email": "zhang.xiaoyan@jiqiao.example",
    "password1": "arch-over-the-valley",
    "password2": "arch-over-the-valley",
}


def sign_in(client: Client, email: str, password: str):
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_a_sign_up_makes_a_user_a_person_and_a_mail_to_confirm(client) -> None:
    response = client.post("/accounts/signup/", ANSWERS)
    assert response.status_code == 302
    person = Person.objects.select_related("user").get()
    assert (person.real_name, person.user.email) == ("张 晓燕", ANSWERS["email"])
    assert person.user.language == "zh-hans"
    assert [message.to for message in mail.outbox] == [[ANSWERS["email"]]]


def test_the_link_in_the_mail_confirms_the_address_and_lets_in(client) -> None:
    client.post("/accounts/signup/", ANSWERS)
    refused = sign_in(client, ANSWERS["email"], ANSWERS["password1"])
    assert refused["Location"] == "/accounts/confirm-email/"
    link = re.search(r"http://testserver(/\S+confirm-email/\S+)", mail.outbox[0].body)
    client.post(link.group(1))
    assert EmailAddress.objects.get().verified
    sign_in(client, ANSWERS["email"], ANSWERS["password1"])
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_a_sign_up_in_english_is_answered_in_english(client) -> None:
    client.post("/en/accounts/signup/", ANSWERS)
    assert User.objects.get().language == "en"


def test_a_sign_up_without_a_name_is_asked_for_it(client) -> None:
    response = client.post("/accounts/signup/", {**ANSWERS, "real_name": " "})
    assert response.status_code == 200
    assert "real_name" in response.context["form"].errors
    assert User.objects.count() == 0


def test_a_known_address_gives_nothing_away(client, now) -> None:
    register_person(email=ANSWERS["email"], real_name="别人", now=now)
    response = client.post("/accounts/signup/", ANSWERS)
    assert (response.status_code, response["Location"]) == (302, "/accounts/confirm-email/")
    assert Person.objects.get().real_name == "别人"


def test_a_mail_is_written_in_its_readers_language_not_the_pages(client, now) -> None:
    register_person(email="reader@jiqiao.example", real_name="读者", language="en", password=PASSWORD, now=now)
    client.post("/accounts/password/reset/", {"email": "reader@jiqiao.example"})
    assert "password" in mail.outbox[0].body.lower()


def test_the_second_factor_is_set_up_after_the_password_was_asked_again(client, now) -> None:
    register_person(email="staff@jiqiao.example", real_name="贺淑敏", password=PASSWORD, now=now)
    sign_in(client, "staff@jiqiao.example", PASSWORD)
    assert client.get("/accounts/2fa/").status_code == 200
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get("/accounts/2fa/totp/activate/")
    assert response.status_code == 200
    assert response.context["form"].secret in response.content.decode()
