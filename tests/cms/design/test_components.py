"""A component is a folder: a template that opens by naming its variables, examples that it renders, a stylesheet."""

import re
from datetime import date
from typing import Any

import pytest
from django.template import Engine
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.patterns.components import FOLDERS, Component, components, contract_of
from tests.patterns.examples import BUILT, examples_of

pytestmark = pytest.mark.unit

LANGUAGES = ("zh-hans", "en")
# They are drawn by the tags of another file: a form by its fields, the language switch by the head it stands in.
WITHOUT_STYLE = {"form": "field", "language": "button", "large_print": "button", "tabbar": "rail"}
# Several small things that belong together share a file.
SHARED_STYLE = {"archmap": "requirements", "face": "party"}
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
UNDEFINED = "‹undefined›"


def _request(language: str):
    return RequestFactory().get("/patterns/?q=" if language == "zh-hans" else "/en/patterns/?q=")


def _examples(component: Component, language: str) -> list[dict[str, Any]]:
    with translation.override(language):
        return examples_of(component, _request(language))


def _words(value: object) -> list[str]:
    """Every word for people that an example carries."""
    if isinstance(value, dict):
        values = [each for key, each in value.items() if key not in MACHINE]
        return [word for each in values for word in _words(each)]
    if isinstance(value, list):
        return [word for each in value for word in _words(each)]
    return [value] if isinstance(value, str) and value else []


def _strict() -> Engine:
    """The site's own engine, but for a variable that is missing, which it names."""
    return Engine(app_dirs=True, string_if_invalid=UNDEFINED, libraries=Engine.get_default().libraries)


named = pytest.mark.parametrize("component", components(), ids=lambda each: each.name)
in_both = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize("path", sorted(FOLDERS.glob("*/*.html")), ids=lambda path: path.stem)
def test_every_template_opens_by_naming_its_variables(path) -> None:
    assert contract_of(path) != ""


@named
def test_a_folder_holds_a_template_an_example_and_has_its_stylesheet(component: Component) -> None:
    assert (FOLDERS / component.name / f"{component.name}.html").exists()
    assert component.name in BUILT or component.examples("zh-hans") != []
    style = SHARED_STYLE.get(component.name) or WITHOUT_STYLE.get(component.name)
    there = component.stylesheet.with_name(f"{style}.css") if style else component.stylesheet
    assert there.exists()


@named
@in_both
def test_an_example_gives_what_the_contract_names_and_nothing_else(component: Component, language: str) -> None:
    given = {name for example in _examples(component, language) for name in example}
    assert given - component.variables == set()
    assert component.variables - given == set()


@named
@in_both
def test_an_example_renders_without_a_gap(component: Component, language: str) -> None:
    engine = _strict()
    for example in _examples(component, language):
        with translation.override(language):
            html = engine.render_to_string(component.template, {**example})
        assert html.strip() != ""
        assert UNDEFINED not in html


@named
@in_both
def test_an_example_shows_all_that_it_says(component: Component, language: str) -> None:
    for example in component.examples(language):
        with translation.override(language):
            html = render_to_string(component.template, example)
        assert [word for word in _words(example) if word not in html] == []


@named
def test_an_english_example_holds_no_chinese_of_its_own(component: Component) -> None:
    for example in component.examples("en"):
        own = _words({key: value for key, value in example.items() if key != "results"})
        assert [word for word in own if re.search("[\u4e00-\u9fff]", word)] == []


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
