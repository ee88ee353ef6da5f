"""A trainee without a mouse: in by the keyboard, to the primary act of each page, through menus and out of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lms.demo import cast
from lms.demo.seeding import COURSE, SCENARIOS
from lms.kernel.levels import LevelCode
from tests.chromium import chromium, window

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_STOPS = 120
# Where the keyboard stands, whether one sees it there, and whether the page shows that place.
HERE = """() => {
  const here = document.activeElement;
  const shown = here.matches("input[type=radio], input[type=checkbox]") ? here.closest("label") ?? here : here;
  const look = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const ringed = (each) => each.outlineStyle !== "none" && parseFloat(each.outlineWidth) >= 2;
  return {
    tag: here.tagName,
    words: (here.innerText || here.getAttribute("aria-label") || here.name || "").trim().slice(0, 60),
    ring: ringed(look) || ringed(getComputedStyle(here)),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
  };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, live_server, demonstration) -> Iterator[Page]:
    with window(browser, live_server.url, width=1440) as context:
        yield context.new_page()


def _tab_to(page: Page, selector: str) -> list[str]:
    """Press Tab until the element is reached; every stop on the way is seen, with a ring around it."""
    stops = []
    for _number in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        assert here["tag"] != "BODY", f"{page.url}: Tab left the page after {stops}"
        assert here["ring"], f"{page.url}: no ring around {here['words']!r}"
        assert here["seen"], f"{page.url}: {here['words']!r} has the focus and is not on the screen"
        stops.append(here["words"])
        if page.evaluate("chosen => document.activeElement === document.querySelector(chosen)", selector):
            return stops
    raise AssertionError(f"{page.url}: {selector} is not reached in {MOST_STOPS} stops")


def _sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    _tab_to(page, "input[name=login]")
    page.keyboard.type(cast.TRAINEE.email)
    _tab_to(page, "input[name=password]")
    page.keyboard.type(cast.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")


def test_the_first_stop_skips_to_the_text_and_the_next_acts_are_in_reach(page: Page) -> None:
    page.goto("/")
    assert _tab_to(page, ".skip") == ["跳到正文"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#main').contains(document.activeElement)")
    _sign_in(page)
    for path in (f"/courses/{COURSE}/", "/exams/", f"/simulations/{SCENARIOS[LevelCode.JUNIOR][0]}/", "/desk/"):
        page.goto(path)
        stops = _tab_to(page, "main .btn-primary")
        assert len(stops) < MOST_STOPS / 2, stops
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


def test_a_course_is_taken_up_and_a_lesson_opened_by_keyboard_alone(page: Page) -> None:
    _sign_in(page)
    page.goto(f"/courses/{COURSE}/")
    for act, leads_to in (
        ("main .btn-primary", "**/#offerings"),
        ("#offerings .btn", "**/enrol/?offering=*"),
        ("main .btn-primary", "**/learn/**"),
    ):
        _tab_to(page, act)
        page.keyboard.press("Enter")
        page.wait_for_url(leads_to)
    page.goto("/desk/")
    _tab_to(page, "main .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn/**")
    expect(page.locator("main h1, main h2").first).to_be_visible()


def test_a_menu_opens_with_enter_and_closes_with_escape_or_when_it_is_left(page: Page) -> None:
    _sign_in(page)
    menu = page.locator(".deskhead details.menu-end")
    name, box = ".deskhead details.menu-end > summary", menu.locator(".menu-box")
    _tab_to(page, name)
    page.keyboard.press("Enter")
    expect(box).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.menu-box') !== null")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert page.evaluate("name => document.activeElement === document.querySelector(name)", name)

    page.keyboard.press("Enter")
    expect(box).to_be_visible()
    for _item in range(box.locator("a, button").count() + 1):
        page.keyboard.press("Tab")
    expect(box).to_be_hidden()
