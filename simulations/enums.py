from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.kernel.levels import LevelCode


class VersionState(models.TextChoices):
    """A scenario version is drafted, tested by bots, approved by a second person, and retired by a newer one.

    What is tested can be practised; only what is approved can count.
    """

    DRAFT = "draft", pgettext_lazy("simulation", "Draft")
    TESTED = "tested", pgettext_lazy("simulation", "Tested")
    APPROVED = "approved", pgettext_lazy("simulation", "Approved")
    RETIRED = "retired", pgettext_lazy("simulation", "Retired")


class PlaytestState(models.TextChoices):
    """A playtest is asked for, runs in the background, and ends with figures or without."""

    ASKED = "asked", pgettext_lazy("playtest", "Asked for")
    RUNNING = "running", pgettext_lazy("playtest", "Running")
    DONE = "done", pgettext_lazy("playtest", "Done")
    FAILED = "failed", pgettext_lazy("playtest", "Failed")


class Calibration(models.TextChoices):
    """What a score of a scenario version was measured against."""

    BOTS = "simulated-players", _("calibrated on simulated players")
    PEOPLE = "human-pilot", _("calibrated with a pilot of people")


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
