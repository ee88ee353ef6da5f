from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from tests.factories.pages import LegalVersionFactory, legal_page

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def versions(clock):
    page = legal_page()
    words = [("text", "<p>第一版的话。</p>")], [("text", "<p>第二版的话。</p>")], [("text", "<p>第三版的话。</p>")]
    days = (date(2025, 1, 1), date(2026, 1, 1), date(2999, 1, 1))
    return [
        LegalVersionFactory(page=page, number=n, valid_from=day, body=body)
        for n, day, body in zip((1, 2, 3), days, words, strict=True)
    ]


@pytest.mark.usefixtures("versions")
def test_the_version_of_today_is_shown(client: Client) -> None:
    page = client.get("/legal/privacy/").text
    assert "第二版的话。" in page
    assert "这一版已经失效" not in page


@pytest.mark.usefixtures("versions")
def test_old_and_coming_versions_stay_readable_and_say_what_they_are(client: Client) -> None:
    old, coming = client.get("/legal/privacy/?version=1").text, client.get("/en/legal/privacy/?version=3").text
    assert "第一版的话。" in old
    assert "这一版已经失效。" in old
    assert "This version is not valid yet." in coming


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize("number", ["9", "x", "0"])
def test_a_version_that_never_was_is_no_page(client: Client, number: str) -> None:
    assert client.get(f"/legal/privacy/?version={number}").status_code == 404


@pytest.mark.db
def test_what_has_been_valid_is_neither_changed_nor_removed(versions) -> None:
    _first, second, _third = versions
    second.changes = "改了。"
    with pytest.raises(ValidationError, match="已经生效"):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.delete()


@pytest.mark.db
def test_what_is_still_to_come_may_be_changed_and_dropped(versions) -> None:
    third = versions[2]
    third.changes = "再想想。"
    third.full_clean()
    third.save()
    third.delete()


def test_a_text_without_a_valid_version_says_so(client: Client) -> None:
    legal_page()
    assert "还没有生效的版本。" in client.get("/legal/privacy/").text
