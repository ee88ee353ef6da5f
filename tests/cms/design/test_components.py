"""A component is a folder: a template that opens by naming its variables, and an example that it renders."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

pytestmark = pytest.mark.unit

COMPONENTS = settings.REPO_DIR / "cms/design/templates/design/components"
EXAMPLES = sorted(COMPONENTS.glob("*/example.json"))


def _words(value: object) -> list[str]:
    """Every word for people that an example carries."""
    if isinstance(value, dict):
        values = [
            each for key, each in value.items() if key not in ("kind", "icon", "state", "party", "url", "home_url")
        ]
        return [word for each in values for word in _words(each)]
    if isinstance(value, list):
        return [word for each in value for word in _words(each)]
    return [value] if isinstance(value, str) and value else []


@pytest.mark.parametrize("path", sorted(COMPONENTS.glob("*/*.html")), ids=lambda path: path.stem)
def test_a_component_opens_by_naming_its_variables(path: Path) -> None:
    assert path.read_text().startswith("{% comment %}\n")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_shows_all_that_it_says(path: Path) -> None:
    name, example = path.parent.name, json.loads(path.read_text())
    html = render_to_string(f"design/components/{name}/{name}.html", example)
    assert [word for word in _words(example) if word not in html] == []


def test_the_arch_of_a_requirement_is_filled_as_far_as_it_is_reached() -> None:
    example = json.loads((COMPONENTS / "archmap/example.json").read_text())
    html = render_to_string("design/components/archmap/archmap.html", example)
    assert html.count("am-full") == 1
    assert html.count('<rect class="am-fill"') == 1
    assert 'height="56"' in html
