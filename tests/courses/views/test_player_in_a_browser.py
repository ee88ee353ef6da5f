"""The player in a real Chromium on a phone: sheets, notes in two tabs, the bookmark, keys."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, expect

from courses.models import Enrolment, LessonNote, ReadingPlace
from courses.services.publishing import freeze_version
from tests.chromium import chromium, window
from tests.factories.accounts import BEGINNING
from tests.factories.courses import CourseFactory, LessonFactory, course_page, enrolment_of

pytestmark = [pytest.mark.face, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHECK = {
    "question": "中试在第几级？",
    "options": [{"text": "第三级", "right": False}, {"text": "第五级", "right": True}],
    "explanation": "<p>看环境。</p>",
}
WORDS = [
    {"type": "section", "value": "一、开头"},
    {"type": "check", "value": CHECK},
    *({"type": "text", "value": f"<p>{'先问，再写。' * 60}</p>"} for _ in range(12)),
]


@pytest.fixture
def enrolment() -> Enrolment:
    course = CourseFactory()
    LessonFactory(course=course, item_uid="item-1", position=1, body=WORDS)
    LessonFactory(course=course, item_uid="item-2", position=2)
    freeze_version(page=course_page(course), now=BEGINNING)
    course.refresh_from_db()
    return enrolment_of(course=course)


@pytest.fixture
def phone(live_server, enrolment: Enrolment) -> Iterator[BrowserContext]:
    client = Client()
    client.force_login(enrolment.person.user)
    name = settings.SESSION_COOKIE_NAME
    with chromium() as browser:
        context = window(browser, live_server.url, width=360)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        yield context
        context.close()


def test_contents_notes_bookmark_and_keys_on_a_phone(phone, enrolment) -> None:
    page, other = phone.new_page(), phone.new_page()
    for each in (page, other):
        each.goto(f"/learn/{enrolment.uid}/item-1/")

    page.get_by_label("课程目录").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("link", name="一、开头")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".lesson-side #outline")).to_be_attached()

    note = page.locator("#note-text")
    page.keyboard.press("Alt+Shift+KeyM")
    expect(note).to_be_focused()
    note.fill("第一页写的")
    expect(page.locator("[data-notes-state]")).to_contain_text("已保存")
    other.keyboard.press("Alt+Shift+KeyM")
    other.locator("#note-text").fill("第二页写的")
    expect(other.locator("[data-notes-other]")).to_have_text("第一页写的")
    other.get_by_role("button", name="两份都留").click()
    expect(other.locator("[data-notes-state]")).to_contain_text("已保存")
    assert LessonNote.objects.get().text == "第一页写的\n\n第二页写的"

    phone.set_offline(True)
    other.locator("#note-text").fill("断网时写的")
    expect(other.locator("[data-notes-state]")).to_contain_text("没有保存，正在重试")
    phone.set_offline(False)
    expect(other.locator("[data-notes-state]")).to_contain_text("已保存")
    assert LessonNote.objects.get().text == "断网时写的"

    page.keyboard.press("Escape")
    question = page.locator("[data-check]")
    question.locator("input").first.focus()
    page.keyboard.press("2")
    expect(question.get_by_role("status")).to_have_text("答对了。")

    with page.expect_response("**/api/v1/study/places") as kept:
        page.evaluate("scrollTo(0, document.querySelector('.lesson-words').offsetHeight / 2)")
    assert 300 < kept.value.json()["place"] < 700
    page.reload()
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("button", name="接着上次读").click()
    assert page.evaluate("scrollY") > 500
    assert ReadingPlace.objects.count() == 1
    page.keyboard.press("Alt+Shift+KeyN")
    expect(page).to_have_url(f"{page.url.split('/learn/')[0]}/learn/{enrolment.uid}/item-2/")
