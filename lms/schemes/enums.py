from django.db import models
from django.utils.translation import gettext_lazy as _


class ModuleCode(models.TextChoices):
    """The four modules of the capability level syllabus."""

    PUBLIC_KNOWLEDGE = "public-knowledge", _("Public knowledge")
    POLICY_AND_LAW = "policy-and-law", _("Policy and law")
    PRACTICAL_SKILLS = "practical-skills", _("Practical skills")
    CAPABILITY_IMPROVEMENT = "capability-improvement", _("Capability improvement")


class FactKind(models.TextChoices):
    """What a room below or above may report about a person; requirement leaves read these and nothing else."""

    CLASS_HOURS = "class-hours", _("Class hours")  # ref: module code, value: class hours
    EXAM = "exam", _("Exam passed")  # ref: level code, value: percent
    SIMULATION = "simulation", _("Deal simulation passed")  # ref: scenario id, value: score of 100
    CONTRIBUTION = "contribution", _("Contribution credits")  # ref: credit kind, value: points
    CERTIFICATE = "certificate", _("Certificate held")  # ref: level code, value: 1, or 0 when revoked
    IDENTITY = "identity", _("Identity checked")  # ref: kind of paper, value: 1
    COURSE = "course", _("Course completed")  # ref: course code, value: 1
    PRACTICE = "practice", _("Field practice confirmed")  # ref: kind of practice, value: 1
    PORTFOLIO = "portfolio", _("Portfolio recognised")  # ref: level code, value: percent of the experts' points


class NodeKind(models.TextChoices):
    """Nodes of a requirement tree."""

    ALL_OF = "all-of", _("All of these")
    ANY_OF = "any-of", _("A number of these")
    LEAF = "leaf", _("One requirement")


class SchemeState(models.TextChoices):
    """A version is drafted, then in force for ever; a change of rules is a new version."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Delivery(models.TextChoices):
    """How a topic of the curriculum is taught."""

    ONLINE = "online", _("Online lesson")
    ON_SITE = "on-site", _("Taught on site")
    PRACTICE = "practice", _("Field practice")
    SIMULATION = "simulation", _("Deal simulations")
