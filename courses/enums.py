from django.db import models
from django.utils.translation import gettext_lazy as _


class EnrolmentState(models.TextChoices):
    """Where a person stands in a course."""

    ACTIVE = "active", _("Studying")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# A person has at most one enrolment in these states for a course.
LIVE_STATES = (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)


class ItemKind(models.TextChoices):
    """What the time axis of an item means, and so how fast it may be credited."""

    READING = "reading", _("Reading")


class ItemState(models.TextChoices):
    """Where a person stands in one item."""

    STARTED = "started", _("Started")
    COMPLETE = "complete", _("Complete")


class LeaseEnd(models.TextChoices):
    """How a lease stopped being the open one of its person."""

    EXPIRED = "expired", _("Ran out before the next lease")
    RENEWED = "renewed", _("Followed by the next lease of the same page")
    TAKEN_OVER = "taken-over", _("Taken over by another page")
    COMPLETED = "completed", _("The item is complete")


class IntervalReason(models.TextChoices):
    """Why a claimed interval was not credited whole; each label is a sentence for the person who studies."""

    AHEAD_OF_CLOCK = (
        "ahead-of-clock",
        _("This is more study time than has passed; the rest is counted when the time has gone by."),
    )
    LEASE_OVER = (
        "lease-over",
        _("The connection was away for too long; time is counted again from now on."),
    )
    TAKEN_OVER = (
        "taken-over",
        _("Studying goes on in another page or on another device; time is counted there, not here."),
    )
    ALREADY_COUNTED = "already-counted", _("This stretch has been counted before.")
    DECLARED_REACHED = "declared-reached", _("The declared minutes of this lesson are reached.")


class CalloutKind(models.TextChoices):
    """What a callout is for."""

    LAW = "law", _("Statute in brief")
    NOTE = "note", _("Note")
    CASE = "case", _("Case")


class SourceKind(models.TextChoices):
    """What a line of a lesson's list of sources points to."""

    STATUTE = "statute", _("Statute")
    STATISTIC = "statistic", _("Statistic")
    STANDARD = "standard", _("Standard")
    OWN = "own", _("Written for this course")
