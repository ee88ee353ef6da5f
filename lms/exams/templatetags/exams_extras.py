"""Small help for the exam room's templates."""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.design.templatetags.design import in_language

register = template.Library()

_BLANK = re.compile(r"\{\{(\d+)\}\}")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@register.filter
def blanks(body: Mapping[str, Any], filled: list[str]) -> list[dict[str, Any]]:
    """A stem cut at its blanks: pieces of text, each with the blank after it and what stands there."""
    cut = _BLANK.split(in_language(body, "stem"))
    texts, numbers = cut[::2], [int(number) for number in cut[1::2]]
    pieces = [
        {"text": text, "no": no, "value": filled[no - 1] if no <= len(filled) else ""}
        for text, no in zip(texts, numbers, strict=False)
    ]
    return [*pieces, {"text": texts[-1], "no": None}]


@register.filter
def letter(number: int) -> str:
    """A, B, C … for 1, 2, 3 …, beyond Z the number itself."""
    return LETTERS[number - 1] if 1 <= number <= len(LETTERS) else str(number)


@register.simple_tag
def language_of(texts: Mapping[str, Any], name: str) -> SafeString:
    """` lang="zh-Hans"` where a text has no English twin and the page is in English."""
    if get_language() == "en" and not texts.get(f"{name}_en"):
        return SafeString(' lang="zh-Hans"')
    return SafeString("")
