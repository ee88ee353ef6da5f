from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import ExamMode
from lms.kernel.levels import LevelCode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

LEVEL_CHOICES = [(level.value, level.value) for level in LevelCode]


class Exam(models.Model):
    """One row for every sitting of an exam that an organisation offers for a level.

    `blueprint` (schema 1) says what a paper is made of: lines {kind, topic, difficulty, count, points}.
    """

    holds_personal_data = False

    code = models.SlugField(_("code"), max_length=60, unique=True)
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="exams")
    scheme_version = models.ForeignKey("schemes.SchemeVersion", on_delete=models.PROTECT, related_name="exams")
    bank = models.ForeignKey("exams.QuestionBank", on_delete=models.PROTECT, related_name="exams")
    level = models.CharField(_("level"), max_length=12, choices=LEVEL_CHOICES)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1)])
    grace_s = models.PositiveSmallIntegerField(_("seconds of grace"), default=60)
    pass_percent = models.PositiveSmallIntegerField(_("pass mark in percent"), validators=[MaxValueValidator(100)])
    mode = models.CharField(_("mode"), max_length=24, choices=ExamMode.choices)
    blueprint = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="exams_exam_closes_after_it_opens",
                violation_error_message=_("An exam closes after it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(pass_percent__lte=100, minutes__gte=1),
                name="exams_exam_can_be_passed",
                violation_error_message=_("An exam lasts at least one minute and asks for no more than 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """One row for every paper drawn from an exam's blueprint; written before the bell and never edited.

    `items` (schema 1): {slot, version, kind, points, options}, the options in the order in which they are
    shown. The draw and both orders come from `seed` alone, so the same seed gives the same paper.
    """

    holds_personal_data = False

    exam = models.ForeignKey("exams.Exam", on_delete=models.PROTECT, related_name="papers")
    seed = models.CharField(max_length=64)
    items = models.JSONField()
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.UniqueConstraint(
                fields=("exam", "seed"),
                name="exams_paper_seed_once",
                violation_error_message=_("An exam draws one paper from a seed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.hash[:12]}"


class SeatQuerySet(models.QuerySet["Seat"]):
    """Words for finding seats."""

    def of_user(self, user: "User | AnonymousUser") -> "SeatQuerySet":
        """The user's own seats."""
        return self.filter(person__user=user) if user.is_authenticated else self.none()

    def visible_to(self, user: "User | AnonymousUser") -> "SeatQuerySet":
        """One's own seats, and those of organisations that one works for."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(person__user=user) | models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))
        )


class Seat(models.Model):
    """One row for every person admitted to an exam, with the paper that lies on the desk."""

    holds_personal_data = False

    exam = models.ForeignKey("exams.Exam", on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="seats")
    paper = models.ForeignKey("exams.Paper", on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    extra_minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    ticket_code = models.CharField(_("ticket"), max_length=12, unique=True)
    created_at = models.DateTimeField()

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=("exam", "person"),
                name="exams_seat_once",
                violation_error_message=_("A person has one seat in an exam."),
            ),
        ]

    def __str__(self) -> str:
        return self.ticket_code

    def deadline(self, started_at: datetime) -> datetime:
        """When an attempt begun at `started_at` ends: by its minutes or by the closing of the room."""
        extra = timedelta(minutes=self.extra_minutes)
        return min(started_at + timedelta(minutes=self.exam.minutes), self.exam.closes_at) + extra
