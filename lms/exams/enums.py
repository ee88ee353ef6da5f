from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.cohorts.enums import Role

# Who writes, reads and imports questions; publishing is the manager's.
BANK_ROLES = (Role.TRAINER, Role.BASE_MANAGER)
# Who plans exams, seats people, approves regrades and decides appeals.
EXAM_ROLES = (Role.BASE_MANAGER,)


class QuestionKind(models.TextChoices):
    """How a question is answered; every kind has one shape of answer, one of key and one way to be marked."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true-false", _("True or false")
    FILL_IN = "fill-in", _("Fill in the blanks")
    NUMERIC = "numeric", _("Number")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Ordering")
    ESSAY = "essay", _("Essay")


CHOICE_KINDS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)
# Marked by people; everything else by the key.
WRITTEN_KINDS = (QuestionKind.ESSAY,)


class Difficulty(models.TextChoices):
    """How hard the authors expect a question to be."""

    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


class VersionState(models.TextChoices):
    """A question version is drafted, read by a second person, published for ever, and taken out of use."""

    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Reviewed")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


IN_PREPARATION = (VersionState.DRAFT, VersionState.REVIEWED)
ISSUED_STATES = (VersionState.PUBLISHED, VersionState.RETIRED)


class QuestionFormat(models.TextChoices):
    """The kinds of file that questions come in and go out as."""

    XLSX = "xlsx", _("Excel workbook")
    GIFT = "gift", "GIFT"
    MOODLE_XML = "moodle-xml", "Moodle XML"
    AIKEN = "aiken", "Aiken"


class UploadState(models.TextChoices):
    """What became of a file of questions: looked at first, then written or given up."""

    PREVIEWED = "previewed", _("Previewed, not written")
    WRITTEN = "written", _("Written")
    GIVEN_UP = "given-up", _("Given up")


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
    SEEN = "seen", _("Questions looked at")
    SUBMIT = "submit", _("Handed in")
    # Kept apart from the history, in `FocusNote`, because they are deleted after the term of appeal.
    FOCUS_LOST = "focus-lost", _("Window left")
    RESUME = "resume", _("Taken up again")


# What the person's own browser may send; handing in is a verb of its own.
SENT_KINDS = (StepKind.SAVE, StepKind.FLAG, StepKind.SEEN, StepKind.FOCUS_LOST, StepKind.RESUME)
SLOT_KINDS = (StepKind.SAVE, StepKind.FLAG)
FOCUS_KINDS = (StepKind.FOCUS_LOST, StepKind.RESUME)


class ReviewPhase(models.TextChoices):
    """How much of a handed-in paper its person sees, one phase after the other."""

    RECEIPT = "receipt", _("Receipt only")
    RESULT = "result", _("Result and points by part")
    ANSWERS = "answers", _("Own answers with their points")
    KEYS = "keys", _("Keys and explanations")


class CutMethod(models.TextChoices):
    """How a cut score was found."""

    SCHEME = "scheme", _("Fixed by the scheme")
    ANGOFF = "angoff", _("Modified Angoff")
    BOOKMARK = "bookmark", _("Bookmark")
    BORDERLINE = "borderline", _("Borderline group")


class ResultReason(models.TextChoices):
    """Why a result was written."""

    MARKED = "marked", _("First marking")
    REGRADED = "regraded", _("Regraded after a correction")
    APPEALED = "appealed", _("Changed after an appeal")


class RegradeKind(models.TextChoices):
    """What a regrade corrects."""

    KEY = "key", _("Corrected key")
    EXCLUSION = "exclusion", _("Faulty question excluded")
    CUT = "cut", _("Changed cut score")


class ExclusionRule(models.TextChoices):
    """What becomes of the points of an excluded question."""

    DROP = "drop", _("Its points are left out for everybody")
    GRANT = "grant", _("Everybody gets its points")


class RegradeState(models.TextChoices):
    """A regrade is computed dry, approved by a second person, then written."""

    PREPARED = "prepared", _("Dry run, waiting for approval")
    APPROVED = "approved", _("Approved, being written")
    DONE = "done", _("Written")
    REFUSED = "refused", _("Not approved")


class AppealState(models.TextChoices):
    """An appeal waits for a person, who decides it once."""

    FILED = "filed", _("Filed")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", pgettext_lazy("an appeal", "Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DECIDED_STATES = (AppealState.UPHELD, AppealState.REJECTED)
