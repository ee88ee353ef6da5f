from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.kernel.levels import LevelCode


class VersionState(models.TextChoices):
    """A scenario version is drafted, approved for play, and retired when a newer one takes its place."""

    DRAFT = "draft", pgettext_lazy("simulation", "Draft")
    APPROVED = "approved", pgettext_lazy("simulation", "Approved")
    RETIRED = "retired", pgettext_lazy("simulation", "Retired")


class AttemptState(models.TextChoices):
    """An attempt is played until it ends: by a closed file, a walk-out, or time and money used up."""

    OPEN = "open", pgettext_lazy("simulation", "In progress")
    ENDED = "ended", pgettext_lazy("simulation", "Ended")


# The seat that a trainee takes; the parties' own seats come with role-play.
BROKER_SEAT = "broker"

LEVEL_NAMES = {
    LevelCode.JUNIOR.value: pgettext_lazy("simulation", "Junior"),
    LevelCode.INTERMEDIATE.value: pgettext_lazy("simulation", "Intermediate"),
    LevelCode.SENIOR.value: pgettext_lazy("simulation", "Senior"),
}

COMPETENCY_NAMES = {
    "C01": _("Demand discovery"),
    "C02": _("Achievement discovery"),
    "C03": _("Technical evaluation"),
    "C04": _("Ownership of rights"),
    "C05": _("Valuation"),
    "C06": pgettext_lazy("simulation", "Matching"),
    "C07": _("Deal structuring"),
    "C08": _("Negotiation"),
    "C09": _("Contract and registration"),
    "C10": _("Policy and distribution"),
    "C11": pgettext_lazy("simulation", "Finance"),
    "C12": _("Pilot and landing"),
    "C13": _("Cross-border"),
    "C14": _("Ethics and secrecy"),
}
