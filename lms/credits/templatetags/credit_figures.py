"""Figures and words of credits on pages and on papers."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django import template

from lms.credits.enums import CreditKind, Verification
from lms.credits.selectors.papers import rule_name

if TYPE_CHECKING:
    from lms.credits.models import CreditLine

register = template.Library()
_KINDS = dict(CreditKind.choices)
_LEVELS = dict(Verification.choices)


@register.filter
def figured(figure: Decimal | str) -> str:
    """A figure with two places, thousands parted by a thin space, the minus as a typesetter's minus."""
    return f"{Decimal(figure):,.2f}".replace(",", "\u2009").replace("-", "−")


@register.filter
def kind_label(code: str) -> str:
    """A kind of credits in the language now active."""
    return str(_KINDS.get(code, code))


@register.filter
def verified_as(code: str) -> str:
    """How well something is vouched for, in words."""
    return str(_LEVELS.get(code, code))


@register.filter
def rule_of(line: "CreditLine") -> str:
    """The title of a line's rule in the version it was rated by."""
    return rule_name(line.rule_version, line.rule)


@register.filter
def in_fours(code: str) -> str:
    """A code in groups of four, for reading aloud and typing."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
