"""What pages say about the counting of study time; every figure comes from the study rules."""

from typing import TYPE_CHECKING, Any

from django import template

from lms.schemes.selectors.current import NoRulesInForce, current_version
from lms.schemes.selectors.study_rules import study_rules_of

if TYPE_CHECKING:
    from lms.schemes.models import SchemeVersion

register = template.Library()


@register.inclusion_tag("courses/parts/time_rules.html")
def time_rules(version: "SchemeVersion | None" = None) -> dict[str, Any]:
    """How time is counted under this version of the scheme, in whole figures."""
    rules = study_rules_of(version or None)
    return {
        "rules": rules,
        "daily_hours": rules.daily_minutes // 60,
        "daily_minutes": rules.daily_minutes % 60,
        "from_minutes": rules.presence_from_s // 60,
        "to_minutes": -(-rules.presence_to_s // 60),
    }


@register.simple_tag
def rules_in_force() -> "SchemeVersion | None":
    """The version whose rules a course taken up today is studied under."""
    try:
        return current_version()
    except NoRulesInForce:
        return None


@register.filter
def seconds_in_words(seconds: int) -> str:
    """Seconds as `1:02:05` or `02:05`."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"
