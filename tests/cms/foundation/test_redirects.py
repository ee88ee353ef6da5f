import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests.factories import pages

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def test_a_page_that_changes_its_address_is_found_under_the_old_one_in_both_languages(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    page = pages.standard_page()
    page.slug = "about-us"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert Redirect.objects.count() == 1
    for old, new in (("/about/", "/about-us/"), ("/en/about/", "/en/about-us/")):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new)


def test_a_redirect_kept_for_the_english_address_holds_for_the_chinese_one(client: Client) -> None:
    Redirect.add_redirect("/en/old/", pages.standard_page(), is_permanent=False)
    response = client.get("/old/")
    assert (response.status_code, response["Location"]) == (302, "/about/")


def test_an_address_that_never_was_stays_unknown(client: Client) -> None:
    assert client.get("/en/never/").status_code == 404


@pytest.mark.db
def test_an_address_that_no_database_takes_is_unknown_and_no_fault(client: Client) -> None:
    for address in ("/never%00/", "/en/%00/", "/never%00"):
        assert client.get(address).status_code == 404
