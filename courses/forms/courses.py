from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from lms.cohorts.enums import OrganisationKind
from lms.kernel.clock import now
from lms.schemes.selectors.current import NoRulesInForce, current_version, levels_of


class CourseForm(WagtailAdminModelForm):
    """The record of a course as editors fill it in: only training bases give courses, and levels have names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        base = self.fields["organisation"]
        base.queryset = base.queryset.filter(kind=OrganisationKind.BASE)
        names = _names_of_levels()
        level = self.fields["level"]
        level.choices = [(code, names.get(code, shown)) for code, shown in level.choices]


def _names_of_levels() -> dict[str, str]:
    """What the rules in force call the levels; nothing before the first rules."""
    try:
        return {level.code: level.local_name for level in levels_of(current_version(now()))}
    except NoRulesInForce:
        return {}
