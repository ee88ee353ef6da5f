import logging
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from django.utils import translation

from cms.pages.views import errors


@pytest.mark.face
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "said"),
    [("/nothing/here/", "这个地址没有页面"), ("/en/nothing/here/", "There is no page at this address")],
)
def test_an_unknown_address_gets_a_clear_answer(client: Client, address: str, said: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert said in response.text


@pytest.mark.face
@pytest.mark.django_db
def test_a_stale_form_says_that_nothing_was_written() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "这张表单打开得太久了" in response.text


@pytest.mark.unit
@pytest.mark.parametrize(("language", "said"), [("zh-hans", "服务暂时不可用"), ("en", "unavailable for the moment")])
def test_a_fault_asks_no_database_and_gives_a_number_to_quote(language: str, said: str, caplog) -> None:
    with translation.override(language), caplog.at_level(logging.ERROR):
        response = errors.fault(RequestFactory().get("/desk/"))
    assert response.status_code == 500
    assert said in response.text
    number = caplog.records[-1].args[0]
    assert number in response.text


@pytest.mark.unit
def test_a_fault_page_carries_no_request_and_so_no_name() -> None:
    assert "data-size" not in errors.fault(RequestFactory().get("/")).text


@pytest.mark.face
@pytest.mark.django_db
def test_an_error_page_leads_on_and_gives_a_number_that_the_log_knows(client: Client, caplog) -> None:
    with caplog.at_level(logging.INFO, logger="cms.pages.views.errors"):
        page = client.get("/nothing/here/").text
    (number,) = (record.args[1] for record in caplog.records if record.name == "cms.pages.views.errors")
    assert number in page
    assert 'action="/search/"' in page
    assert 'href="/help/"' in page


@pytest.mark.face
@pytest.mark.django_db
def test_an_address_with_a_line_break_writes_no_line_of_its_own_into_the_log(client: Client, caplog) -> None:
    with caplog.at_level(logging.INFO, logger="cms.pages.views.errors"):
        client.get("/nothing%0AINFO forged/")
    (said,) = (record.getMessage() for record in caplog.records if record.name == "cms.pages.views.errors")
    assert "forged" in said
    assert "\n" not in said


@pytest.mark.face
@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("zh-hans", "这里的请求太多"), ("en", "Too many requests from here")])
def test_who_asks_too_often_is_told_to_wait(rf: RequestFactory, language: str, said: str) -> None:
    with translation.override(language):
        response = errors.too_many(rf.get("/accounts/login/"))
    assert response.status_code == 429
    assert response["Retry-After"] == "300"
    assert said in response.text


@pytest.mark.unit
def test_the_page_for_works_on_the_site_needs_no_server() -> None:
    page = finders.find("pages/maintenance.html")
    text = Path(page).read_text(encoding="utf-8")
    assert "网站正在维护" in text
    assert "The site is being worked on" in text
    assert "<script" not in text
