"""A component is a folder: a template that opens by naming its variables, and examples that it renders."""

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.patterns.components import FOLDERS, Component, components

pytestmark = pytest.mark.unit

LANGUAGES = ("zh-hans", "en")
SHOWN = [
    (component, language, example)
    for component in components()
    for language in LANGUAGES
    for example in component.examples(language)
]
# What an example says to the machine, not to people.
MACHINE = {
    "kind",
    "icon",
    "state",
    "party",
    "url",
    "language",
    "csrf_token",
    "kept",
    "mark_url",
    "value",
    "name",
    "key",
}


def _words(value: object) -> list[str]:
    """Every word for people that an example carries."""
    if isinstance(value, dict):
        values = [each for key, each in value.items() if key not in MACHINE]
        return [word for each in values for word in _words(each)]
    if isinstance(value, list):
        return [word for each in value for word in _words(each)]
    return [value] if isinstance(value, str) and value else []


@pytest.mark.parametrize("path", sorted(FOLDERS.glob("*/*.html")), ids=lambda path: path.stem)
def test_a_component_opens_by_naming_its_variables(path) -> None:
    assert path.read_text().startswith("{% comment %}\n")


@pytest.mark.parametrize(
    ("component", "language", "example"), SHOWN, ids=[f"{shown[0].name}-{shown[1]}" for shown in SHOWN]
)
def test_an_example_shows_all_that_it_says(component: Component, language: str, example: dict[str, Any]) -> None:
    with translation.override(language):
        html = render_to_string(component.template, example)
    assert [word for word in _words(example) if word not in html] == []


def test_an_example_knows_days_and_safe_html() -> None:
    (card,) = Component("card_list").examples("zh-hans")
    assert card["cards"][0]["on"] == date(2026, 11, 18)
    assert "<h2>谁可以报名</h2>" in render_to_string(
        "design/components/prose/prose.html", Component("prose").examples("zh-hans")[0]
    )


def test_the_arch_of_a_requirement_is_filled_as_far_as_it_is_reached() -> None:
    (example,) = Component("archmap").examples("zh-hans")
    html = render_to_string("design/components/archmap/archmap.html", example)
    assert html.count("am-full") == 1
    assert html.count('<rect class="am-fill"') == 1
    assert 'height="56"' in html
