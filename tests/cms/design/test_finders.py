import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from cms.design.finders import BUNDLE, SOURCES, OneStylesheet, bundled

pytestmark = pytest.mark.unit


def test_the_bundle_asks_for_no_other_file() -> None:
    assert re.findall(r"@import|url\(", bundled()) == []


def test_the_bundle_holds_every_part_in_its_layer() -> None:
    one = bundled()
    for part in SOURCES.rglob("*.css"):
        if part.name != "app.css":
            assert part.read_text().strip() in one
    assert one.index("@layer reset, base, layout, components, utilities;") < one.index("@layer reset {")
    assert one.count("{") == one.count("}")


def test_the_page_links_what_the_finder_offers() -> None:
    assert f'<link rel="stylesheet" href="/static/{BUNDLE}">' in render_to_string("design/layouts/print.html")
    assert Path(finders.find(BUNDLE)).read_text() == bundled()


def test_a_changed_part_makes_a_new_bundle() -> None:
    finder = OneStylesheet()
    kept = Path(finder.find(BUNDLE))
    kept.write_text("old")
    os.utime(kept, (0, 0))
    assert Path(finder.find(BUNDLE)).read_text() == bundled()


def test_collecting_takes_the_bundle_along() -> None:
    assert [path for path, _storage in OneStylesheet().list([])] == [BUNDLE]


def test_other_files_are_left_to_other_finders() -> None:
    assert OneStylesheet().find("design/mark.svg") == []
    assert finders.find("design/mark.svg").endswith("cms/design/static/design/mark.svg")
