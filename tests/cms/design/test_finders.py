import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from cms.design.finders import BUNDLE, SOURCES, OneScript, OneStylesheet, bundled, joined

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


def test_a_script_comes_with_all_that_it_imports() -> None:
    lesson = Path(finders.find("courses/player.js")).read_text()
    assert not re.search(r"^(import|export)\b(?!\()", lesson, re.MULTILINE)
    assert lesson.index("const $sending =") < lesson.index("const $notes =") < lesson.index("const recordings =")
    assert lesson.count("const $sending =") == 1
    assert 'import("./media.js")' in lesson


def test_a_module_gives_only_what_it_exports(tmp_path: Path) -> None:
    (tmp_path / "far-off.js").write_text("const own = 1;\nexport const other = own;\nexport class Thing {}\n")
    (tmp_path / "entry.js").write_text('import { other, Thing } from "./far-off.js";\nuse(other, Thing);\n')
    assert joined(tmp_path / "entry.js").splitlines() == [
        "const $far_off = (() => {",
        "const own = 1;",
        "const other = own;",
        "class Thing {}",
        "",
        "return { other, Thing };",
        "})();",
        "const { other, Thing } = $far_off;",
        "use(other, Thing);",
    ]


@pytest.mark.parametrize(
    "line", ['import all from "./part.js";', 'import { a as b } from "./part.js";', "export default 1;"]
)
def test_an_import_that_is_not_understood_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "part.js").write_text("export const a = 1;\n")
    (tmp_path / "entry.js").write_text(f'import "./part.js";\n{line}\n')
    with pytest.raises(ValueError, match=r"entry.js cannot be joined"):
        joined(tmp_path / "entry.js")


def test_collecting_takes_every_joined_script_along() -> None:
    taken = {path for path, _storage in OneScript().list([])}
    assert {"design/page.js", "courses/player.js", "courses/study.js", "exams/room.js"} <= taken
    assert "courses/sending.js" not in taken


def test_a_script_that_imports_nothing_stays_as_it_is() -> None:
    assert OneScript().find("courses/checks.js") == []
    assert OneScript().find("nowhere.js") == []
