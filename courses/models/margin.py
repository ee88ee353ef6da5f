from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonNote(models.Model):
    """One row for every lesson in which a person keeps notes; nobody else reads them, staff neither."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"text": "what a trainee writes for themselves"}

    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.CASCADE, related_name="notes")
    item_uid = models.CharField(max_length=40)
    text = models.TextField(_("note"), max_length=5000)
    # Counts the writings, so that a second tab does not overwrite what it has not seen.
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.UniqueConstraint(
                fields=("enrolment", "item_uid"),
                name="courses_note_once_per_item",
                violation_error_message=_("A lesson has one sheet of notes for a person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.item_uid}"


class ReadingPlace(models.Model):
    """One row for every item in which a person has a bookmark: where to open it again. No time hangs on it."""

    holds_personal_data = False

    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.CASCADE, related_name="places")
    item_uid = models.CharField(max_length=40)
    # Of a text thousandths of its length, of video and audio seconds.
    place = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading place")
        verbose_name_plural = _("reading places")
        constraints = [
            models.UniqueConstraint(
                fields=("enrolment", "item_uid"),
                name="courses_place_once_per_item",
                violation_error_message=_("A person has one bookmark in an item."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.item_uid} @ {self.place}"
