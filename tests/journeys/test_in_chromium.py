"""The whole way again, in a real Chromium: a trainee on a phone, staff at a desk, a stranger at the end.

Every page is photographed at both widths into build/screens/journey, so that somebody can look at it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from courses.models import Course
from courses.selectors.progress import live_enrolment
from courses.services.rehearsing import study_on
from lms.accounts.selectors.users import user_by_mail
from lms.cohorts.selectors.organisations import organisation_by_code
from lms.demo import cast
from lms.demo.seeding import COURSE, SCENARIOS
from lms.demo.stages import COURSE_MINUTES
from lms.exams.selectors.sittings import own_attempt
from lms.exams.services.rehearsal import model_answers
from lms.jobs.services.work import drain
from lms.kernel.clock import HeldClock, now
from lms.kernel.levels import LevelCode
from simulations.bots.skilled import ExpertBot
from simulations.engine.chance import u01
from simulations.selectors.attempts import has_passed
from simulations.services.rehearsing import rehearse_attempt, table_read
from tests.chromium import WIDTHS, chromium, window

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = settings.BUILD_DIR / "screens" / "journey"


@dataclass
class Stage:
    """Browser, server and clock of one story."""

    browser: Browser
    url: str
    clock: HeldClock

    def enter(self, email: str | None, *, width: int) -> Page:
        """A person opens a window and, if they have an account, signs in."""
        page = window(self.browser, self.url, width=width).new_page()
        page.faults = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))  # type: ignore[attr-defined]
        page.on("console", lambda line: page.faults.append(line.text) if "Content Security" in line.text else None)  # type: ignore[attr-defined]
        if email:
            page.goto("/accounts/login/")
            page.fill("input[name=login]", email)
            page.fill("input[name=password]", cast.PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url("**/desk/")
        return page

    def picture(self, page: Page, name: str) -> None:
        """Photograph the page at both widths; nothing may stick out sideways, no script may fail."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{name} at {width}"
        page.set_viewport_size(before)
        assert page.faults == []  # type: ignore[attr-defined]


@pytest.fixture
def stage(live_server, demonstration, clock: HeldClock) -> Iterator[Stage]:
    with chromium() as browser:
        yield Stage(browser, live_server.url, clock)


def study(stage: Stage, page: Page) -> None:
    """Take up the course and read two lessons while page and server live at the same hour, and the others somehow."""
    page.goto(f"/courses/{COURSE}/")
    stage.picture(page, "01-course")
    page.locator("#offerings").get_by_role("link", name="报名", exact=True).first.click()
    page.get_by_role("button", name="选修这门课程").click()
    page.wait_for_url("**/learn/**")
    page.clock.install()
    for number in (1, 2):
        page.goto("/desk/")
        page.locator("main .btn-primary").first.click()
        page.wait_for_url("**/learn/**")
        page.clock.run_for(1000)
        expect(page.locator("[data-study-state] > span")).to_have_text("正在准备计时。")
        stage.picture(page, f"02-lesson-{number}")
        read_to_the_end(stage, page)
        stage.picture(page, f"02-lesson-{number}-complete")
    enrolment = live_enrolment(user_by_mail(cast.TRAINEE.email), Course.objects.get(code=COURSE))
    end = study_on(enrolment=enrolment, minutes=COURSE_MINUTES[LevelCode.JUNIOR], now=now())
    stage.clock.advance(end - now())


