"""Pages kept for visitors: made once, dropped on publication, never anybody's own."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from cms.foundation.models import OperatorSettings
from cms.pages.models import HomePage
from tests.factories import pages as make
from tests.factories.accounts import PersonFactory
from tests.factories.courses import index_page

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _kept_pages(settings, request) -> Iterator[None]:
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.name}
    settings.CACHES = {**settings.CACHES, "visitors": kept}
    caches["visitors"].clear()
    yield
    caches["visitors"].clear()


def _kept_keys() -> list[str]:
    """Keys of whole pages; menus and the number of the edition are kept beside them."""
    return [key for key in caches["visitors"]._cache if "visitors:" in key and "edition" not in key]


def _publish(title: str) -> None:
    home = HomePage.objects.get()
    home.hero_title = title
    home.save_revision().publish()


def test_a_second_visit_asks_the_database_nothing(client: Client, django_assert_num_queries) -> None:
    first = client.get("/")
    with django_assert_num_queries(0):
        second = Client().get("/")
    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_a_visitor_of_the_front_door_is_given_no_cookie(client: Client) -> None:
    assert client.get("/").cookies == {}
    assert client.get("/en/").cookies == {}


def test_what_is_published_is_seen_at_once(client: Client, django_capture_on_commit_callbacks) -> None:
    client.get("/")
    with django_capture_on_commit_callbacks(execute=True):
        _publish("先过桥，再谈价")
    assert "先过桥，再谈价" in client.get("/").text


def test_a_page_stays_kept_until_the_change_is_committed(client: Client, django_capture_on_commit_callbacks) -> None:
    before = client.get("/").content
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        _publish("先过桥，再谈价")
        assert client.get("/").content == before
    assert waiting
    for each in waiting:
        each()
    assert client.get("/").content != before


def test_an_answer_made_before_a_publication_is_not_kept_after_it(
    client: Client, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    serve = HomePage.serve

    def slow_serve(page, request, *args, **kwargs):
        answer = serve(page, request, *args, **kwargs).render()
        monkeypatch.setattr(HomePage, "serve", serve)
        with django_capture_on_commit_callbacks(execute=True):
            _publish("先过桥，再谈价")
        return answer

    monkeypatch.setattr(HomePage, "serve", slow_serve)
    assert "先过桥，再谈价" not in client.get("/").text
    assert "先过桥，再谈价" in client.get("/").text


def test_the_operators_name_is_seen_at_once(client: Client, django_capture_on_commit_callbacks) -> None:
    client.get("/")
    with django_capture_on_commit_callbacks(execute=True):
        OperatorSettings.objects.create(site=Site.objects.get(), name="汾川技桥运营中心")
    assert "汾川技桥运营中心" in client.get("/").text


def test_what_stands_in_head_and_foot_is_asked_for_all_visits_together(client: Client) -> None:
    client.get("/?first")
    with CaptureQueriesContext(connection) as asked:
        client.get("/?second")
    said = " ".join(query["sql"] for query in asked.captured_queries)
    assert "wagtailcore_site" in said
    assert "foundation_operatorsettings" not in said


def test_who_has_signed_in_never_sees_nor_leaves_a_kept_page(client: Client) -> None:
    person = PersonFactory()
    client.force_login(person.user)
    own = client.get("/").text
    assert "我的工作台" in own
    assert "我的工作台" not in Client().get("/").text
    assert "我的工作台" in client.get("/").text


def test_languages_sizes_and_hosts_are_kept_apart(client: Client) -> None:
    chinese, english = client.get("/").text, client.get("/en/").text
    client.cookies["size"] = "large"
    large = client.get("/").text
    assert 'data-size="large"' in large
    assert 'data-size="large"' not in chinese
    assert '<html lang="en"' in english
    assert 'data-size="large"' not in Client().get("/").text
    other_host = Client(headers={"host": "localhost"}).get("/").text
    assert "testserver" not in other_host


def test_an_address_with_a_query_is_made_for_each_visit(client: Client) -> None:
    client.get("/?from=poster")
    assert _kept_keys() == []


def test_a_form_with_a_token_is_not_kept(client: Client) -> None:
    first = client.get("/accounts/login/")
    second = Client().get("/accounts/login/")
    assert settings.CSRF_COOKIE_NAME in second.cookies
    assert first.cookies[settings.CSRF_COOKIE_NAME].value != second.cookies[settings.CSRF_COOKIE_NAME].value


def test_a_browser_that_has_the_page_is_told_so_in_a_few_bytes(client: Client) -> None:
    first = client.get("/")
    again = client.get("/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "no-cache"


def test_a_compressed_page_is_only_for_who_reads_it(client: Client) -> None:
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert not client.get("/").has_header("Content-Encoding")


def test_a_missing_page_is_not_kept(client: Client) -> None:
    assert client.get("/nothing-here/").status_code == 404
    assert _kept_keys() == []


def test_a_cookie_that_nobody_set_fills_no_store(client: Client) -> None:
    for size in ("", "normal", "largest", "x" * 500):
        client.cookies["size"] = size
        client.get("/")
    assert len(_kept_keys()) == 1


def test_a_closed_page_is_shown_and_kept_for_nobody(client: Client, django_capture_on_commit_callbacks) -> None:
    page = make.standard_page("closed", title="只给学员")
    assert "只给学员" in client.get("/closed/").text
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="open-sesame")
    kept = _kept_keys()
    asked_for_it = client.get("/closed/")
    assert settings.CSRF_COOKIE_NAME in asked_for_it.cookies
    assert "open-sesame" not in asked_for_it.text
    assert _kept_keys() == kept


@pytest.mark.parametrize("kind", ["password", "login"])
def test_a_closed_list_of_courses_is_closed_at_its_fixed_address_too(client: Client, kind: str) -> None:
    page = index_page()
    empty = "培训基地发布课程以后，会列在这里。"
    assert empty in client.get("/courses/?open").text
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open-sesame")
    assert empty not in client.get("/courses/?closed").text


def test_an_answer_that_calls_itself_private_is_not_kept(client: Client, monkeypatch) -> None:
    serve = HomePage.serve

    def private_serve(page, request, *args, **kwargs):
        answer = serve(page, request, *args, **kwargs)
        answer["Cache-Control"] = "private"
        return answer

    monkeypatch.setattr(HomePage, "serve", private_serve)
    assert client.get("/")["Cache-Control"] == "private"
    assert _kept_keys() == []
