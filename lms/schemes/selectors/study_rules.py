"""How study is measured, by the version that somebody studies under."""

from typing import TYPE_CHECKING

from lms.schemes.validators import StudyRules, parse_study_rules

if TYPE_CHECKING:
    from lms.schemes.models import SchemeVersion

__all__ = ["StudyRules", "study_rules_of"]


def study_rules_of(version: "SchemeVersion | None") -> StudyRules:
    """The study rules of `version`; the usual ones where it has none, or where there is no version."""
    return parse_study_rules((version and version.study_rules) or {})
