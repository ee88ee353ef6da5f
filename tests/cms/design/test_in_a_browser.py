"""The design in a real Chromium: axe, reflow, targets, focus, forced colours, and the place that is kept."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chromium import chromium, window
from tests.patterns.components import components
from tests.patterns.views import LAYOUTS

pytestmark = [
    pytest.mark.face,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pattern_library"),
]

WHOLE = ("/patterns/", "/patterns/foundations/", *(f"/patterns/layouts/{name}/" for name in LAYOUTS))
PAGES = (*WHOLE, *(f"/patterns/components/{each.name}/" for each in components()))
# Axe would otherwise fetch every stylesheet again.
QUICK = {"preload": False}
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
# What is too small to be touched: not links inside running words, nor boxes whose label is the target.
SMALL = """(controls) => controls
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.closest(".vh, .skip"))
  .filter((each) => getComputedStyle(each).display !== "inline")
  .map((each) => [each, (each.closest("label") || each).getBoundingClientRect()])
  .filter(([each, box]) => box.width < LEAST || box.height < LEAST)
  .map(([each, box]) => `${each.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
COVERED = """() => {
  const focused = document.activeElement;
  const box = focused.getBoundingClientRect();
  const bar = document.querySelector(".tabbar");
  if (focused === document.body || bar.contains(focused)) return "";
  return box.bottom > bar.getBoundingClientRect().top + 1 && !focused.closest(".skip") ? focused.outerHTML : "";
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def _phone(browser: Browser, url: str) -> BrowserContext:
    return browser.new_context(
        base_url=url, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )


def _complaints(page: Page, path: str, width: int) -> list[str]:
    """Everything that is wrong with one page: scrolling sideways, refused by the policy, named by axe."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(path)
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{path} is {wide} px wide"] if wide > width else []
    refused = [text for text in said if "Content Security Policy" in text]  # before axe brings styles of its own
    named = Axe().run(page, options=QUICK).response["violations"]
    return [*found, *refused, *(f"{path} {each['id']}: {each['nodes'][0]['html']}" for each in named)]


@pytest.mark.parametrize(
    ("paths", "prefix", "width", "dark"),
    [(PAGES, "", 360, False), (WHOLE, "/en", 1440, True)],
    ids=["everything on a phone", "layouts by night"],
)
def test_the_pattern_library_has_nothing_to_complain_about(browser, live_server, paths, prefix, width, dark) -> None:
    with window(browser, live_server.url, width=width, dark=dark) as context:
        page = context.new_page()
        assert [said for path in paths for said in _complaints(page, prefix + path, width)] == []


@pytest.mark.parametrize(("width", "paths"), [(320, PAGES), (640, WHOLE)], ids=["400 per cent", "200 per cent"])
def test_enlarged_pages_do_not_scroll_sideways(browser, live_server, width: int, paths) -> None:
    with window(browser, live_server.url, width=width) as context:
        page = context.new_page()
        wide = []
        for path in paths:
            page.goto(f"/en{path}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(path)
        assert wide == []


def test_large_print_on_a_phone_does_not_scroll_sideways(browser, live_server) -> None:
    with window(browser, live_server.url, width=360) as context:
        context.add_cookies([{"name": "size", "value": "large", "url": live_server.url}])
        page = context.new_page()
        for path in WHOLE:
            page.goto(path)
            assert page.get_attribute("html", "data-size") == "large"
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_finger_finds_every_control(browser, live_server, layout: str) -> None:
    with _phone(browser, live_server.url) as context:
        page = context.new_page()
        page.goto(f"/patterns/layouts/{layout}/")
        assert page.eval_on_selector_all(CONTROLS, SMALL.replace("LEAST", "24")) == []
        main = "button, select, textarea, summary, .btn, .input, .icon-btn, .nav-list a, .foot-list a, .tabbar > a"
        assert page.eval_on_selector_all(main, SMALL.replace("box.width < LEAST || ", "").replace("LEAST", "44")) == []


def test_the_keyboard_reaches_everything_and_no_bar_covers_it(browser, live_server) -> None:
    with window(browser, live_server.url, width=360) as context:
        page = context.new_page()
        page.goto("/patterns/layouts/desk/")
        wanted = page.eval_on_selector_all(CONTROLS, "all => all.filter((each) => each.checkVisibility()).length")
        seen, covered = set(), []
        for _press in range(wanted + 5):
            page.keyboard.press("Tab")
            seen.add(page.evaluate("() => document.activeElement.outerHTML"))
            covered.append(page.evaluate(COVERED))
            outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none" or page.evaluate("() => document.activeElement === document.body")
        assert [each for each in covered if each] == []
        assert len(seen) >= wanted - 3  # radios of one name are one stop


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_forced_colours_leave_words_apart_from_their_ground(browser, live_server, dark: bool) -> None:
    with browser.new_context(
        base_url=live_server.url, forced_colors="active", color_scheme="dark" if dark else "light"
    ) as context:
        page = context.new_page()
        page.goto("/patterns/layouts/desk/")
        for selector in (".btn-primary", ".tag", ".bell-count", ".rail [aria-current], .rail a", "h1"):
            ink, ground, page_ground = page.eval_on_selector(
                selector,
                """(each) => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor,
                              getComputedStyle(document.body).backgroundColor]""",
            )
            assert ink not in (ground, page_ground), selector
        assert page.eval_on_selector(".logo-mark", "(mark) => getComputedStyle(mark).fill") == page.eval_on_selector(
            "h1", "(title) => getComputedStyle(title).color"
        )


def test_the_other_language_opens_at_the_same_place_of_the_page(browser, live_server) -> None:
    with window(browser, live_server.url) as context:
        page = context.new_page()
        page.goto("/patterns/?theme=dark#components")
        page.click("a[data-place]")
        assert page.url == f"{live_server.url}/en/patterns/?theme=dark#components"
        page.evaluate("location.hash = 'layouts'")
        page.click("a[data-place]")
        assert page.url == f"{live_server.url}/patterns/?theme=dark#layouts"


def test_large_print_comes_back_to_the_same_place_of_the_page(browser, live_server) -> None:
    with window(browser, live_server.url) as context:
        page = context.new_page()
        page.goto("/en/patterns/?theme=dark#components")
        page.click("form[action$='large-print/'] button")
        assert page.url == f"{live_server.url}/en/patterns/?theme=dark#components"
        assert page.get_attribute("html", "data-size") == "large"


def test_words_that_were_typed_are_not_left_without_being_asked(browser, live_server) -> None:
    with window(browser, live_server.url) as context:
        page, asked = context.new_page(), []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.goto("/patterns/layouts/focus/")
        page.click(".focus-back")
        page.wait_for_url("**/patterns/")
        assert asked == []
        page.go_back()
        page.fill("textarea", "半句话")
        page.click(".focus-back", no_wait_after=True)
        page.wait_for_function("() => true")
        assert asked == ["beforeunload"]
        assert page.input_value("textarea") == "半句话"


def test_sending_a_form_asks_nothing(browser, live_server) -> None:
    with window(browser, live_server.url) as context:
        page, asked = context.new_page(), []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.goto("/patterns/layouts/focus/")
        page.fill("textarea", "一句话")
        page.eval_on_selector("form[data-keep]", "(form) => { form.noValidate = true; }")
        page.click("form[data-keep] button")
        page.wait_for_url("**reason=*")
        assert asked == []


def test_paper_shows_words_without_heads_and_repeats_the_heads_of_tables(browser, live_server) -> None:
    with window(browser, live_server.url, dark=True) as context:
        page = context.new_page()
        page.goto("/patterns/layouts/public/?theme=dark")
        page.emulate_media(media="print")
        shown = "(all) => all.filter((each) => each.checkVisibility()).map((each) => each.className)"
        assert page.eval_on_selector_all(".sitehead, .toc, .foot-cols, .foot-line", shown) == ["foot-line"]
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        after = "(link) => getComputedStyle(link, '::after').content"
        assert "https://example.org/" in page.eval_on_selector(".metadata a", after)
        page.goto("/patterns/layouts/print/")
        assert page.eval_on_selector("thead", "(head) => getComputedStyle(head).display") == "table-header-group"
