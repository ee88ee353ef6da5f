"""The pattern library shows every layout and component, in both languages and themes, and asks no database."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils.html import escape

from tests.patterns import views
from tests.patterns.components import components
from tests.patterns.views import LAYOUTS

pytestmark = [pytest.mark.unit, pytest.mark.usefixtures("pattern_library")]

PREFIXES = ("", "/en")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_first_page_leads_to_everything(client, prefix: str) -> None:
    html = client.get(f"{prefix}/patterns/").content.decode()
    wanted = [
        *(f"{prefix}/patterns/layouts/{name}/" for name in LAYOUTS),
        *(f"{prefix}/patterns/components/{each.name}/" for each in components()),
        f"{prefix}/patterns/foundations/",
    ]
    assert [address for address in wanted if f'href="{address}"' not in html] == []


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("component", components(), ids=lambda each: each.name)
def test_a_component_is_shown_with_its_contract(client, component, prefix: str) -> None:
    html = client.get(f"{prefix}/patterns/components/{component.name}/").content.decode()
    assert escape(component.contract) in html
    assert html.count('id="example-') >= 1


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_shown_with_components_in_it(client, layout: str, prefix: str) -> None:
    html = client.get(f"{prefix}/patterns/layouts/{layout}/").content.decode()
    assert html.count('<main id="main"') == 1
    assert '<span class="tag' in html or 'class="prose"' in html or 'class="dl dl-lines"' in html


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_can_be_asked_for(client, theme: str) -> None:
    assert f' data-theme="{theme}">' in client.get(f"/patterns/?theme={theme}").content.decode()


def test_no_other_theme_is_taken_from_the_address(client) -> None:
    assert "data-theme" not in client.get('/patterns/?theme="><script>').content.decode()


@pytest.mark.parametrize("view", [views.component, views.layout], ids=["component", "layout"])
def test_what_is_not_there_is_not_found(view) -> None:
    with pytest.raises(Http404):
        view(RequestFactory().get("/patterns/"), "nothing")


def test_the_colours_and_icons_are_all_there(client) -> None:
    html = client.get("/patterns/foundations/").content.decode()
    assert html.count("<rect ") > 50
    assert 'href="/static/design/icons.svg#i-bell"' in html
