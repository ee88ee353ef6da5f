"""The exam room in a real browser: no connection, a reload, two windows, a long silence."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lms.exams.models import Attempt
from lms.exams.selectors.focus import focus_of
from lms.exams.selectors.folding import folded, stored
from lms.exams.services.rehearsal import model_answers
from tests.factories.exams import make_attempt
from tests.lms.exams.rooms import STEPS, open_room, saved, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.face, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def attempt(clock) -> Attempt:
    return make_attempt()


@pytest.fixture
def context(live_server, attempt: Attempt) -> Iterator[BrowserContext]:
    with signed_in(live_server.url, attempt) as context:
        yield context


@pytest.fixture
def room(context: BrowserContext, attempt: Attempt) -> Page:
    return open_room(context, attempt)


def option_of(attempt: Attempt, slot: int, number: int) -> str:
    return attempt.seat.paper.items[slot - 1]["options"][number - 1]


def test_keys_choose_turn_and_flag_and_everything_is_saved(room: Page, attempt: Attempt) -> None:
    room.keyboard.press("2")
    room.keyboard.press("ArrowRight")
    room.keyboard.press("f")
    room.keyboard.press("ArrowRight")
    room.keyboard.press("1")
    saved(room)
    expect(room.locator("[data-map-where]")).to_have_text("第 3 题，共 12 题")
    expect(room.locator("[data-map-answered]")).to_have_text("已答 2")
    expect(room.locator('[data-map="2"]')).to_contain_text("未答，已标记")
    room.click("header [value=check]")
    expect(room.get_by_role("heading", level=1)).to_have_text("还有 10 题没有答")
    states = stored(attempt)
    assert {slot: (state.answer, state.flagged) for slot, state in states.items()} == {
        1: (option_of(attempt, 1, 2), False),
        2: (None, True),
        3: (option_of(attempt, 3, 1), False),
    }
    assert states == folded(attempt)
    assert room.faults == []


def test_answers_given_without_a_connection_arrive_when_it_is_back(
    room: Page, context: BrowserContext, attempt: Attempt
) -> None:
    context.set_offline(True)
    room.keyboard.press("1")
    room.keyboard.press("ArrowRight")
    room.keyboard.press("2")
    expect(room.locator("[data-saved-text]")).to_contain_text("没有保存，正在重试")
    assert stored(attempt) == {}
    context.set_offline(False)
    saved(room)
    answers = {slot: state.answer for slot, state in stored(attempt).items()}
    assert answers == {1: option_of(attempt, 1, 1), 2: option_of(attempt, 2, 2)}


def test_an_unsaved_answer_survives_a_reload(room: Page, attempt: Attempt) -> None:
    room.route(STEPS, lambda route: route.abort())
    room.keyboard.press("3")
    expect(room.locator("[data-saved-text]")).to_contain_text("没有保存")
    room.unroute(STEPS)
    room.reload()
    saved(room)
    assert stored(attempt)[1].answer == option_of(attempt, 1, 3)
    expect(room.locator(f'[name="answer-1"][value="{option_of(attempt, 1, 3)}"]')).to_be_checked()


def test_of_two_windows_the_stale_one_is_told_and_loses_nothing(
    room: Page, context: BrowserContext, attempt: Attempt
) -> None:
    stale = open_room(context, attempt)
    room.bring_to_front()
    room.keyboard.press("1")
    saved(room)
    stale.bring_to_front()
    stale.keyboard.press("2")
    notice = stale.locator("[data-notice-text]")
    expect(notice).to_contain_text("还没有保存的题：1")
    assert stored(attempt)[1].answer == option_of(attempt, 1, 1)
    with stale.expect_response(STEPS) as answer:
        stale.click("[data-take-mine]")
    assert answer.value.ok
    saved(stale)
    expect(notice).to_be_hidden()
    assert stored(attempt)[1].answer == option_of(attempt, 1, 2)
    assert stored(attempt) == folded(attempt)


def test_hours_without_a_connection_lock_nothing_and_lose_nothing(context: BrowserContext, attempt: Attempt) -> None:
    """The window is open for hours: three questions answered, two of them twice, a reload in between."""
    Attempt.objects.update(
        deadline_at=attempt.deadline_at + timedelta(hours=5), accepts_until=attempt.accepts_until + timedelta(hours=5)
    )
    page = context.new_page()
    page.clock.install()
    page.goto(f"/exam/{attempt.uid}/?q=1")
    page.route(STEPS, lambda route: route.abort())
    for key in ("1", "2"):
        page.keyboard.press(key)
        page.clock.run_for(3_600_000)
    expect(page.locator("[data-question='1'] [data-answer]").first).to_be_enabled()
    expect(page.locator("[data-notice-text]")).to_contain_text("可以继续作答")
    page.reload()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("3")
    page.clock.run_for(3_600_000)
    assert stored(attempt) == {}
    page.unroute(STEPS)
    for _ in range(3):
        page.clock.run_for(10_000)
        page.wait_for_timeout(300)
    saved(page)
    expect(page.locator("[data-notice]")).to_be_hidden()
    answers = {slot: state.answer for slot, state in stored(attempt).items()}
    assert answers == {1: option_of(attempt, 1, 2), 2: option_of(attempt, 2, 3)}


def test_what_can_never_be_saved_does_not_hold_up_the_rest(room: Page, attempt: Attempt) -> None:
    box = room.locator("[data-question='1'] [data-answer]").first
    box.evaluate("(input) => { input.value = 'no-such-option' }")
    room.keyboard.press("1")
    expect(room.locator("[data-notice-text]")).to_contain_text("这不能作为第 1 题的答案")
    room.keyboard.press("2")
    saved(room)
    assert stored(attempt)[1].answer == option_of(attempt, 1, 2)


def test_leaving_the_window_is_noted_and_coming_back_too(room: Page, attempt: Attempt) -> None:
    hide = """(state) => {
        Object.defineProperty(document, "hidden", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    for hidden in (True, False):
        with room.expect_response(STEPS):
            room.evaluate(hide, hidden)
        room.wait_for_timeout(1200)
    (absence,) = focus_of(attempt)
    assert absence.until is not None
    assert attempt.steps.exclude(kind="seen").count() == 0


def test_when_time_is_up_the_paper_is_handed_in(context: BrowserContext, attempt: Attempt) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(f"/exam/{attempt.uid}/?q=1")
    page.keyboard.press("1")
    saved(page)
    page.clock.run_for(29 * 60 * 1000)
    expect(page.locator("[data-announce]")).to_have_text("还剩 1 分钟。")
    page.clock.run_for(62_000)
    page.wait_for_url("**/result/")
    expect(page.get_by_role("heading", name="交卷回执")).to_be_visible()
    attempt.refresh_from_db()
    assert attempt.state == "submitted"


def test_without_script_plain_forms_do_the_same(context: BrowserContext, attempt: Attempt) -> None:
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"/exam/{attempt.uid}/")
    right = model_answers(attempt=attempt)
    for slot, answer in right.items():
        for value in answer if isinstance(answer, list) else [answer]:
            box = page.locator(f'[name="answer-{slot}"][value="{value}"]')
            if box.count():
                box.check()
            else:
                page.fill(f'[name="answer-{slot}"]', value)
        page.locator(f'[data-question="{slot}"] .qnav .btn-primary').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("题目都已作答")
    page.click("main form button")
    expect(page.locator(".bigfig b")).to_have_text("100.00 %")
    assert {slot: state.answer for slot, state in stored(attempt).items()} == right
