"""Rules in the words of the language now active."""

from typing import TYPE_CHECKING

from django import template

from lms.credits.selectors.claim_points import gives
from lms.credits.selectors.claims import local

if TYPE_CHECKING:
    from lms.credits.engine.rules import Rule

register = template.Library()


@register.filter
def rule_words(rule: "Rule", name: str) -> str:
    """The title or note of a rule."""
    return local(getattr(rule, name), getattr(rule, f"{name}_en"))


@register.filter
def rule_gives(rule: "Rule") -> str:
    """What a rule gives, in a few words."""
    return gives(rule)
