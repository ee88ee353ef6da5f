"""The daily ceiling: how much of a day in Beijing has been credited, and how much it still holds."""

from datetime import date, datetime, timedelta

from django.db.models import F

from courses.models import StudyDay
from lms.kernel.beijing import BEIJING
from lms.schemes.selectors.study_rules import StudyRules


def day_of(moment: datetime) -> date:
    """The day in Beijing that holds the moment."""
    return moment.astimezone(BEIJING).date()


def midnight_after(moment: datetime) -> datetime:
    """When the moment's day in Beijing is over."""
    there = moment.astimezone(BEIJING)
    return (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def day_left(*, person_id: int, day: date, rules: StudyRules) -> int:
    """Seconds that may still be credited for the day."""
    credited = StudyDay.objects.filter(person_id=person_id, day=day).values_list("credited_s", flat=True).first()
    return max(rules.daily_minutes * 60 - (credited or 0), 0)


def book(*, person_id: int, day: date, seconds: int) -> None:
    """Add credited seconds to the day; the caller has locked the person's enrolments."""
    if seconds and not StudyDay.objects.filter(person_id=person_id, day=day).update(
        credited_s=F("credited_s") + seconds
    ):
        StudyDay.objects.create(person_id=person_id, day=day, credited_s=seconds)
