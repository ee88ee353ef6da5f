import re
from decimal import Decimal

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from cms.design.templatetags.design import bar, icon, in_language, share

pytestmark = pytest.mark.unit

ROOFS = ("lms", "courses", "simulations", "certificates", "cms")
SPRITE = settings.REPO_DIR / "cms/design/static/design/icons.svg"


def _icons_in_sprite() -> set[str]:
    return set(re.findall(r'id="i-([a-z-]+)"', SPRITE.read_text()))


def _icons_in_templates() -> set[str]:
    return {
        name
        for roof in ROOFS
        for path in (settings.REPO_DIR / roof).rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([a-z-]+)"', path.read_text())
    }


def test_every_icon_that_a_template_names_is_drawn() -> None:
    assert _icons_in_templates() - _icons_in_sprite() == set()


def test_an_icon_beside_a_word_is_silent() -> None:
    assert icon("check") == (
        '<svg class="i" viewBox="0 0 20 20" aria-hidden="true"><use href="/static/design/icons.svg#i-check"/></svg>'
    )


def test_an_icon_alone_says_what_it_is() -> None:
    assert 'role="img" aria-label="&lt;Menu&gt;"' in icon("menu", label="<Menu>")


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "初级"), ("en", "Junior")], ids=["chinese", "english"])
def test_a_field_is_said_in_the_language_of_the_page(language: str, said: str) -> None:
    with translation.override(language):
        assert in_language({"name": "初级", "name_en": "Junior"}, "name") == said


def test_a_missing_english_twin_falls_back_to_chinese() -> None:
    with translation.override("en"):
        assert in_language({"name": "初级", "name_en": ""}, "name") == "初级"


@pytest.mark.parametrize(
    ("value", "whole", "percent"),
    [(Decimal("0.78"), Decimal("1.00"), 78), (5, 4, 100), (0, 4, 0), (-1, 4, 0), (3, 0, 100)],
)
def test_a_share_stays_between_nothing_and_all(value, whole, percent: int) -> None:
    assert share(value, whole) == percent


def test_a_bar_takes_its_width_as_an_attribute() -> None:
    drawn = Template("{% load design %}{% bar 62 %}").render(Context())
    assert '<rect class="f1" width="62" height="8"/>' in drawn
    assert bar(100, "f3", thin=True) == {"percent": 100, "kind": "f3", "thin": True}


class _Form(forms.Form):
    mail = forms.EmailField(label="Mail", help_text="as your base knows it")
    agree = forms.BooleanField(label="I agree")


def test_a_field_has_its_label_above_and_its_error_under_it() -> None:
    html = Template("{% load design %}{% field form.mail %}").render(Context({"form": _Form({"mail": "no"})}))
    places = [html.index(part) for part in ('<label for="id_mail">', "<input", "as your base knows it", "field-error")]
    assert places == sorted(places)
    assert 'aria-invalid="true"' in html
    assert 'class="input"' in html


def test_a_form_lists_its_errors_on_top_with_links_to_the_fields() -> None:
    html = Template('{% include "design/components/form/form.html" %}').render(Context({"form": _Form({})}))
    assert 'role="alert"' in html
    assert '<a href="#id_mail">Mail</a>' in html
    assert '<a href="#id_agree">I agree</a>' in html
