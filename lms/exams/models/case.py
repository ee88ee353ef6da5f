import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseSet(models.Model):
    """One row for every case: a text that several questions share, always drawn together."""

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey("exams.QuestionBank", on_delete=models.PROTECT, related_name="case_sets")
    ref = models.SlugField(_("short name"), max_length=60)

    class Meta:
        verbose_name = _("case set")
        verbose_name_plural = _("case sets")
        constraints = [
            models.UniqueConstraint(
                fields=("bank", "ref"),
                name="exams_case_ref_once_per_bank",
                violation_error_message=_("A bank uses a case's short name once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_id}/{self.ref}"


class CaseVersion(models.Model):
    """One row for every wording of a case's text; never edited, the one with the highest `no` is drawn.

    `body` (schema 1): `title`, `text` and `figures`, texts with an `_en` twin where there is one.
    """

    holds_personal_data = False

    case_set = models.ForeignKey("exams.CaseSet", on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveIntegerField(_("version"))
    body = models.JSONField()
    content_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("case version")
        verbose_name_plural = _("case versions")
        constraints = [
            models.UniqueConstraint(
                fields=("case_set", "no"),
                name="exams_case_version_no_once",
                violation_error_message=_("A case uses a version number once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_set_id} v{self.no}"
