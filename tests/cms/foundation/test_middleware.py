import pytest
from django.conf import settings
from django.test import Client

from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(PersonFactory(user__is_staff=True, user__is_superuser=True).user)
    return client


def test_the_editors_screens_have_a_policy_of_their_own(editor: Client) -> None:
    response = editor.get("/cms-admin/")
    assert response.status_code == 200
    assert response["Content-Security-Policy"] == settings.ADMIN_CONTENT_SECURITY_POLICY


def test_two_gigabytes_are_refused_before_a_byte_is_read(editor: Client) -> None:
    class Unread:
        def read(self, *_args: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    answer = editor.post(
        "/cms-admin/documents/multiple/add/", CONTENT_LENGTH=str(2 * 1024**3), **{"wsgi.input": Unread()}
    )
    assert answer.status_code == 413
    assert "512.0" in answer.content.decode()


def test_a_visitor_gets_the_strict_policy(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_only_the_editors_own_address_is_loosened(editor: Client) -> None:
    assert "unsafe-inline" not in editor.get("/cms-adminx/")["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "detail"),
    [
        ({}, "身份认证信息未提供。"),
        ({"accept-language": "zh-CN,zh;q=0.9"}, "身份认证信息未提供。"),
        ({"accept-language": "en-GB,en;q=0.8"}, "Authentication credentials were not provided."),
        ({"accept-language": "fr"}, "身份认证信息未提供。"),
    ],
)
def test_the_api_speaks_the_language_that_is_asked_for(client, asked, detail) -> None:
    answer = client.post("/api/v1/study/leases", {}, content_type="application/json", headers=asked)
    assert (answer.status_code, answer.json()["detail"]) == (403, detail)
    assert "Accept-Language" in answer["Vary"]
