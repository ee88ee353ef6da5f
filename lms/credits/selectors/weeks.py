"""Class hours as counted minutes: by week, and by the organisation at which they were earned."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Sum

from lms.credits.models import HourLine
from lms.kernel.tallies import midnight, own, tally, week

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

BY_WEEK, BY_ORGANISATION = "minutes-by-week", "minutes-by-organisation"


def minutes_by_week(organisations: "QuerySet[Organisation]", since: date) -> "QuerySet[Any, Any]":
    """Minutes posted for every week from the day `since` on, taken-back ones subtracted where they were taken back."""
    lines = HourLine.objects.filter(organisation__in=organisations, occurred_at__gte=midnight(since))
    return tally(lines, BY_WEEK, key=week("occurred_at"), figure=Sum("minutes"))


def minutes_by_organisation(organisations: "QuerySet[Organisation]") -> "QuerySet[Any, Any]":
    """Minutes posted at each organisation since it began."""
    lines = HourLine.objects.filter(organisation__in=organisations)
    return tally(lines, BY_ORGANISATION, key=own("organisation"), figure=Sum("minutes"))
