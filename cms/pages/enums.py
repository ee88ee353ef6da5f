from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Place(models.TextChoices):
    """Where an editor may let a button of the home page lead: places that exist, by name."""

    LEVELS = "levels", _("The three levels, on this page")
    DEAL_ROOM = "deal-room", _("The deal simulations, on this page")
    COURSES = "courses", _("List of courses")
    VERIFY = "verify", _("Checking a certificate")
    SIGN_IN = "sign-in", _("Sign-in, or one's desk")
    SIMULATIONS = "simulations-explained", _("How the simulations work")
    BASES = "bases", _("Training bases")
    POLICIES = "policies", _("Policy library")
    HELP = "help", _("Help desk")


class DoorIcon(models.TextChoices):
    """Icons that fit an entrance."""

    BUILDING = "building", _("a building")
    PEOPLE = "people", _("people")
    PAPER = "paper", _("a paper")
    BOOK = "book", _("a book")
    SHIELD = "shield", _("a shield")


class Gate(models.TextChoices):
    """The four things that stand between a trainee and a certificate."""

    STUDY = "study", _("Study")
    EXAM = "exam", _("Exam")
    DEAL = "deal", _("Deal simulation")
    ISSUE = "issue", _("Issue")


class PolicyKind(models.TextChoices):
    """What kind of text a law or policy is, from what binds everybody to what somebody recommends."""

    LAW = "law", _("Law")
    REGULATION = "regulation", _("Administrative regulation")
    JUDICIAL = "judicial-interpretation", _("Judicial interpretation")
    DEPARTMENTAL = "departmental-rule", _("Departmental rule")
    PROVINCIAL_REGULATION = "provincial-regulation", _("Provincial regulation")
    PROVINCIAL_RULE = "provincial-rule", _("Provincial rule")
    MUNICIPAL_RULE = "municipal-rule", _("Municipal rule")
    NOTICE = "notice", _("Notice")
    STANDARD = "standard", pgettext_lazy("a kind of text", "Standard")
    GROUP_STANDARD = "group-standard", _("Group standard")
    CLASSIFICATION = "classification", _("Classification")


class LegalStatus(models.TextChoices):
    """What somebody who looked found out about a text; for texts with dates the dates say it too."""

    IN_FORCE = "in-force", _("In force")
    AMENDED = "amended", _("Amended")
    EXPIRED = "expired", pgettext_lazy("a law", "Expired")
    REPEALED = "repealed", _("Repealed")
    UNVERIFIED = "unverified", _("Not verified")


class Evidence(models.TextChoices):
    """What a summary was compared with."""

    TEXT = "text", _("Compared with the full text")
    SECOND_HAND = "second-hand", _("Second-hand: only accounts by others were seen")


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
