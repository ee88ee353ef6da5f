"""The room in a real Chromium: acts without leaving the page, refusals in place, drafts that stay, keys, two tabs."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from simulations.models import Attempt, AttemptCommand
from tests.chromium import chromium, window
from tests.factories.simulations import TO_THE_TABLE, AttemptFactory, play

pytestmark = [pytest.mark.face, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def attempt() -> Attempt:
    return AttemptFactory()


@pytest.fixture
def seat(live_server, attempt: Attempt) -> Iterator[BrowserContext]:
    client = Client()
    client.force_login(attempt.person.user)
    name = settings.SESSION_COOKIE_NAME
    with chromium() as browser:
        context = window(browser, live_server.url)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        yield context
        context.close()


def _top(page: Page, selector: str) -> float:
    return float(page.eval_on_selector(selector, "each => each.getBoundingClientRect().top"))


def test_an_act_a_refusal_a_draft_and_a_second_tab(seat, attempt) -> None:
    page, other = seat.new_page(), seat.new_page()
    for each in (page, other):
        each.goto(f"/sim/{attempt.uid}/")
    page.evaluate("document.body.dataset.here = 'yes'")

    visit = '[data-key="act-visit"]'
    before = _top(page, visit)
    page.locator(f"{visit} button").click()
    expect(page.locator(f"{visit}.is-done")).to_be_visible()
    assert abs(_top(page, visit) - before) < 2
    assert page.evaluate("document.activeElement.dataset.key") == "act-visit"

    page.locator("[name=low]").first.fill("120")
    page.locator("#onward-form button").click()
    expect(page.locator("#onward-form .refused")).to_be_focused()
    expect(page.locator("[name=low]").first).to_have_value("120")
    assert page.evaluate("document.body.dataset.here") == "yes"

    other.locator(f"{visit} button").click()
    expect(other.locator(f"{visit}.is-done")).to_be_visible()
    other.reload()
    expect(other.locator("[name=low]").first).to_have_value("120")
    assert attempt.events.filter(type="action-taken.1").count() == 1

    other.locator(".doclist .doc-open").first.click()
    expect(other.get_by_role("dialog")).to_contain_text("正文")
    other.keyboard.press("Escape")
    expect(other.locator("[data-notes] [data-grade=record]")).to_be_visible()


def test_keys_sliders_and_a_lost_connection_at_the_table(seat, attempt) -> None:
    play(attempt, *TO_THE_TABLE)
    page = seat.new_page()
    page.goto(f"/sim/{attempt.uid}/")

    page.keyboard.press("Alt+Shift+KeyN")
    expect(page.locator("#clues-title")).to_be_focused()
    page.keyboard.press("Alt+Shift+Digit2")
    expect(page.locator(".package-b")).to_be_visible()
    page.keyboard.press("Alt+Shift+Digit1")

    price = page.locator("#a-price")
    page.locator('.package-a [data-issue="price"] [data-nudge="1"]').click()
    expect(price).to_have_value("55")

    seat.set_offline(True)
    page.locator("[data-send]").click()
    expect(page.locator("[data-saved]")).to_contain_text("没有送达")
    seat.set_offline(False)
    page.locator("[data-send]").click()
    expect(page.locator("#offers-title")).to_be_focused()
    expect(page.locator(".rounds > li")).to_have_count(1)
    assert AttemptCommand.objects.filter(body__type="propose").count() == 1
