import re
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from lms.accounts.services.people import register_person

pytestmark = [pytest.mark.face, pytest.mark.django_db]

PASSWORD = "bridge-over-valley"


def test_setting_a_password_by_the_mailed_link_confirms_the_address(client: Client, now: datetime) -> None:
    register_person(email="an.ruoqiao@jiqiao.example", real_name="安若桥", now=now)
    client.post("/accounts/password/reset/", {"email": "an.ruoqiao@jiqiao.example"})
    link = re.search(r"https?://[^/\s]+(/\S*password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link)["Location"]
    assert EmailAddress.objects.get().verified is False

    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})

    assert EmailAddress.objects.get().verified is True
    answer = client.post("/accounts/login/", {"login": "an.ruoqiao@jiqiao.example", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
