import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import Difficulty, QuestionKind, VersionState


class QuestionBank(models.Model):
    """One row for every collection of questions that an organisation keeps."""

    holds_personal_data = False

    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "code"),
                name="exams_bank_code_once_per_organisation",
                violation_error_message=_("An organisation uses a bank code once."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One row for every question, whatever its wording today; what was asked is in its versions.

    `ref` is the author's own short name for it in the bank's file.
    """

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey("exams.QuestionBank", on_delete=models.PROTECT, related_name="questions")
    ref = models.SlugField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind.choices)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=("bank", "ref"),
                name="exams_question_ref_once_per_bank",
                violation_error_message=_("A bank uses a question's short name once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_id}/{self.ref}"


class QuestionVersion(models.Model):
    """One row for every wording of a question; once published it is never edited, a change is a new version.

    `body` (schema 1) holds what a candidate may read: `stem`, `options` [{id, text}] and `unit`, each with an
    `_en` twin where there is one. What is right and why stands in another table.
    """

    holds_personal_data = False

    question = models.ForeignKey("exams.Question", on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveIntegerField(_("version"))
    topic = models.SlugField(_("topic"), max_length=60)
    difficulty = models.CharField(_("difficulty"), max_length=8, choices=Difficulty.choices)
    body = models.JSONField()
    content_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [
            models.UniqueConstraint(
                fields=("question", "no"),
                name="exams_question_version_no_once",
                violation_error_message=_("A question uses a version number once."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=VersionState.DRAFT, published_at__isnull=True)
                | models.Q(state=VersionState.PUBLISHED, published_at__isnull=False),
                name="exams_question_version_published_when",
                violation_error_message=_("A published question version says since when; a draft does not."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.no}"
