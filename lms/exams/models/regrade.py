import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import EXAM_ROLES, ExclusionRule, RegradeKind, RegradeState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class RegradeQuerySet(models.QuerySet["Regrade"]):
    """Words for finding regrades."""

    def visible_to(self, user: "User | AnonymousUser") -> "RegradeQuerySet":
        """Regrades of exams that one runs."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(exam__organisation__in=organisations_of(user, *EXAM_ROLES))


class Regrade(models.Model):
    """One row for every correction of an exam after results are out: computed dry, approved, then written.

    `proposal` (schema 1) holds what is to change: the accepted answers and explanation of a key, the rule of an
    exclusion, or a cut score with method and day. Nothing of it is in force before a second person approves.
    `papers` were looked at in the dry run, the newest of their results was `newest_result`.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "prepared_by": "who proposed the correction",
        "decided_by": "who approved or refused it",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    exam = models.ForeignKey("exams.Exam", on_delete=models.PROTECT, related_name="regrades")
    kind = models.CharField(max_length=12, choices=RegradeKind.choices)
    version = models.ForeignKey(
        "exams.QuestionVersion", on_delete=models.PROTECT, related_name="regrades", null=True, blank=True
    )
    proposal = models.JSONField()
    reason = models.TextField(_("reason"))
    state = models.CharField(max_length=12, choices=RegradeState.choices, default=RegradeState.PREPARED)
    prepared_by = models.CharField(max_length=120)
    prepared_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True, blank=True)
    papers = models.PositiveIntegerField(default=0)
    newest_result = models.PositiveBigIntegerField(default=0)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = RegradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        constraints = [
            models.UniqueConstraint(
                fields=("exam",),
                condition=models.Q(state__in=(RegradeState.PREPARED, RegradeState.APPROVED)),
                name="exams_regrade_one_open",
                violation_error_message=_("An exam has one regrade under way at a time."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=RegradeState.PREPARED, decided_by="", decided_at__isnull=True)
                | ~models.Q(state=RegradeState.PREPARED)
                & ~models.Q(decided_by="")
                & models.Q(decided_at__isnull=False)
                & ~models.Q(decided_by=models.F("prepared_by")),
                name="exams_regrade_two_people",
                violation_error_message=_("A regrade is decided by somebody who did not prepare it."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind=RegradeKind.CUT, version__isnull=True)
                | ~models.Q(kind=RegradeKind.CUT) & models.Q(version__isnull=False),
                name="exams_regrade_names_its_question",
                violation_error_message=_("A corrected key and an exclusion name their question; a cut score none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.kind} {self.state}"


class RegradeLine(models.Model):
    """One row for every attempt that a dry run would change: its figures now and afterwards."""

    holds_personal_data = False

    regrade = models.ForeignKey("exams.Regrade", on_delete=models.PROTECT, related_name="lines")
    attempt = models.ForeignKey("exams.Attempt", on_delete=models.PROTECT, related_name="+")
    points_before = models.DecimalField(max_digits=7, decimal_places=2)
    points_after = models.DecimalField(max_digits=7, decimal_places=2)
    percent_before = models.DecimalField(max_digits=5, decimal_places=2)
    percent_after = models.DecimalField(max_digits=5, decimal_places=2)
    passed_before = models.BooleanField()
    passed_after = models.BooleanField()

    class Meta:
        verbose_name = _("line of a regrade")
        verbose_name_plural = _("lines of regrades")
        constraints = [
            models.UniqueConstraint(
                fields=("regrade", "attempt"),
                name="exams_regrade_line_once",
                violation_error_message=_("A regrade lists an attempt once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regrade_id} {self.attempt_id}"


class ItemExclusion(models.Model):
    """One row for every question version that an exam no longer counts, with its rule; added to, never edited."""

    holds_personal_data = False

    exam = models.ForeignKey("exams.Exam", on_delete=models.PROTECT, related_name="exclusions")
    version = models.ForeignKey("exams.QuestionVersion", on_delete=models.PROTECT, related_name="+")
    regrade = models.ForeignKey("exams.Regrade", on_delete=models.PROTECT, related_name="exclusions")
    rule = models.CharField(max_length=8, choices=ExclusionRule.choices)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("excluded question")
        verbose_name_plural = _("excluded questions")
        constraints = [
            models.UniqueConstraint(
                fields=("exam", "version"),
                name="exams_exclusion_once",
                violation_error_message=_("An exam excludes a question version once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.version_id} {self.rule}"
