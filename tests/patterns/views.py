"""Pages of the pattern library; each asks the folders of the design and writes nothing."""

import re
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lms.cohorts.enums import Role

from .components import DESIGN, Component, components, contract_of
from .examples import chrome, examples_of, menu, operator

LAYOUTS = ("public", "desk", "focus", "deal_room", "verification", "print")
THEMES = ("light", "dark")
TEXT_SIZES = ("14", "15", "16", "18", "20", "24", "30", "38", "48")


def index(request: HttpRequest) -> HttpResponse:
    """Everything there is."""
    return _page(request, "index", {})


def foundations(request: HttpRequest) -> HttpResponse:
    """Colours, sizes of type and icons."""
    said = {"colours": _colours(), "sizes": TEXT_SIZES, "icons": _icons()}
    return _page(request, "foundations", said)


def component(request: HttpRequest, name: str) -> HttpResponse:
    """One component: its contract and its examples."""
    found = next((each for each in components() if each.name == name), None)
    if found is None:
        raise Http404
    return _page(request, "component", {"component": found, "examples": drawn(found, request)})


def layout(request: HttpRequest, name: str) -> HttpResponse:
    """One layout with components in it."""
    if name not in LAYOUTS:
        raise Http404
    shown = {each.name: SafeString("".join(drawn(each, request)[:1])) for each in components()}
    role = Role.TRAINEE
    framed = {"operator": operator(), "menu": menu(), "chrome": chrome(request, role) if name == "desk" else {}}
    return _page(
        request, f"layouts/{name}", {"shown": shown, "contract": _contract(name), "rows": range(1, 61), **framed}
    )


def drawn(component: Component, request: HttpRequest) -> list[SafeString]:
    """Every example of a component as HTML."""
    return [render_to_string(component.template, example) for example in examples_of(component, request)]


def _page(request: HttpRequest, name: str, said: dict[str, Any]) -> HttpResponse:
    theme = request.GET.get("theme", "")
    common = {"components": components(), "layouts": LAYOUTS, "theme": theme if theme in THEMES else ""}
    return render(request, f"patterns/{name}.html", common | said)


@cache
def _contract(layout: str) -> str:
    return contract_of(DESIGN / f"templates/design/layouts/{layout}.html")


@cache
def _colours() -> list[str]:
    tokens = (DESIGN / "static/design/css/tokens.css").read_text(encoding="utf-8")
    return list(dict.fromkeys(re.findall(r"--((?:c|chart)-[\w-]+):", tokens)))


@cache
def _icons() -> list[str]:
    return re.findall(r'id="i-([\w-]+)"', (DESIGN / "static/design/icons.svg").read_text(encoding="utf-8"))
