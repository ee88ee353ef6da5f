"""The page that counts, in a real Chromium whose clock is moved together with the server's."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from courses.models import Enrolment, ItemProgress, PresenceAnswer, StudyInterval, StudyLease
from courses.services.enrolling import enrol
from courses.services.loading import load_course
from tests.chromium import chromium, window
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.face, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enrolment() -> Enrolment:
    return enrolment_of()


@pytest.fixture
def desk(live_server, enrolment: Enrolment) -> Iterator[BrowserContext]:
    """A signed-in window whose scripts run on a clock of the test's."""
    client = Client()
    client.force_login(enrolment.person.user)
    name = settings.SESSION_COOKIE_NAME
    with chromium() as browser:
        context = window(browser, live_server.url, width=360)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        yield context
        context.close()


def open_lesson(context: BrowserContext, enrolment: Enrolment) -> Page:
    page = context.new_page()
    page.clock.install()
    page.goto(f"/learn/{enrolment.uid}/item-1/")
    page.clock.run_for(1000)
    expect(state(page)).to_have_text("正在准备计时。")
    return page


def state(page: Page):
    return page.locator("[data-study-state] > span")


def covered(page: Page):
    return page.locator("[data-study-covered]")


def read(page: Page, clock, seconds: int) -> None:
    """Time goes by for reader, page and server alike."""
    for second in range(seconds):
        page.mouse.move(second % 7, 1)
        clock.advance(timedelta(seconds=1))
        page.clock.run_for(1000)


def test_reading_is_counted_credited_and_shown(desk, enrolment, clock) -> None:
    page = open_lesson(desk, enrolment)
    read(page, clock, 20)
    expect(covered(page)).to_have_text("00:15")
    expect(state(page)).to_have_text("正在计时。")
    expect(page.locator("[data-study-saved]")).to_contain_text("学时已记到 12:00")
    assert ItemProgress.objects.get().covered_s == 15


def test_whoever_does_not_move_for_two_minutes_is_not_counted(desk, enrolment, clock) -> None:
    page = open_lesson(desk, enrolment)
    read(page, clock, 5)
    page.clock.run_for(125_000)
    expect(state(page)).to_contain_text("两分钟没有动作")


def test_what_was_read_offline_is_kept_and_sent_when_the_connection_is_back(desk, enrolment, clock) -> None:
    page = open_lesson(desk, enrolment)
    read(page, clock, 3)
    desk.set_offline(True)
    read(page, clock, 30)
    expect(page.locator("[data-study-saved]")).to_contain_text("秒保存在这台电脑上")
    assert StudyInterval.objects.count() == 0
    desk.set_offline(False)
    read(page, clock, 8)
    expect(page.locator("[data-study-saved]")).to_contain_text("学时已记到")
    assert ItemProgress.objects.get().covered_s >= 30


def test_a_second_tab_takes_over_and_the_first_offers_to_go_on_here(desk, enrolment, clock) -> None:
    first = open_lesson(desk, enrolment)
    read(first, clock, 5)
    second = open_lesson(desk, enrolment)
    read(second, clock, 3)
    read(first, clock, 16)
    expect(state(first)).to_contain_text("你已在另一个页面或另一台设备上继续学习")
    expect(first.get_by_role("button", name="在这里继续")).to_be_visible()
    assert list(StudyLease.objects.order_by("seq").values_list("continues", flat=True)) == [False, False]


def test_whoever_is_asked_answers_with_the_keyboard_and_loses_nothing(desk, enrolment, clock, monkeypatch) -> None:
    monkeypatch.setattr("courses.services.challenges.draw", lambda *_of: timedelta(seconds=20))
    page = open_lesson(desk, enrolment)
    read(page, clock, 17)
    asked = page.get_by_role("alertdialog", name="还在学吗？")
    expect(asked).to_be_hidden()
    read(page, clock, 20)
    expect(asked).to_be_visible()
    expect(asked).to_contain_text("请在北京时间 12:02")
    button = asked.get_by_role("button", name="我在学")
    expect(button).to_be_focused()
    expect(page.locator("[data-study-pending]")).to_contain_text("秒待你确认")
    page.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    answer = PresenceAnswer.objects.get()
    assert answer.in_time
    item = ItemProgress.objects.get()
    assert (item.waiting_s, item.covered_s >= 30) == (0, True)


def test_a_lesson_read_to_its_end_is_complete_on_the_page_and_in_the_books(desk, enrolment, clock) -> None:
    page = open_lesson(desk, enrolment)
    for _second in range(240):  # answers of the server take real time, in which the page's clock stands still
        read(page, clock, 1)
        if covered(page).inner_text() == "02:00":
            break
        page.wait_for_timeout(15)
    expect(covered(page)).to_have_text("02:00")
    expect(state(page)).to_have_text("已完成：标定的分钟数全部记满。")
    assert enrolment.person.facts.count() == 1


def test_a_self_check_answers_at_once_and_opens_its_explanation(desk, enrolment, now) -> None:
    version = load_course("jtb-foundations", enrolment.organisation, now)
    own = enrol(
        person=enrolment.person, course=version.course, organisation=enrolment.organisation, actor="test", now=now
    )
    page = desk.new_page()
    page.goto(f"/learn/{own.uid}/between-lab-and-plant/")
    question = page.locator("[data-check]").first
    question.locator("input").first.check()
    expect(question.get_by_role("status")).to_contain_text("不是这一项")
    question.locator("input[data-right]").check()
    expect(question.get_by_role("status")).to_have_text("答对了。")
    expect(question.locator("details")).to_have_attribute("open", "")


def test_no_lesson_scrolls_sideways_on_a_phone(desk, enrolment, now) -> None:
    version = load_course("jtb-foundations", enrolment.organisation, now)
    own = enrol(
        person=enrolment.person, course=version.course, organisation=enrolment.organisation, actor="test", now=now
    )
    page = desk.new_page()
    for item in version.outline["items"]:
        page.goto(f"/learn/{own.uid}/{item['item_uid']}/")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
