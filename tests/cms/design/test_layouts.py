import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

pytestmark = pytest.mark.unit

LAYOUTS = ("public", "desk", "focus", "deal_room", "verification", "print")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_stands_without_a_request(layout: str) -> None:
    html = render_to_string(f"design/layouts/{layout}.html")
    assert html.count('<main id="main"') == 1
    assert '<a class="skip" href="#main">' in html


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_page_names_its_language(language: str) -> None:
    with translation.override(language.lower()):
        assert f'<html lang="{language}">' in render_to_string("design/layouts/public.html")


@pytest.mark.parametrize(("demo", "said"), [(True, 1), (False, 0)])
def test_a_demonstration_says_so_on_every_page(demo: bool, said: int) -> None:
    with override_settings(JIQIAO_DEMO=demo):
        assert render_to_string("design/layouts/focus.html").count("样本 SPECIMEN") == said


def test_large_print_is_kept_in_a_cookie() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["size"] = "large"
    assert '<html lang="zh-Hans" data-size="large">' in render_to_string("design/layouts/print.html", request=request)
