from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import ItemState


class ItemProgress(models.Model):
    """One row for every item that a person has begun; pages read this, and intervals can rebuild it.

    `waiting` lists what no presence answer has decided yet: [[start, end, interval, challenge], …].
    """

    holds_personal_data = False

    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="items")
    item_uid = models.CharField(max_length=40)
    covered = models.JSONField(default=list)
    covered_s = models.PositiveIntegerField(default=0)
    waiting = models.JSONField(default=list)
    waiting_s = models.PositiveIntegerField(default=0)
    declared_s = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.STARTED)
    last_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("item progress")
        verbose_name_plural = _("item progress")
        constraints = [
            models.UniqueConstraint(
                fields=("enrolment", "item_uid"),
                name="courses_item_progress_once",
                violation_error_message=_("An enrolment has one progress for an item."),
            ),
            models.CheckConstraint(
                condition=Q(covered_s__lte=F("declared_s") - F("waiting_s")),
                name="courses_item_within_declared",
                violation_error_message=_("No item is credited beyond its declared minutes."),
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.COMPLETE, completed_at__isnull=False, covered_s=F("declared_s"))
                | Q(state=ItemState.STARTED, completed_at__isnull=True),
                name="courses_item_complete_when_covered",
                violation_error_message=_("An item is complete when its declared minutes are covered."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.item_uid} {self.covered_s}/{self.declared_s}"


class EnrolmentProgress(models.Model):
    """One row for every enrolment: the counters that lists, sorting and the continue button read."""

    holds_personal_data = False

    enrolment = models.OneToOneField(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="progress", primary_key=True
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    covered_s = models.PositiveIntegerField(default=0)
    declared_s = models.PositiveIntegerField()
    percent = models.PositiveSmallIntegerField(default=0)
    last_item_uid = models.CharField(max_length=40, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("enrolment progress")
        verbose_name_plural = _("enrolment progress")
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total")) & Q(covered_s__lte=F("declared_s")),
                name="courses_progress_within_course",
                violation_error_message=_("Progress never exceeds the course."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.percent} %"


class StudyDay(models.Model):
    """One row for every day in Beijing on which study of a person was counted: what the daily ceiling compares with."""

    holds_personal_data = False

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    credited_s = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("day of study")
        verbose_name_plural = _("days of study")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "day"),
                name="courses_study_day_once",
                violation_error_message=_("A person has one sum for a day of study."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}: {self.credited_s} s"
