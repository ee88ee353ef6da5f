"""Every mail about signing in, in both languages, as text and as HTML."""

import re
from datetime import UTC, datetime
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import override

from lms.accounts.adapters import AccountAdapter
from lms.accounts.adapters.letters import SIGN_IN_MAILS
from lms.accounts.models import User
from lms.accounts.services.people import register_person
from tests.factories.accounts import PASSWORD, PersonFactory, UserFactory
from tests.lms.mailing.spoken import LEFT_OVER, chinese_in, english_in

pytestmark = [pytest.mark.face, pytest.mark.django_db]

GIVEN = {
    "activate_url": "https://jiqiao.example/accounts/confirm-email/abc/",
    "password_reset_url": "https://jiqiao.example/accounts/password/reset/key/1-abc/",
    "signup_url": "https://jiqiao.example/accounts/signup/",
    "from_email": "old@jiqiao.example",
    "to_email": "new@jiqiao.example",
    "deleted_email": "gone@jiqiao.example",
    "code": "481902",
    "timestamp": datetime(2026, 11, 22, 18, 30, tzinfo=UTC),
    "ip": "203.0.113.7",
    "user_agent": "Firefox 140",
}
NAMES = ("SPECIMEN", "Firefox")


def sent(prefix: str, user: User | None, **more: object):
    """The mail that allauth causes under this name."""
    given = {**GIVEN, **more, **({"user": user} if user else {})}
    AccountAdapter().send_mail(prefix, "reader@jiqiao.example", given)
    return mail.outbox[-1]


def parts(message) -> list[str]:
    [(html, mimetype)] = [(part.content, part.mimetype) for part in message.alternatives]
    assert mimetype == "text/html"
    body = re.sub(r"(?s)<head>.*?</head>", "", html)
    return [message.subject, message.body, unescape(re.sub(r"<[^>]+>", " ", body))]


def test_every_mail_that_allauth_knows_has_words_of_ours() -> None:
    known = {
        f"{app}/email/{path.name.removesuffix('_message.txt')}"
        for app in ("account", "mfa")
        for path in (Path(str(files("allauth"))) / "templates" / app / "email").glob("*_message.txt")
    }
    assert known - {"account/email/base"} == set(SIGN_IN_MAILS)


@pytest.mark.parametrize("prefix", SIGN_IN_MAILS)
def test_a_chinese_reader_finds_no_english(prefix: str) -> None:
    message = sent(prefix, PersonFactory(real_name="段文博").user)
    for part in parts(message):
        assert english_in(part, names=NAMES) == []
        assert chinese_in(part)
        assert not LEFT_OVER.search(part)
    assert message.extra_headers["Content-Language"] == "zh-hans"
    assert "段文博，你好：" in message.body


@pytest.mark.parametrize("prefix", SIGN_IN_MAILS)
def test_an_english_reader_finds_no_chinese(prefix: str) -> None:
    user = PersonFactory(real_name="Duan Wenbo", user__language="en").user
    for part in parts(sent(prefix, user)):
        assert chinese_in(part, names=("样本",)) == []
        assert not LEFT_OVER.search(part)


@pytest.mark.parametrize("prefix", [name for name, letter in SIGN_IN_MAILS.items() if letter.link])
def test_the_link_leads_to_the_page_in_the_readers_language(prefix: str) -> None:
    address = GIVEN[SIGN_IN_MAILS[prefix].link]
    english = address.replace(".example/", ".example/en/")
    for user, wanted in ((UserFactory(), address), (UserFactory(language="en"), english)):
        message = sent(prefix, user)
        assert f"\n{wanted}\n" in message.body
        assert f'href="{wanted}"' in message.alternatives[0].content


@pytest.mark.parametrize("prefix", SIGN_IN_MAILS)
def test_only_a_mail_about_a_code_carries_one(prefix: str) -> None:
    message = sent(prefix, UserFactory())
    told = [GIVEN["code"] in part for part in (message.body, message.alternatives[0].content)]
    assert told == [SIGN_IN_MAILS[prefix].code] * 2


def test_a_change_is_told_with_its_time_and_zone() -> None:
    body = sent("account/email/password_changed", UserFactory()).body
    assert "变更时间：2026-11-23 02:30（北京时间）" in body
    assert "网络地址：203.0.113.7" in body


def test_a_browser_that_calls_itself_markup_stays_text() -> None:
    message = sent("account/email/password_changed", UserFactory(), user_agent="<script>alert(1)</script>")
    assert "<script>" not in message.alternatives[0].content
    assert "<script>alert(1)</script>" in message.body


def test_who_is_not_known_is_greeted_without_a_name() -> None:
    with override("en"):
        message = sent("account/email/unknown_account", None)
    assert "\nHello,\n" in message.body
    assert "for reader@jiqiao.example. There is no sign-in" in message.body


def test_a_forgotten_password_of_nobody_is_answered_to_the_address(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "nobody@jiqiao.example"})
    [message] = mail.outbox
    assert message.subject == "样本 SPECIMEN 这个邮箱没有登录账号"
    assert "/accounts/signup/" in message.body


def test_a_changed_password_is_told_to_its_owner_in_their_language(client: Client, now: datetime) -> None:
    person = register_person(email="he@jiqiao.example", real_name="贺淑敏", language="en", password=PASSWORD, now=now)
    client.force_login(person.user)
    new = "another-bridge-of-stone"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    [message] = mail.outbox
    assert (message.to, message.subject) == (["he@jiqiao.example"], "样本 SPECIMEN Your password was changed")
    assert "Hello 贺淑敏," in message.body
    assert "Beijing time" in message.body
