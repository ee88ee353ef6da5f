import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import BANK_ROLES, IN_PREPARATION, ISSUED_STATES, Difficulty, QuestionKind, VersionState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class QuestionBankQuerySet(models.QuerySet["QuestionBank"]):
    """Words for finding banks."""

    def visible_to(self, user: "User | AnonymousUser") -> "QuestionBankQuerySet":
        """Banks of organisations at which one writes questions."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(organisation__in=organisations_of(user, *BANK_ROLES))


class QuestionBank(models.Model):
    """One row for every collection of questions that an organisation keeps."""

    holds_personal_data = False

    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    created_at = models.DateTimeField()

    objects = QuestionBankQuerySet.as_manager()

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

    `ref` is the author's own short name for it in the bank's file. A question of a case set names it and
    its place in it, and is drawn with the whole set only.
    """

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey("exams.QuestionBank", on_delete=models.PROTECT, related_name="questions")
    ref = models.SlugField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind.choices)
    case_set = models.ForeignKey(
        "exams.CaseSet", on_delete=models.PROTECT, related_name="questions", null=True, blank=True
    )
    case_place = models.PositiveSmallIntegerField(_("place in the case"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=("bank", "ref"),
                name="exams_question_ref_once_per_bank",
                violation_error_message=_("A bank uses a question's short name once."),
            ),
            models.UniqueConstraint(
                fields=("case_set", "case_place"),
                name="exams_question_place_once_per_case",
                violation_error_message=_("A place in a case set holds one question."),
            ),
            models.CheckConstraint(
                condition=models.Q(case_set__isnull=True, case_place__isnull=True)
                | models.Q(case_set__isnull=False, case_place__isnull=False),
                name="exams_question_in_case_has_place",
                violation_error_message=_("A question of a case set has a place in it; no other has."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_id}/{self.ref}"


class QuestionVersionQuerySet(models.QuerySet["QuestionVersion"]):
    """Words for finding question versions."""

    def visible_to(self, user: "User | AnonymousUser") -> "QuestionVersionQuerySet":
        """Versions in banks of organisations at which one writes questions."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(question__bank__organisation__in=organisations_of(user, *BANK_ROLES))


class QuestionVersion(models.Model):
    """One row for every wording of a question; once published it is never edited, a change is a new version.

    `body` (schema 1) holds what a candidate may read: `stem`, `options` [{id, text}], `choices` (what is
    matched to the options), `blanks` (how many), `unit` or `units` [{id, text, factor}], `limit` (characters
    of an essay), `figures` (uids), texts with an `_en` twin where there is one. What is right and why stands
    in another table.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"author": "who wrote it, and so may not review it"}

    question = models.ForeignKey("exams.Question", on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveIntegerField(_("version"))
    level = models.CharField(_("level"), max_length=12, blank=True)
    module = models.SlugField(_("module"), max_length=60, blank=True)
    topic = models.SlugField(_("topic"), max_length=60)
    competency = models.CharField(_("competency"), max_length=12, blank=True)
    difficulty = models.CharField(_("difficulty"), max_length=8, choices=Difficulty.choices)
    body = models.JSONField()
    content_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    author = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        indexes = [models.Index(fields=("state", "level", "topic"))]
        constraints = [
            models.UniqueConstraint(
                fields=("question", "no"),
                name="exams_question_version_no_once",
                violation_error_message=_("A question uses a version number once."),
            ),
            models.UniqueConstraint(
                fields=("question",),
                condition=models.Q(state__in=IN_PREPARATION),
                name="exams_question_one_in_preparation",
                violation_error_message=_("A question has one version in preparation at a time."),
            ),
            models.UniqueConstraint(
                fields=("question",),
                condition=models.Q(state=VersionState.PUBLISHED),
                name="exams_question_one_published",
                violation_error_message=_("A question has one published version at a time; older ones are retired."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=IN_PREPARATION, published_at__isnull=True)
                | models.Q(state__in=ISSUED_STATES, published_at__isnull=False),
                name="exams_question_version_published_when",
                violation_error_message=_("A published question version says since when; a draft does not."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.no}"


class VersionEvent(models.Model):
    """One row for every change of state of a question version; added to, never edited."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"actor": "who answers for the change"}

    version = models.ForeignKey("exams.QuestionVersion", on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=12, choices=VersionState.choices)
    actor = models.CharField(max_length=120)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("event of a question version")
        verbose_name_plural = _("events of question versions")

    def __str__(self) -> str:
        return f"{self.version_id} {self.state}"
