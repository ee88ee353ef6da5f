"""A trainee's place: the cohort one studies in now, and the level that it leads to."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import get_language

from lms.cohorts.enums import MembershipState
from lms.schemes.selectors.facts import all_levels

if TYPE_CHECKING:
    from lms.schemes.models import Level


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody studies, in the words of the language now active."""

    level: "Level"
    cohort: str
    base: str
    starts_on: date
    ends_on: date

    def week_of(self, today: date) -> int:
        """The week of the cohort in which `today` lies; 0 before it begins."""
        return (today - self.starts_on).days // 7 + 1 if today >= self.starts_on else 0

    @property
    def level_name(self) -> str:
        """The level in the language now active."""
        return self.level.name_en if get_language() == "en" else self.level.name

    @property
    def scheme(self) -> str:
        """The version of the scheme in the language now active."""
        version = self.level.version
        return version.title_en if get_language() == "en" else version.title

    @property
    def weeks(self) -> int:
        """How many weeks the cohort lasts, the last one perhaps in part."""
        return (self.ends_on - self.starts_on).days // 7 + 1


def place_of(person_id: int) -> Place | None:
    """The cohort in which a person studies now, the latest begun if there are several (one query)."""
    cohort = "version__cohorts"
    found = (
        all_levels()
        .filter(
            version__cohorts__memberships__person=person_id,
            version__cohorts__memberships__state=MembershipState.ACTIVE,
            code=F(f"{cohort}__level"),
        )
        .annotate(
            cohort_title=F(f"{cohort}__title"),
            cohort_title_en=F(f"{cohort}__title_en"),
            base_name=F(f"{cohort}__organisation__name"),
            base_name_en=F(f"{cohort}__organisation__name_en"),
            starts_on=F(f"{cohort}__starts_on"),
            ends_on=F(f"{cohort}__ends_on"),
        )
        .order_by("-starts_on", f"-{cohort}__memberships__pk")
        .first()
    )
    return _place(found) if found else None


def _place(found: Any) -> Place:
    english = get_language() == "en"
    return Place(
        level=found,
        cohort=(found.cohort_title_en if english else "") or found.cohort_title,
        base=found.base_name_en if english else found.base_name,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
    )
