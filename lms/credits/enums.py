from django.db import models
from django.utils.translation import gettext_lazy as _


class Book(models.TextChoices):
    """The two ledgers of this room; the value names the hash chain in `lms.records`."""

    HOURS = "hours", _("Class hours")
    CREDITS = "credits", _("Contribution credits")


class CreditKind(models.TextChoices):
    """What kind of work earns contribution credits; requirement leaves name these as `refs`."""

    EXAM = "exam", _("Exams")
    SIMULATION = "simulation", _("Deal simulations")
    TEACHING = "teaching", _("Teaching and mentoring")
    TRANSFER_WORK = "transfer-work", _("Transfer work in practice")
