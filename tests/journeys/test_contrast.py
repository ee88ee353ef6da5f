"""Contrast is judged once for each look, and never for a look that was not met."""

import pytest
from playwright.sync_api import Page

from tests.audit import OPTIONS, PHONE, WIDE
from tests.axe import look_over
from tests.chromium import chromium

pytestmark = [pytest.mark.journey, pytest.mark.browser]

PAGE = """<!doctype html><html lang="en"><head><title>Looks</title>
<style>.faint {{ color: #999 }} .dark {{ background: #111; color: #eee }} .over {{ position: absolute; inset: 0 }}
label {{ display: block }}</style></head><body><main><h1>Looks</h1>{}</main></body></html>"""


def _faults(page: Page, body: str, looks: set[int], width: int = WIDE) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(PAGE.format(body))
    return [element for rule, element in look_over(page, OPTIONS, looks) if rule == "color-contrast"]


def test_each_look_is_judged_once_and_every_other_look_too() -> None:
    looks: set[int] = set()
    with chromium() as browser:
        page = browser.new_page()
        assert _faults(page, "<p>Words</p>", looks) == []
        assert _faults(page, '<p>Words</p><p class="faint">One</p><p class="faint">Two</p>', looks) == [
            '<p class="faint">One</p>'
        ]
        assert _faults(page, '<p class="faint">Three</p>', looks, PHONE) == []
        # The same words on another ground, thicker, faded, covered, within others, in a field, below the window.
        for body, fault in (
            ('<div style="background: #bbb"><p>Good</p><p class="faint">Bad</p></div>', '<p class="faint">'),
            ('<p class="faint"><b>Bad</b></p>', "<b>"),
            ('<div style="opacity: .3"><p>Bad</p></div>', "<p>"),
            ('<section class="dark"><p class="faint">Good <i style="color: #333">bad</i></p></section>', "<i "),
            (
                '<div style="position: relative; height: 3em; background: #555"><p class="over">Bad</p></div>',
                '<p class="over">',
            ),
            ('<label>Name <input class="faint" value="Bad"></label>', "<input"),
            ('<div style="background: #555; margin-top: 2000px"><p>Bad</p></div>', "<p>"),
        ):
            found = _faults(page, body, looks)
            assert len(found) == 1, (body, found)
            assert found[0].startswith(fault), (body, found)
        assert len(looks) > 8
