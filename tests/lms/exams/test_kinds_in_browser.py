"""Every kind of question in a real browser: by keyboard alone, on a phone, without script, and after a kill."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, expect, sync_playwright

from lms.exams.models import Attempt, AttemptStep
from lms.exams.selectors.folding import folded, seen_slots, stored
from tests.conftest import NOON
from tests.factories.exams import make_attempt, make_seat
from tests.lms.exams.papers import ANSWERS, make_whole_exam, name_of, slot_of, whole_answers
from tests.lms.exams.rooms import STEPS, open_room, saved, seated, signed_in
from tests.servers.processes import free_port

pytestmark = [pytest.mark.browser, pytest.mark.face, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def attempt(clock) -> Attempt:
    return make_attempt(make_seat(make_whole_exam()))


def answer_by_keys(page: Page, item: dict[str, Any]) -> None:
    """Answer the question that is open as somebody without a mouse does."""
    name, keys = name_of(item), page.keyboard
    answer = ANSWERS[name]
    if item["kind"] in ("single", "true-false", "multiple"):
        for option in answer if isinstance(answer, list) else [answer]:
            keys.press(str(item["options"].index(option) + 1))
        return
    if item["kind"] == "ordering":
        for place, option in enumerate(answer, start=1):
            lines = page.locator(f"[data-question='{item['slot']}'] [data-lines] > li")
            now = [line.get_attribute("data-option") for line in lines.all()].index(option) + 1
            keys.press(str(now))
            keys.press(str(place))
            keys.press("Escape")
        return
    keys.press("1")
    if item["kind"] == "matching":
        for place, option in enumerate(item["options"]):
            if place:
                keys.press("Tab")
            keys.press("ABCD"[item["choices"].index(answer[option])])
    elif item["kind"] == "fill-in":
        keys.type(answer[0])
        keys.press("Tab")
        keys.type(answer[1])
    elif name == "numeric-unit":
        keys.type(answer["number"])
        keys.press("Tab")
        keys.press("ArrowDown")
        keys.press("ArrowDown")
    else:
        keys.type(answer)
    keys.press("Escape")


@pytest.mark.parametrize("width", [360, 1440])
def test_every_kind_is_answered_by_keyboard_alone(width: int, live_server, attempt: Attempt) -> None:
    with signed_in(live_server.url, attempt, width=width) as context:
        page = open_room(context, attempt)
        for item in attempt.seat.paper.items:
            expect(page.locator(f"[data-question='{item['slot']}']")).to_be_visible()
            answer_by_keys(page, item)
            page.keyboard.press("ArrowRight")
        saved(page)
        assert page.faults == []
        expect(page.locator("[data-map-answered]")).to_have_text("已答 11")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {slot: state.answer for slot, state in stored(attempt).items()} == whole_answers(attempt)
    assert stored(attempt) == folded(attempt)


def test_without_script_every_kind_is_answered_by_plain_forms(live_server, attempt: Attempt) -> None:
    with signed_in(live_server.url, attempt) as context:
        context.route("**/*.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"/exam/{attempt.uid}/?q=1")
        for item in attempt.seat.paper.items:
            answer_by_forms(page, item)
            page.locator(f"[data-question='{item['slot']}'] .qnav .btn-primary").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("题目都已作答")
    assert {slot: state.answer for slot, state in stored(attempt).items()} == whole_answers(attempt)


def answer_by_forms(page: Page, item: dict[str, Any]) -> None:
    name, answer = f"answer-{item['slot']}", ANSWERS[name_of(item)]
    match item["kind"]:
        case "fill-in":
            for place, text in enumerate(answer):
                page.locator(f'[name="{name}"]').nth(place).fill(text)
        case "matching":
            for option, choice in answer.items():
                page.select_option(f'[name="{name}-{option}"]', choice)
        case "ordering":
            for place, option in enumerate(answer, start=1):
                page.select_option(f'[name="{name}-{option}"]', str(place))
        case "numeric" if isinstance(answer, dict):
            page.fill(f'[name="{name}"]', answer["number"])
            page.select_option(f'[name="unit-{item["slot"]}"]', answer["unit"])
        case "numeric" | "essay":
            page.fill(f'[name="{name}"]', answer)
        case _:
            for value in answer if isinstance(answer, list) else [answer]:
                page.check(f'[name="{name}"][value="{value}"]')


def test_lines_move_up_and_down_and_can_be_taken_as_they_stand(live_server, attempt: Attempt) -> None:
    slot = slot_of(attempt, "ordering")
    drawn = attempt.seat.paper.items[slot - 1]["options"]
    with signed_in(live_server.url, attempt) as context:
        page = open_room(context, attempt, slot)
        page.click("[data-take-order]:visible")
        saved(page)
        assert stored(attempt)[slot].answer == drawn
        page.locator(f"[data-question='{slot}'] [data-option='{drawn[2]}'] [data-move='-1']").click()
        saved(page)
        assert stored(attempt)[slot].answer == [drawn[0], drawn[2], drawn[1], drawn[3]]
        expect(page.locator(f"[data-question='{slot}'] [data-option='{drawn[2]}'] [data-move='-1']")).to_be_focused()
        expect(page.locator("[data-announce]")).to_have_text("第 2 位")


def test_an_essay_is_saved_while_somebody_writes_without_a_pause(live_server, attempt: Attempt) -> None:
    slot = slot_of(attempt, "essay")
    with signed_in(live_server.url, attempt) as context:
        page = open_room(context, attempt, slot)
        page.keyboard.press("1")
        begun = time.monotonic()
        for sign in "先查权属再查年费" * 9:
            page.keyboard.type(sign)
            page.wait_for_timeout(80)
        written = time.monotonic() - begun
        saves = AttemptStep.objects.filter(attempt=attempt, slot=slot).count()
        assert saves >= written / 2 - 1, (saves, written)
        expect(page.locator(f"[data-question='{slot}'] [data-count-face]")).to_have_text("已写 72 字，限 200 字")
        page.fill(f"#e{slot}", "长" * 203)
        expect(page.locator(f"[data-question='{slot}'] [data-count-face]")).to_have_text(
            "已写 203 字，限 200 字，超出 3 字"
        )


def test_questions_looked_at_are_told_lazily_and_shown_on_another_device(live_server, attempt: Attempt) -> None:
    with signed_in(live_server.url, attempt) as context:
        page = open_room(context, attempt)
        with page.expect_response(STEPS, timeout=8000):
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
        other = open_room(context, attempt, 5)
        expect(other.locator('[data-map="2"]')).to_contain_text("未答")
        expect(other.locator('[data-map="4"]')).to_contain_text("未看")
    assert seen_slots(attempt.pk) >= {1, 2, 3}


def test_large_print_and_a_reload_keep_the_place(live_server, attempt: Attempt) -> None:
    with signed_in(live_server.url, attempt) as context:
        page = open_room(context, attempt)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("1")
        page.click("[data-large-print] button")
        page.wait_for_url("**?q=2")
        expect(page.locator("html")).to_have_attribute("data-size", "large")
        saved(page)
    assert 2 in stored(attempt)


def test_the_room_opens_by_itself_at_the_bell_without_asking_the_server(live_server, clock) -> None:
    seat = make_seat(make_whole_exam(opens_at=NOON + timedelta(minutes=2), closes_at=NOON + timedelta(hours=2)))
    attempt = Attempt(seat=seat)
    with signed_in(live_server.url, attempt) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"/exams/{seat.pk}/start/")
        expect(page.locator("[data-waiting-face]")).to_have_text("02:00")
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 -- wants a function of Python
        page.clock.run_for(119_000)
        expect(page.locator("[data-waiting-start]")).to_be_hidden()
        page.clock.run_for(5_000)
        assert asked == []
        clock.advance(timedelta(minutes=2))
        page.click("[data-waiting-start] button")
        page.wait_for_url("**/exam/**")
    assert Attempt.objects.get().started_at == NOON + timedelta(minutes=2)


@contextmanager
def doomed(driver: Playwright, profile: Path) -> Iterator[tuple[Browser, subprocess.Popen[bytes]]]:
    """A Chromium in a group of its own, that can be killed as a power cut kills it."""
    binary = shutil.which("chromium") or shutil.which("google-chrome")
    port = free_port()
    flags = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run"]
    process = subprocess.Popen(
        [str(binary), *flags, f"--remote-debugging-port={port}", f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield _connected(driver, port), process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def _connected(driver: Playwright, port: int) -> Browser:
    for _ in range(100):
        try:
            return driver.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        except Exception:  # noqa: BLE001 -- not listening yet
            time.sleep(0.1)
    raise AssertionError("Chromium did not listen")


def test_after_a_kill_another_profile_finds_every_acknowledged_answer(
    live_server, attempt: Attempt, tmp_path: Path
) -> None:
    sent: dict[int, Any] = {}
    acknowledged: dict[int, Any] = {}

    def keep(step: dict[str, Any] | None, book: dict[int, Any]) -> None:
        if step and step.get("kind") == "save":
            book[step["slot"]] = step["answer"]

    with sync_playwright() as driver:
        with doomed(driver, tmp_path / "first") as (browser, process):
            page = open_room(seated(browser, live_server.url, attempt), attempt)
            page.on("request", lambda request: keep(request.post_data_json, sent))
            page.on("response", lambda response: response.ok and keep(response.request.post_data_json, acknowledged))
            for item in attempt.seat.paper.items:
                answer_by_keys(page, item)
                page.keyboard.press("ArrowRight")
                if len(acknowledged) >= 6:
                    break
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
        # An answer that was sent anew may have arrived, though nobody was there any more to hear it.
        settled = {slot: answer for slot, answer in acknowledged.items() if sent[slot] == answer}
        assert len(settled) >= 5
        with doomed(driver, tmp_path / "second") as (browser, _process):
            page = open_room(seated(browser, live_server.url, attempt), attempt)
            for slot, answer in settled.items():
                shown = page.evaluate(READ, [slot, attempt.seat.paper.items[slot - 1]["kind"]])
                assert shown == answer
    kept = {slot: state.answer for slot, state in stored(attempt).items()}
    assert {slot: kept[slot] for slot in settled} == settled


# The room's own way of reading an answer from the page.
READ = """async ([slot, kind]) => {
    const address = document.querySelector('script[src*="exams/room"]').src.replace("room", "kinds");
    const { KINDS } = await import(address);
    return KINDS[kind].read(document.querySelector(`[data-question="${slot}"]`));
}"""