def read_to_the_end(stage: Stage, page: Page) -> None:
    """The first seconds as the page itself counts them; the rest through the same interface, a minute a time."""
    covered = page.locator("[data-study-covered]")
    for second in range(120):
        page.mouse.move(5 + second % 9, 5)
        stage.clock.advance(timedelta(seconds=1))
        page.clock.run_for(1000)
        if covered.inner_text() != "00:00":
            break
        # The held clock runs faster than a busy machine answers: an answer is given time to arrive.
        page.wait_for_timeout(100)
    expect(covered).not_to_have_text("00:00")
    enrolment, item = page.url.rstrip("/").split("/")[-2:]
    complete, token = False, ""
    while not complete:
        lease = post(stage, page.context, "study/leases", enrolment=enrolment, item_uid=item, renews=token)
        token, start = lease["lease"], lease["covered_s"]
        stage.clock.advance(timedelta(seconds=60))
        if lease["challenge"]:
            post(stage, page.context, "study/presence", lease=token, challenge_no=lease["challenge"]["no"])
        claim = {"lease": token, "client_seq": 1, "start_s": start, "end_s": start + 60}
        answer = post(stage, page.context, "study/intervals", **claim)
        assert answer["accepted_s"], answer
        complete = answer["complete"]
    page.reload()
    expect(page.locator("main")).to_contain_text("已完成")


