"""The editor's day in a real Chromium: draft, review by another person, publication, translation."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from cms.foundation.services.editing import let_write
from cms.pages.models import NewsIndexPage, NewsPage
from lms.accounts.services.people import register_person
from lms.kernel.clock import now
from tests.chromium import chromium, window

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = settings.BUILD_DIR / "screens" / "editor"
SECRET = "over-the-river-and-up"
WRITER, REVIEWER = "writer@jiqiao.example", "second@jiqiao.example"
TITLE, SUMMARY = "山路上的新桥", "第一批学员学完了初级课程。"
TITLE_EN, SUMMARY_EN = "A new bridge on the mountain road", "The first trainees have finished the junior course."
NOT_YET = "has not been translated into English yet"


@pytest.fixture
def browser(live_server, site) -> Iterator[Browser]:
    for address, name, reviews in ((WRITER, "陆小笛", False), (REVIEWER, "沙大铭", True)):
        person = register_person(email=address, real_name=name, latin_name="", password=SECRET, now=now())
        person.user.is_staff = True
        person.user.save(update_fields=["is_staff"])
        let_write(user=person.user, reviews=reviews)
    with chromium() as launched:
        yield launched


def enter(browser: Browser, url: str, address: str) -> Page:
    """Somebody signs in and stands before the editor's screens."""
    page = window(browser, url).new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", SECRET)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/")
    return page


def picture(page: Page, name: str) -> None:
    """Photograph what the editor sees."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def press(page: Page, button: str) -> None:
    """Send the editor's form and wait until the answer stands: its address alone is the one we came from."""
    with page.expect_navigation():
        page.locator(button).first.dispatch_event("click")


def write_and_submit(page: Page) -> None:
    """A piece of news in Chinese only, handed in for review."""
    index = NewsIndexPage.objects.get()
    page.goto(reverse("wagtailadmin_pages:add", args=["pages", "newspage", index.pk]))
    page.fill("[name=title]", TITLE)
    page.fill("[name=summary]", SUMMARY)
    page.evaluate("document.querySelector('[name=date]').value = '2026-11-22'")
    picture(page, "1-draft")
    page.get_by_role("tab", name="网址与搜索").click()
    page.fill("[name=slug]", "a-new-bridge")
    press(page, "[name=action-submit]")
    assert NewsPage.objects.get(title=TITLE).current_workflow_state is not None


def approve(page: Page) -> None:
    """Another person reads it and lets it out."""
    page.goto(reverse("wagtailadmin_pages:edit", args=[NewsPage.objects.get(title=TITLE).pk]))
    picture(page, "2-review")
    press(page, "[data-workflow-action-name=approve]")


def read(page: Page, address: str) -> str:
    """What a visitor reads there."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    return page.inner_text("main")


def test_from_draft_to_both_languages(browser: Browser, live_server) -> None:
    writer = enter(browser, live_server.url, WRITER)
    write_and_submit(writer)
    news = NewsPage.objects.get(title=TITLE)
    visitor = window(browser, live_server.url).new_page()
    before = visitor.goto(f"/news/{news.slug}/")
    assert before is not None
    assert before.status == 404
    writer.goto(reverse("wagtailadmin_pages:edit", args=[news.pk]))
    expect(writer.locator("[data-workflow-action-name=approve]")).to_have_count(0)

    approve(enter(browser, live_server.url, REVIEWER))

    assert SUMMARY in read(visitor, f"/news/{news.slug}/")
    assert TITLE in read(visitor, "/news/")
    in_english = read(visitor, f"/en/news/{news.slug}/")
    assert SUMMARY in in_english
    assert NOT_YET in in_english
    expect(visitor.locator("[lang=zh-Hans] h1, h1[lang=zh-Hans]")).to_have_text(TITLE)
    visitor.screenshot(path=PICTURES / "3-waiting-for-english.png", full_page=True)

    translate(writer, news)

    approve(enter(browser, live_server.url, REVIEWER))
    done = read(visitor, f"/en/news/{news.slug}/")
    assert SUMMARY_EN in done
    assert NOT_YET not in done
    assert SUMMARY not in done
    visitor.screenshot(path=PICTURES / "5-in-english.png", full_page=True)


def translate(page: Page, news: NewsPage) -> None:
    """The translator finds the page in the list and fills in the English tab."""
    page.goto(reverse("waiting_for_english"))
    picture(page, "4-translators-list")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("tab", name="英文").click()
    page.fill("[name=title_en]", TITLE_EN)
    page.fill("[name=summary_en]", SUMMARY_EN)
    press(page, "[name=action-submit]")
    assert NewsPage.objects.get(pk=news.pk).current_workflow_state is not None
