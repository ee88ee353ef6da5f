"""The favicon set is what the mark says, and the page names every file of it."""

import io
import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from PIL import Image, ImageChops

from tests.patterns.favicons import FOLDER, ICONS, files, outlines, write

pytestmark = pytest.mark.unit


def _tokens(sheet: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#\w+);", (FOLDER / "css" / sheet).read_text()))


@pytest.mark.parametrize("name", ["favicon.svg", "site.webmanifest"])
def test_the_kept_text_is_the_text_that_would_be_written(name: str) -> None:
    assert (FOLDER / name).read_bytes() == files()[name]


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.file)
def test_the_kept_picture_is_the_picture_that_would_be_drawn(icon) -> None:
    kept, drawn = Image.open(FOLDER / icon.file), Image.open(io.BytesIO(files()[icon.file]))
    assert (kept.size, kept.mode) == (drawn.size, drawn.mode) == ((icon.size, icon.size), kept.mode)
    assert ImageChops.difference(kept, drawn).getbbox() is None


def test_writing_the_set_names_its_files(tmp_path) -> None:
    assert write(tmp_path) == sorted(path.name for path in tmp_path.iterdir())


def test_an_arc_of_the_mark_is_round() -> None:
    ((first, *_between, last),) = outlines("M0 10A10 10 0 0 1 20 10Z")
    assert (first, last) == ((0, 10), pytest.approx((20, 10)))
    assert min(y for _x, y in _between) == pytest.approx(0, abs=0.01)


def test_the_mark_stands_in_its_pigment_on_paper() -> None:
    picture = Image.open(FOLDER / "icon-192.png").convert("RGB")
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert picture.getpixel((96, 78)) == (0x14, 0x47, 0x8C)


def test_the_page_links_the_set_and_nothing_that_is_missing() -> None:
    html = render_to_string("design/layouts/print.html")
    linked = re.findall(r'<link rel="(?:icon|apple-touch-icon|manifest)" href="/static/([^"]+)"', html)
    named = [each["src"] for each in json.loads(files()["site.webmanifest"])["icons"]]
    assert {*linked, *(f"design/{name}" for name in named)} == {f"design/{name}" for name in files()}
    assert [path for path in linked if finders.find(path) is None] == []


def test_the_frame_of_the_browser_takes_the_colour_of_the_page() -> None:
    said = dict(
        re.findall(
            r'name="theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)\)"',
            render_to_string("design/layouts/print.html"),
        )
    )
    assert said == {_tokens("tokens.css")["p-white"]: "light", _tokens("themes.css")["c-page"]: "dark"}
