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


class LegalStatus(models.TextChoices):
    """What kind of text a law or policy is, by how it binds; whether it is in force is read from its dates."""

    LAW = "law", _("Law")
    REGULATION = "regulation", _("Administrative regulation")
    RULE = "rule", _("Departmental rule")
    LOCAL = "local", _("Local regulation")
    POLICY = "policy", _("Policy document")
    STANDARD = "standard", _("Standard")
    JUDICIAL = "judicial", _("Judicial interpretation")


class HelpTopic(models.TextChoices):
    """What a help page is about."""

    ACCOUNT = "account", _("Account and sign-in")
    STUDY = "study", _("Studying and class hours")
    EXAM = "exam", _("Exams")
    SIMULATION = "simulation", _("Deal simulations")
    CREDIT = "credit", _("Contribution credits")
    CERTIFICATE = "certificate", _("Certificates")
    BASE = "base", _("Running a training base")
    SITE = "site", _("Using this site")


class HelpAudience(models.TextChoices):
    """Whom a help page is for."""

    EVERYBODY = "everybody", _("Everybody")
    TRAINEE = "trainee", _("Trainees")
    TRAINER = "trainer", _("Trainers and markers")
    BASE = "base", _("Base managers")
    ASSOCIATION = "association", _("Associations and authorities")
    EMPLOYER = "employer", _("Employers and other checkers")
