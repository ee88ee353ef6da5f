from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.kernel.levels import LevelCode


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

LEVEL_NAMES = {
    LevelCode.JUNIOR.value: _("Junior"),
    LevelCode.INTERMEDIATE.value: _("Intermediate"),
    LevelCode.SENIOR.value: _("Senior"),
}

COMPETENCY_NAMES = {
    "C01": _("Demand discovery"),
    "C02": _("Achievement discovery"),
    "C03": _("Technical evaluation"),
    "C04": _("Ownership of rights"),
    "C05": _("Valuation"),
    "C06": _("Matching"),
    "C07": _("Deal structuring"),
    "C08": _("Negotiation"),
    "C09": _("Contract and registration"),
    "C10": _("Policy and distribution"),
    "C11": _("Finance"),
    "C12": _("Pilot and landing"),
    "C13": _("Cross-border"),
    "C14": _("Ethics and secrecy"),
}
