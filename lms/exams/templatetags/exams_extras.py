"""Small help for the exam room's templates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lms.exams.selectors.room import QuestionView

register = template.Library()


@register.simple_tag
def given_answers(question: QuestionView, sent_slot: int | None, sent_answers: Sequence[str]) -> Sequence[str]:
    """What is chosen: as a refused form held it, or as it is saved."""
    return sent_answers if question.slot == sent_slot else question.chosen


@register.simple_tag
def language_of(texts: Mapping[str, Any], name: str) -> SafeString:
    """` lang="zh-Hans"` where a text has no English twin and the page is in English."""
    if get_language() == "en" and not texts.get(f"{name}_en"):
        return SafeString(' lang="zh-Hans"')
    return SafeString("")
