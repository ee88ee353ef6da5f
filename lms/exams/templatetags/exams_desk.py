"""Words of the exam desk: lines of a blueprint, figures, where a picture lies."""

from decimal import Decimal
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.exams.enums import Difficulty, QuestionKind
from lms.exams.services.drawing import CASE
from lms.schemes.enums import ModuleCode

register = template.Library()


@register.simple_tag
def kind_of_line(kind: str) -> str | Promise:
    """What a line of a blueprint draws."""
    return _("Case set") if kind == CASE else QuestionKind(kind).label


@register.simple_tag
def narrowing(line: dict[str, Any], topics: dict[str, str]) -> str:
    """What a line is narrowed to, in words."""
    module = line.get("module", "")
    parts = [
        str(dict(ModuleCode.choices).get(module, module)),
        topics.get(line.get("topic", ""), line.get("topic", "")),
        str(Difficulty(line["difficulty"]).label) if line.get("difficulty") else "",
    ]
    return pgettext("between titles", ", ").join(part for part in parts if part) or pgettext("of a blueprint", "any")


@register.simple_tag
def plain_figure(value: Decimal | str) -> str:
    """A figure as people write it: 60, 72.5."""
    return f"{Decimal(value).normalize():f}"


@register.simple_tag
def figure_address(uid: str) -> str:
    """Where those who run exams see a picture of a question; nothing where the bank's desk is not open."""
    try:
        return reverse("exams:bank-figure", args=[uid])
    except NoReverseMatch:
        return ""
