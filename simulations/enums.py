from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.cohorts.enums import Role
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

# Who sets scenarios, reads attempts, comments and proposes corrections; and who confirms and decides.
DESK_ROLES = (Role.TRAINER, Role.BASE_MANAGER)
DECIDING_ROLES = (Role.BASE_MANAGER,)


class Difficulty(models.TextChoices):
    """How much trust the other sides ask for, and what they aspire to."""

    EASY = "easy", pgettext_lazy("simulation", "Easy")
    STANDARD = "standard", pgettext_lazy("simulation", "Standard")
    HARD = "hard", pgettext_lazy("simulation", "Hard")


class ScoreReason(models.TextChoices):
    """Why a score was written: by the rules, or because somebody corrected something."""

    SCORED = "scored", pgettext_lazy("simulation", "Scored by the rules")
    OVERRIDDEN = "overridden", pgettext_lazy("simulation", "An item was corrected")
    APPEALED = "appealed", pgettext_lazy("simulation", "An appeal was upheld")
    RESCORED = "rescored", pgettext_lazy("simulation", "The rubric was corrected")


class OverrideState(models.TextChoices):
    """A correction of items waits for a second person where the attempt counts."""

    WAITING = "waiting", pgettext_lazy("simulation", "Waits for a second person")
    IN_FORCE = "in-force", pgettext_lazy("simulation", "In force")
    REFUSED = "refused", pgettext_lazy("simulation", "Turned down")


class AppealState(models.TextChoices):
    """An appeal is filed, decided by a person, and where the attempt counts confirmed by a second one."""

    FILED = "filed", pgettext_lazy("simulation", "Waits for a decision")
    CONFIRMING = "confirming", pgettext_lazy("simulation", "Granted, waits for a second person")
    UPHELD = "upheld", pgettext_lazy("simulation", "Upheld")
    REJECTED = "rejected", pgettext_lazy("simulation", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("simulation", "Taken back")


OPEN_APPEALS = (AppealState.FILED, AppealState.CONFIRMING)
DECIDED_APPEALS = (AppealState.UPHELD, AppealState.REJECTED)


class RescoreState(models.TextChoices):
    """A corrected rubric is tried dry, approved by a second person, then written attempt by attempt."""

    PREPARED = "prepared", pgettext_lazy("simulation", "Prepared")
    APPROVED = "approved", pgettext_lazy("simulation", "Approved, being written")
    REFUSED = "refused", pgettext_lazy("simulation", "Turned down")
    DONE = "done", pgettext_lazy("simulation", "Done")


class Flag(models.TextChoices):
    """What makes an attempt worth a second look; none of them is a verdict."""

    GATE = "gate", pgettext_lazy("simulation", "A red line was crossed")
    FAST = "fast", pgettext_lazy("simulation", "Unusually fast")
    TWIN = "twin", pgettext_lazy("simulation", "Terms equal to somebody else's")
    UNASKED = "unasked", pgettext_lazy("simulation", "Near the optimum without a question")
