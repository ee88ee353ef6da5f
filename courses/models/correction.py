import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StudyCorrection(models.Model):
    """One row for every time that a training base gave or took back minutes of an item; added to, never edited.

    `parts` lists the seconds of the item that it gave or took, as half-open pairs, so that progress can be rebuilt.
    The hash of the evidence outlasts the file, which data protection may ask to be shredded.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"reason": "what the base writes about the person's study"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="corrections")
    item_uid = models.CharField(max_length=40)
    minutes = models.IntegerField(_("minutes"))
    parts = models.JSONField()
    reason = models.CharField(_("reason"), max_length=400)
    evidence = models.ForeignKey("records.PrivateFile", on_delete=models.SET_NULL, null=True, related_name="+")
    evidence_name = models.CharField(max_length=120)
    evidence_sha256 = models.CharField(max_length=64)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("correction of study time")
        verbose_name_plural = _("corrections of study time")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(minutes=0),
                name="courses_correction_changes_something",
                violation_error_message=_("A correction gives or takes back whole minutes."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="courses_correction_says_why",
                violation_error_message=_("A correction says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.item_uid} {self.minutes:+d}"
