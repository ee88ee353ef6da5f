"""Sitting in the exam room with a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lms.exams.models import Attempt
from tests.chromium import chromium, window

STEPS = "**/api/v1/exam/attempts/*/steps"


def sign_in(context: BrowserContext, url: str, attempt: Attempt) -> BrowserContext:
    """The person whose attempt it is."""
    client = Client()
    client.force_login(attempt.seat.person.user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])
    return context


@contextmanager
def signed_in(url: str, attempt: Attempt, *, width: int = 1440) -> Iterator[BrowserContext]:
    """Windows of the person whose attempt it is."""
    with chromium() as browser:
        yield seated(browser, url, attempt, width=width)


def seated(browser: Browser, url: str, attempt: Attempt, *, width: int = 1440) -> BrowserContext:
    """The same in a browser that is there."""
    return sign_in(window(browser, url, width=width), url, attempt)


def open_room(context: BrowserContext, attempt: Attempt, slot: int = 1) -> Page:
    """The room, with its script running; `faults` collects what goes wrong in it."""
    page = context.new_page()
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    page.goto(f"/exam/{attempt.uid}/?q={slot}")
    expect(page.locator("[data-clock-face]")).to_have_text("30:00")
    return page


def saved(page: Page) -> None:
    """Until everything is saved; the held clock stands at noon."""
    page.wait_for_timeout(400)  # the words of the save before look the same; let this one go out first
    expect(page.locator("[data-saved-text]")).to_have_text("已保存 12:00:00")
