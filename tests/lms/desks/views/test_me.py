import re

import pytest
from django.test import Client

from tests.factories.accounts import PersonFactory, UserFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def _page_of(user, address: str = "/me/") -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).text


def test_a_person_reads_what_is_kept_about_them() -> None:
    person = PersonFactory(real_name="段文博", latin_name="DUAN Wenbo")
    page = _page_of(person.user)
    for kept in ("段文博", "DUAN Wenbo", person.user.email, "还没有交培训基地核验"):
        assert kept in page


def test_an_identity_number_shows_its_last_four_characters_only() -> None:
    person = PersonFactory()
    person.identity_cipher, person.identity_hash, person.identity_tail = b"x", "h" * 64, "001X"
    person.save()
    page = _page_of(person.user)
    assert "**************001X" in page
    assert "h" * 64 not in page


def test_a_sign_in_without_a_person_reads_its_mail() -> None:
    user = UserFactory()
    page = _page_of(user)
    assert user.email in page
    assert "姓名（拉丁字母）" not in page


def test_every_link_of_the_page_leads_somewhere() -> None:
    client = Client()
    client.force_login(PersonFactory().user)
    page = client.get("/me/").text
    main = page[page.index("<main") : page.index("</main>")]
    for address in set(re.findall(r'<a href="(/[^"]+)"', main)):
        assert client.get(address, follow=True).status_code == 200, address


def test_the_page_speaks_english() -> None:
    assert "What the platform keeps about you" in _page_of(PersonFactory().user, "/en/me/")
