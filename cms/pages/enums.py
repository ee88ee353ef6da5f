from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    """Where an editor may let a button of the home page lead: places that exist, by name."""

    LEVELS = "levels", _("The three levels, on this page")
    DEAL_ROOM = "deal-room", _("The deal simulations, on this page")
    COURSES = "courses", _("List of courses")
    VERIFY = "verify", _("Checking a certificate")
    SIGN_IN = "sign-in", _("Sign-in, or one's desk")


class Gate(models.TextChoices):
    """The four things that stand between a trainee and a certificate."""

    STUDY = "study", _("Study")
    EXAM = "exam", _("Exam")
    DEAL = "deal", _("Deal simulation")
    ISSUE = "issue", _("Issue")