def post(stage: Stage, context: BrowserContext, path: str, **data: object) -> dict[str, Any]:
    """Send what a script of the page would send, with the person's own cookies."""
    token = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == settings.CSRF_COOKIE_NAME)
    headers = {"X-CSRFToken": token, "Content-Type": "application/json", "Referer": stage.url}
    answer = context.request.post(f"{stage.url}/api/v1/{path}", data=json.dumps(data), headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def sit_the_exam(stage: Stage, page: Page) -> None:
    """One choice of each sort in the room itself, each on a page of its own; the rest as the room's script sends it."""
    page.goto("/exams/")
    stage.picture(page, "03-exams")
    page.locator("main .btn-primary").first.click()
    stage.picture(page, "04-exam-start")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/exam/**")
    uid = page.url.split("/exam/")[1].split("/")[0]
    attempt = own_attempt(user_by_mail(cast.TRAINEE.email), uid)
    kinds = {item["kind"]: item["slot"] for item in attempt.seat.paper.items}
    by_hand = {kinds[kind] for kind in ("single", "multiple", "true-false")}
    answers = model_answers(attempt=attempt)
    for number, slot in enumerate(sorted(answers.keys() - by_hand), start=1):
        step = {"client_seq": number, "kind": "save", "slot": slot, "answer": answers[slot]}
        post(stage, page.context, f"exam/attempts/{uid}/steps", **step)
    for slot in sorted(by_hand):
        answer = answers[slot]
        page.goto(f"/exam/{uid}/?q={slot}")
        answer_one(page, slot, answer)
        expect(page.locator("[data-saved-text]")).to_contain_text("已保存")
    stage.picture(page, "05-exam-room")
    page.goto(f"/exam/{uid}/submit/")
    stage.picture(page, "06-exam-check")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/result/")
    stage.picture(page, "07-exam-result")


def answer_one(page: Page, slot: int, answer: str | list[str]) -> None:
    for option in [answer] if isinstance(answer, str) else answer:
        page.locator(f'input[name="answer-{slot}"][value="{option}"]').check(force=True)


def close_a_deal(stage: Stage, page: Page) -> None:
    """The first act by hand; then, as the deal room's own interface is tested elsewhere, a good player plays on."""
    first, *others = SCENARIOS[LevelCode.JUNIOR]
    page.goto(f"/simulations/{first}/")
    stage.picture(page, "08-briefing")
    page.locator("button[name=counted][value='1']").click()
    page.wait_for_url("**/sim/**")
    stage.picture(page, "09-deal-room-first")
    page.locator("form:has(input[name=type][value=act]) button, form:has(input[value=read]) button").first.click()
    uid = page.url.split("/sim/")[1].split("/")[0]
    play_on(stage, page.context, uid, picture=lambda: (page.reload(), stage.picture(page, "10-deal-room-later")))
    page.goto(f"/sim/{uid}/debrief/")
    stage.picture(page, "11-debrief")
    for code in others if has_passed(UUID(uid)) else (first, *others):
        pass_somehow(stage, code)


def pass_somehow(stage: Stage, code: str) -> None:
    """The other deals of the level are played by the same good player, without the pages."""
    person = user_by_mail(cast.TRAINEE.email).person
    base = organisation_by_code(cast.BASE.code)
    for number in range(4):
        stage.clock.advance(timedelta(hours=2))
        told = {"policy": "expert", "seed": f"chromium:{code}:{number}", "now": now()}
        attempt = rehearse_attempt(person=person, organisation=base, scenario_code=code, counted=True, **told)
        stage.clock.advance(timedelta(hours=3))
        if has_passed(attempt.uid):
            return
    raise AssertionError(f"{code} was not passed")


def play_on(stage: Stage, context: BrowserContext, uid: str, picture) -> None:
    player, path = ExpertBot(), f"sim/attempts/{uid}"
    for number in range(200):
        view = table_read(UUID(uid))
        command = player.act(view, lambda label: u01("chromium", label))
        if command is None or view["status"] == "ended":
            return
        post(stage, context, f"{path}/commands", request_id=f"play-{number}", command=command)
        if command["type"] == "propose":
            picture()
    raise AssertionError("the deal did not come to an end")


def decide(stage: Stage) -> None:
    """The manager prepares, the certifier approves and issues."""
    manager = stage.enter(cast.MANAGER.email, width=1440)
    stage.picture(manager, "12-manager-desk")
    manager.goto("/base/decisions/")
    stage.picture(manager, "13-decisions")
    manager.get_by_role("button", name=cast.TRAINEE.name).click()
    manager.wait_for_url("**/base/decisions/*/")
    address = manager.url
    certifier = stage.enter(cast.CERTIFIER.email, width=1440)
    stage.picture(certifier, "14-certifier-desk")
    certifier.goto(address)
    stage.picture(certifier, "15-decision")
    certifier.locator("button[name=action][value=approve]").click()
    certifier.locator("button[name=action][value=issue]").click()
    expect(certifier.locator("main")).to_contain_text("TTM-FCBA-1-2026-")
    stage.picture(certifier, "16-issued")
    drain(now=now(), clock=now)


def hold_it(stage: Stage, page: Page, folder: Path) -> Path:
    """The trainee downloads the certificate."""
    page.goto("/me/certificates/")
    stage.picture(page, "17-my-certificates")
    with page.expect_download() as download:
        page.locator("a[href*='/pdf']").first.click()
    file = folder / "certificate.pdf"
    download.value.save_as(file)
    page.goto("/me/ledger/")
    stage.picture(page, "18-ledger")
    page.goto("/desk/")
    stage.picture(page, "19-desk-in-the-end")
    return file


def verify_as_a_stranger(stage: Stage, file: Path, serial: str) -> None:
    """By number and name, and by the file, in both languages."""
    stranger = stage.enter(None, width=360)
    stranger.goto("/verify/")
    stranger.locator("main input[name=serial]").first.fill(serial.lower())
    stranger.locator("main input[name=proof]").first.fill(cast.TRAINEE.name)
    stranger.locator("button[name=by_number]").click()
    expect(stranger.locator("h1")).to_contain_text("有效")
    stage.picture(stranger, "20-verified")
    stranger.goto("/en/verify/")
    stranger.set_input_files("input[type=file]", file)
    stranger.locator("button[name=by_file]").click()
    expect(stranger.locator("h1")).to_contain_text("Valid")
    stage.picture(stranger, "21-verified-by-file-en")


def test_one_person_earns_one_certificate_in_a_browser(stage: Stage, tmp_path: Path) -> None:
    trainee = stage.enter(cast.TRAINEE.email, width=360)
    stage.picture(trainee, "00-desk")
    study(stage, trainee)
    sit_the_exam(stage, trainee)
    close_a_deal(stage, trainee)
    decide(stage)
    file = hold_it(stage, trainee, tmp_path)
    assert file.read_bytes().startswith(b"%PDF-")
    serial = trainee.evaluate("fetch('/me/certificates/').then(a => a.text())").split("TTM-")[1][:20]
    verify_as_a_stranger(stage, file, f"TTM-{serial}")
