from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Audio")


class ItemState(models.TextChoices):
    """Where a person stands in one item."""

    STARTED = "started", _("Started")
    COMPLETE = "complete", _("Complete")


class PartVerdict(models.TextChoices):
    """What became of a stretch of claimed study time."""

    CREDITED = "credited", _("Credited")
    PENDING = "pending", _("Pending")
    REFUSED = "refused", _("Not counted")


class IntervalReason(models.TextChoices):
    """Why claimed time was not credited whole; each label is a sentence for the person who studies.

    In the order in which they are said: of several that fit, an answer gives the first.
    """

    WITHDRAWN = "withdrawn", _("You have left this course, so no study time is counted.")
    LESSON_GONE = (
        "lesson-gone",
        _("This lesson is no longer part of the version that you study, so its time is not counted."),
    )
    TAKEN_OVER = (
        "taken-over",
        _("Studying goes on in another page or on another device; time is counted there, not here."),
    )
    PRESENCE_DUE = "presence-due", _("This time waits for your answer to the question whether you are still there.")
    PRESENCE_MISSED = (
        "presence-missed",
        _("The question whether you are still there was not answered in time. Read this stretch again, and it counts."),
    )
    DAILY_CEILING = "daily-ceiling", _("Your study time for today is full. Counting goes on tomorrow.")
    TOO_LATE = "too-late", _("This time was sent too long after it was studied. Read this stretch again.")
    AHEAD_OF_CLOCK = (
        "ahead-of-clock",
        _("This is more study time than has passed; the rest is counted when the time has gone by."),
    )
    LEASE_OVER = (
        "lease-over",
        _("The connection was away for too long; time is counted again from now on."),
    )
    DECLARED_REACHED = "declared-reached", _("The declared minutes of this lesson are reached.")
    ALREADY_COUNTED = "already-counted", _("This stretch has been counted before.")


class CalloutKind(models.TextChoices):
    """What a callout is for."""

    LAW = "law", _("Statute in brief")
    NOTE = "note", _("Note")
    CASE = "case", _("Case")
    TRAP = "trap", _("Trap")


class SourceKind(models.TextChoices):
    """What a line of a lesson's list of sources points to."""

    STATUTE = "statute", _("Statute")
    STATISTIC = "statistic", _("Statistic")
    STANDARD = "standard", _("Standard")
    GUIDE = "guide", _("Public guide")
    OWN = "own", _("Written for this course")


class OfferingMode(models.TextChoices):
    """How an offering is taught."""

    ONLINE = "online", _("Online")
    ON_SITE = "on-site", _("On site")
    BLENDED = "blended", _("Online and on site")


class OfferingState(models.TextChoices):
    """Where an offering stands; whoever is enrolled studies on after it has closed."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open for enrolment")
    CLOSED = "closed", _("Closed for enrolment")


class ApplicationState(models.TextChoices):
    """Where an application for a place stands."""

    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for completion")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")


# An applicant has at most one application in these states for an offering.
PENDING_STATES = (ApplicationState.SUBMITTED, ApplicationState.RETURNED)


class DocumentKind(models.TextChoices):
    """What a document of an eligibility review proves."""

    DEGREE = "degree", _("Degree or diploma")
    YEARS = "years", _("Years in the work")
    PRIOR_CERTIFICATE = "prior-certificate", _("Certificate of the level below")


class PostState(models.TextChoices):
    """Who can read a contribution to a discussion."""

    PENDING = "pending", _("Waiting for a moderator")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden by a moderator")


class PracticeKind(models.TextChoices):
    """What a record of field practice is about."""

    VISIT = "visit", _("Company visit")
    DEMAND = "demand", _("Technology demand")
    ACHIEVEMENT = "achievement", _("S&T achievement")
    MATCH = "match", _("Supply-demand matching")
    CONTRACT = "contract", _("Technology contract")


class PracticeState(models.TextChoices):
    """Where a record of field practice stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the supervisor")
    RETURNED = "returned", _("Returned for completion")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")


# The trainee may still change a record in these states.
EDITABLE_STATES = (PracticeState.DRAFT, PracticeState.RETURNED)


class LessonChangeKind(models.TextChoices):
    """What a later version makes of a lesson."""

    NEW = "new", pgettext_lazy("a lesson in a later version", "New")
    CHANGED = "changed", pgettext_lazy("a lesson in a later version", "Changed")
    GONE = "gone", pgettext_lazy("a lesson in a later version", "Gone")
    SAME = "same", pgettext_lazy("a lesson in a later version", "The same")


class IpStatus(models.TextChoices):
    """Where the rights in an achievement stand."""

    GRANTED = "granted", _("Patent granted")
    FILED = "filed", _("Patent filed")
    KNOW_HOW = "know-how", _("Kept as know-how")
    SOFTWARE = "software", _("Software or layout registered")
    NONE = "none", _("Nothing registered yet")


class MatchOutcome(models.TextChoices):
    """How a meeting of both sides came out; a match that led to nothing is practice too."""

    AGREED = "agreed", _("Agreed in principle")
    TALKING = "talking", _("Talks go on")
    STOPPED = "stopped", _("Stopped")


class ContractKind(models.TextChoices):
    """The five kinds of technology contract."""

    DEVELOPMENT = "development", _("Technology development")
    TRANSFER = "transfer", _("Technology transfer")
    LICENCE = "licence", _("Technology licence")
    CONSULTING = "consulting", _("Technology consulting")
    SERVICE = "service", _("Technology service")
