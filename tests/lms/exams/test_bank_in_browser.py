"""The form of a question in a real browser: the preview keeps up, rows are added, and nothing of it needs a script."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from lms.exams.models import QuestionVersion
from lms.exams.services.drafting import item_of
from tests.chromium import chromium, window
from tests.factories.bank import empty_bank, make_draft, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.face, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(clock) -> QuestionVersion:
    return make_draft(empty_bank(), "ordering")


@pytest.fixture
def context(live_server, draft: QuestionVersion) -> Iterator[BrowserContext]:
    client = Client()
    client.force_login(make_staff(draft.question.bank.organisation))
    name = settings.SESSION_COOKIE_NAME
    with chromium() as browser:
        context = window(browser, live_server.url, width=1440)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        yield context


@pytest.fixture
def form(context: BrowserContext, draft: QuestionVersion) -> Page:
    page = context.new_page()
    page.goto(f"/desk/bank/question/{draft.question.uid}/edit/")
    return page


def test_the_preview_keeps_up_and_a_new_row_is_a_step(form: Page, draft: QuestionVersion) -> None:
    preview = form.locator("[data-preview]")
    expect(preview).to_contain_text("哪一项正确？")
    form.locator("[name=stem]").fill("请排出先后。")
    expect(preview).to_contain_text("请排出先后。")
    rows = form.locator("[data-rows=steps] [data-list] > li")
    there = rows.count()
    form.locator("[data-rows=steps] [data-more]").click()
    expect(rows).to_have_count(there + 1)
    expect(form.locator(f"[name=steps-{there}-text]")).to_be_focused()
    form.locator(f"[name=steps-{there}-text]").fill("丁")
    expect(preview).to_contain_text("丁")
    assert item_of(draft).stem == "哪一项正确？"
    form.locator("button[value=save]").click()
    expect(form.get_by_role("heading", level=1)).to_have_text("ordering-question")
    draft.refresh_from_db()
    kept = item_of(draft)
    texts = {option.id: option.text for option in kept.options}
    assert [texts[each] for each in kept.key.order or []] == ["丙", "甲", "乙", "丁"]


def test_the_preview_says_that_something_is_missing_until_it_is_there(form: Page) -> None:
    form.locator("[name=stem]").fill("")
    expect(form.locator("[data-preview]")).to_contain_text("还缺一些内容")
    form.locator("[name=stem]").fill("再写一遍。")
    expect(form.locator("[data-preview]")).to_contain_text("再写一遍。")
