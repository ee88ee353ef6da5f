"""What is right, and why. Only loading and marking may import this module; a test holds the room to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerKey(models.Model):
    """One row for every key that a question version has had; the one with the highest `no` marks.

    It stands apart from the question, without a way back from it, so that no page or interface that shows
    a question can carry its key along. A key that was wrong gets a new row, and marks are given anew.
    """

    holds_personal_data = False

    version = models.ForeignKey("exams.QuestionVersion", on_delete=models.PROTECT, related_name="+")
    no = models.PositiveIntegerField()
    accepted = models.JSONField()
    explanation = models.TextField()
    explanation_en = models.TextField(blank=True)
    source = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer key")
        verbose_name_plural = _("answer keys")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "no"),
                name="exams_key_no_once",
                violation_error_message=_("The keys of a question version are numbered, each number once."),
            ),
        ]

    def __str__(self) -> str:
        return f"key {self.no} of version {self.version_id}"
