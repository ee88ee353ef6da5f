"""Rules in the words of the language now active."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django import template

from lms.credits.selectors.claim_points import gives
from lms.credits.selectors.claims import in_thousands, local

if TYPE_CHECKING:
    from lms.credits.engine.rules import Rule

register = template.Library()


@register.filter
def rule_words(rule: "Rule", name: str) -> str:
    """The title or note of a rule."""
    return local(getattr(rule, name), getattr(rule, f"{name}_en"))


@register.filter
def in_groups(figure: Decimal) -> str:
    """An amount as people read it: 1,200,000."""
    return in_thousands(f"{figure:.2f}").removesuffix(".00")


@register.filter
def rule_gives(rule: "Rule") -> str:
    """What a rule gives, in a few words."""
    return gives(rule)
