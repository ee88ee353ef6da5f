"""Small help for the pages of the question bank."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from lms.exams.selectors.tags import Tags
from lms.exams.services.key_shapes import BLANK

register = template.Library()


@register.filter
def pieces(stem: str) -> list[dict[str, Any]]:
    """A stem in pieces: words, and the numbers of the blanks between them."""
    parts = BLANK.split(stem)
    return [{"blank": part} if number % 2 else {"words": part} for number, part in enumerate(parts) if part]


@register.simple_tag
def written_in(thing: Any, name: str) -> SafeString:
    """` lang="zh-Hans"` where a text has no English twin and the page is in English."""
    twin = thing.get(f"{name}_en") if isinstance(thing, Mapping) else getattr(thing, f"{name}_en", "")
    return SafeString(' lang="zh-Hans"' if get_language() == "en" and not twin else "")


@register.filter
def in_a_line(stem: str) -> str:
    """A stem for a list: a dash where a blank is."""
    return BLANK.sub(" ____ ", stem)


@register.filter
def level_word(tags: Tags, code: str) -> str:
    """What the rules in force call a level."""
    found = tags.level(code)
    return found.label if found else code


@register.simple_tag
def topic_word(tags: Tags, level: str, code: str) -> str:
    """The title of a topic; its code where the rules in force do not know it."""
    found = tags.topic(level, code)
    return found.label if found else code


@register.filter
def competency_word(tags: Tags, code: str) -> str:
    """A competency with its name."""
    found = tags.competency(code)
    return f"{code} {found.label}" if found else code


@register.filter
def person(names: Mapping[str, str], actor: str) -> str:
    """The name of somebody who acted; a version that came from a file has nobody."""
    return names.get(actor, "") or (gettext("somebody without a name here") if actor else gettext("loaded from a file"))
