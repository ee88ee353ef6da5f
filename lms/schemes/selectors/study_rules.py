"""How study is measured, by the version that somebody studies under."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.schemes.validators import StudyRules, parse_study_rules

if TYPE_CHECKING:
    from lms.schemes.models import SchemeVersion

__all__ = ["STUDY_RULE_LABELS", "StudyRules", "study_rules_of"]

STUDY_RULE_LABELS: dict[str, Promise] = {
    "lease_s": _("A lease of study time lasts (seconds)"),
    "reading_speed": _("Reading counts at most at this speed"),
    "video_speed": _("Video counts at most at this speed"),
    "audio_speed": _("Audio counts at most at this speed"),
    "daily_minutes": _("A day counts at most (minutes)"),
    "presence_from_s": _("“Are you there?” is asked after at least (seconds of study)"),
    "presence_to_s": _("“Are you there?” is asked after at most (seconds of study)"),
    "presence_answer_s": _("Time to answer it (seconds)"),
    "late_hours": _("Study kept without a network is accepted for (hours)"),
    "minutes_per_class_hour": _("Minutes of one class hour"),
}


def study_rules_of(version: "SchemeVersion | None") -> StudyRules:
    """The study rules of `version`; the usual ones where it has none, or where there is no version."""
    return parse_study_rules((version and version.study_rules) or {})
