from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    """A scenario version is drafted, approved for play, and retired when a newer one takes its place."""

    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    RETIRED = "retired", _("Retired")


class AttemptState(models.TextChoices):
    """An attempt is played until it ends: by a closed file, a walk-out, or time and money used up."""

    OPEN = "open", _("In progress")
    ENDED = "ended", _("Ended")


# The seat that a trainee takes; the parties' own seats come with role-play.
BROKER_SEAT = "broker"
