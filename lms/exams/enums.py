from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """How a question is answered; marking has one function for each."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true-false", _("True or false")
    NUMERIC = "numeric", _("Number")


CHOICE_KINDS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)


class Difficulty(models.TextChoices):
    """How hard the authors expect a question to be."""

    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


class VersionState(models.TextChoices):
    """A question version is drafted, then published for ever; a change is a new version."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class ExamMode(models.TextChoices):
    """Under whose eyes an exam is sat; every result carries it."""

    INVIGILATED = "invigilated-on-site", _("Invigilated on site")
    UNPROCTORED = "online-unproctored", _("Online, not invigilated")


class AttemptState(models.TextChoices):
    """Where an attempt stands."""

    OPEN = "open", _("Under way")
    SUBMITTED = "submitted", _("Handed in")
    EXPIRED = "expired", _("Closed when time was up")
    VOID = "void", _("Void")


ENDED_STATES = (AttemptState.SUBMITTED, AttemptState.EXPIRED)


class StepKind(models.TextChoices):
    """What one step of an attempt does; the history is made of these and nothing else."""

    SAVE = "save", _("Answer saved")
    FLAG = "flag", _("Flag set or taken off")
    FOCUS_LOST = "focus-lost", _("Window left")
    RESUME = "resume", _("Taken up again")
    SUBMIT = "submit", _("Handed in")


# What the person's own browser may send; handing in is a verb of its own.
SENT_KINDS = (StepKind.SAVE, StepKind.FLAG, StepKind.FOCUS_LOST, StepKind.RESUME)
SLOT_KINDS = (StepKind.SAVE, StepKind.FLAG)
