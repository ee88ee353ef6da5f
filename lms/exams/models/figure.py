import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionFigure(models.Model):
    """One row for every picture that questions of a bank show; never served by a public address."""

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey("exams.QuestionBank", on_delete=models.PROTECT, related_name="figures")
    file = models.ForeignKey("records.PrivateFile", on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=40)
    alt = models.CharField(_("what the picture shows"), max_length=400)
    alt_en = models.CharField(_("what the picture shows, in English"), max_length=400, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("picture of a question")
        verbose_name_plural = _("pictures of questions")
        constraints = [
            models.UniqueConstraint(
                fields=("bank", "file"),
                name="exams_figure_once_per_bank",
                violation_error_message=_("A bank keeps a picture once."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt
