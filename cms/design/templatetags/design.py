"""Template tags of the design: icons, bars, form fields, twins of a text."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lms.kernel.demo import is_demo as _is_demo

register = template.Library()

HTML_LANGUAGES = {"zh-hans": "zh-Hans"}


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon of the sprite. It stands beside a word; alone it needs a `label`."""
    return _labelled(name, label, size) if label else _silent(name, size)


@cache
def _silent(name: str, size: str) -> SafeString:
    """The same few on every page, forty of them on a lesson."""
    return _drawn(name, size, SafeString('aria-hidden="true"'))


def _labelled(name: str, label: str, size: str) -> SafeString:
    return _drawn(name, size, format_html('role="img" aria-label="{}"', label))


def _drawn(name: str, size: str, voice: SafeString) -> SafeString:
    sprite = f"{static('design/icons.svg')}#i-{name}"
    css_class = f"i i-{size}" if size else "i"
    return format_html('<svg class="{}" viewBox="0 0 20 20" {}><use href="{}"/></svg>', css_class, voice, sprite)


@register.simple_tag
def html_language(code: str = "") -> str:
    """The language as HTML writes it: `zh-Hans`, `en`."""
    code = code or get_language() or settings.LANGUAGE_CODE
    return HTML_LANGUAGES.get(code, code)


@register.simple_tag
def is_demo() -> bool:
    """Whether this installation is a demonstration and has to say so."""
    return _is_demo()


@register.filter
def share(value: Decimal | float | int, whole: Decimal | float | int) -> int:
    """`value` of `whole` in whole per cent, never under 0 or over 100."""
    if not whole:
        return 100
    return max(0, min(100, int(Decimal(value) * 100 / Decimal(whole))))


@register.inclusion_tag("design/components/bar/bar.html")
def bar(percent: int, kind: str = "f1", thin: bool = False) -> dict[str, Any]:
    """A bar filled to `percent`; the number itself stands beside it in words."""
    return {"percent": percent, "kind": kind, "thin": thin}


@register.inclusion_tag("design/components/field/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One form field: label above, hint, control, error under it."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or type(widget).__name__.lower()
    css_class = "select" if kind == "select" else "input"
    boxed = kind not in ("checkbox", "radio", "file")
    control = bound.as_widget(attrs={"class": css_class} if boxed else None)
    return {"bound": bound, "control": control, "kind": kind}


@register.filter
def in_language(thing: Any, name: str) -> Any:
    """`thing.name` in the language now active: its twin `name_en` in English where that is filled in.

    A page whose English is not complete `speaks_english` not at all, so that no reader gets a mixture.
    """
    if get_language() == "en" and getattr(thing, "speaks_english", True) and (twin := _part(thing, f"{name}_en")):
        return twin
    return _part(thing, name)


def _part(thing: Any, name: str) -> Any:
    """A field of an object, or an entry of a mapping such as an editor's block."""
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, "")
