import logging

import pytest
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
