"""The marking screen in a real browser: keys alone, and a save that fails."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from lms.accounts.models import User
from lms.marking.models import Mark, MarkingRound
from tests.chromium import chromium, window
from tests.factories.marking import allocation_of, make_marker, make_round, make_script

pytestmark = [pytest.mark.browser, pytest.mark.face, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def round_(clock) -> MarkingRound:
    return make_round(markers_per_script=1)


@pytest.fixture
def marker(round_: MarkingRound) -> User:
    return make_marker(round_)


@pytest.fixture(params=[1440, 360])
def page(request, live_server, marker: User) -> Iterator[Page]:
    client = Client()
    client.force_login(marker)
    name = settings.SESSION_COOKIE_NAME
    with chromium() as browser:
        context = window(browser, live_server.url, width=request.param)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.faults = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
        yield page


def address(script, marker: User) -> str:
    return f"/desk/marking/script/{allocation_of(script, marker).uid}/"


def test_keys_choose_save_and_open_the_next(page: Page, round_: MarkingRound, marker: User) -> None:
    first, second = make_script(round_), make_script(round_)
    page.goto(address(first, marker))
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    expect(page.locator("[data-sum]")).to_have_text("16")
    page.keyboard.press("s")
    expect(page.locator(".focus-title .mono")).to_have_text(second.code)
    mark = Mark.objects.get()
    assert (mark.allocation.script, mark.criteria) == (first, {"facts": "8.00", "advice": "8.00"})
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    assert page.faults == []


def test_what_a_failed_save_would_lose_is_there_after_a_reload(page: Page, round_: MarkingRound, marker: User) -> None:
    script = make_script(round_)
    page.goto(address(script, marker))
    page.keyboard.press("3")
    page.fill("[data-comment]", "条件 1 和 2 都没有写；s")
    page.context.set_offline(True)
    page.click("[data-save]")
    expect(page.locator("[data-trouble-text]")).to_contain_text("连不上服务器")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-comment]")).to_have_value("条件 1 和 2 都没有写；s")
    expect(page.locator("input:checked")).to_have_count(1)

    page.keyboard.press("S")
    expect(page.locator("[data-trouble-text]")).to_contain_text("还没选：建议可以执行")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    page.keyboard.press("S")
    page.wait_for_url("**/desk/marking/")

    mark = Mark.objects.get()
    assert (mark.criteria, mark.comment) == ({"facts": "4.00", "advice": "4.00"}, "条件 1 和 2 都没有写；s")
    assert page.evaluate("localStorage.length") == 0
    assert page.faults == []
