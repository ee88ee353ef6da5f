from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.cohorts.enums import Role

# Who may be asked to mark, and who leads a round.
MARKER_ROLES = (Role.MARKER, Role.TRAINER)
LEAD_ROLES = (Role.BASE_MANAGER,)


class RoundState(models.TextChoices):
    """A round takes in scripts, is marked, and is closed for ever."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class AllocationState(models.TextChoices):
    """What became of a script in the hands of one marker."""

    OPEN = "open", _("To be marked")
    MARKED = "marked", pgettext_lazy("state of a script", "Marked")
    DECLINED = "declined", _("Given back: conflict of interest")
    TAKEN_BACK = "taken-back", _("Given to somebody else")


LIVE_ALLOCATIONS = (AllocationState.OPEN, AllocationState.MARKED)


class OutcomeRule(models.TextChoices):
    """How the points of a script came about."""

    SINGLE = "single", _("One marker")
    MEAN = "mean", _("Mean of two markers within the gap")
    NEAREST = "nearest", _("Mean of the two nearest of three")
    DECIDED = "decided", _("Decided by the lead of the round")


class ScriptState(models.TextChoices):
    """What a script waits for; the first wants somebody to act."""

    LEAD = "lead", _("Needs the lead")
    THIRD = "third", _("With a third marker")
    MARKERS = "markers", _("With its markers")
    SETTLED = "settled", _("Settled")
