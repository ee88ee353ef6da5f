from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import CutMethod, ExamMode
from lms.kernel.levels import LevelCode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

LEVEL_CHOICES = [(level.value, level.value) for level in LevelCode]


class ExamQuerySet(models.QuerySet["Exam"]):
    """Words for finding exams."""

    def visible_to(self, user: "User | AnonymousUser") -> "ExamQuerySet":
        """Exams of organisations that one works for."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(organisation__in=organisations_of(user, *STAFF_ROLES))


class Exam(models.Model):
    """One row for every sitting of an exam that an organisation offers for a level.

    `blueprint` (schema 1) says what a paper is made of: lines {kind, module, topic, difficulty, count, points};
    a line of kind `case` draws whole case sets. What is shown of a handed-in paper opens in phases: the result
    from `results_at` (empty: as soon as it is marked), one's own answers from `review_from`, keys and
    explanations from `keys_from` (empty: never).
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
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts"), default=1, validators=[MinValueValidator(1)])
    exposure_percent = models.PositiveSmallIntegerField(
        _("most papers that may hold one question, in percent"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    results_at = models.DateTimeField(_("results shown from"), null=True, blank=True)
    review_from = models.DateTimeField(_("own answers shown from"), null=True, blank=True)
    keys_from = models.DateTimeField(_("keys shown from"), null=True, blank=True)
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal"), default=7)
    decision_days = models.PositiveSmallIntegerField(_("days to decide an appeal"), default=15)
    created_at = models.DateTimeField()

    objects = ExamQuerySet.as_manager()

    class Meta:
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keys_from__isnull=True) | models.Q(keys_from__gte=models.F("closes_at")),
                name="exams_exam_keys_after_the_room_closes",
                violation_error_message=_("Keys are shown after the room has closed, never before."),
            ),
            models.CheckConstraint(
                condition=models.Q(review_from__isnull=True)
                | models.Q(review_from__gte=models.F("closes_at"))
                & (models.Q(results_at__isnull=True) | models.Q(review_from__gte=models.F("results_at"))),
                name="exams_exam_answers_after_the_results",
                violation_error_message=_("Own answers are shown after the room has closed and with the results."),
            ),
            models.CheckConstraint(
                condition=models.Q(attempts_allowed__gte=1, exposure_percent__gte=1, exposure_percent__lte=100),
                name="exams_exam_can_be_sat",
                violation_error_message=_("An exam can be sat at least once, and a question lies in 1 to 100 percent."),
            ),
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
    shown; of a matching also `choices`, of a question of a case `case` (the id of its `CaseVersion`). The
    orders come from `seed` alone; which questions were drawn also from how often each lay on a desk before.
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


class QuestionUse(models.Model):
    """One row for every question version that lies in papers of an exam, with the number of them."""

    holds_personal_data = False

    exam = models.ForeignKey("exams.Exam", on_delete=models.PROTECT, related_name="uses")
    version = models.ForeignKey("exams.QuestionVersion", on_delete=models.PROTECT, related_name="uses")
    papers = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("use of a question")
        verbose_name_plural = _("uses of questions")
        constraints = [
            models.UniqueConstraint(
                fields=("exam", "version"),
                name="exams_use_once",
                violation_error_message=_("An exam counts the papers of a question once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.version_id} {self.papers}"


class CutScore(models.Model):
    """One row for every decision on an exam's pass mark, with its method and day; the highest `no` holds."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"actor": "who entered it", "decided_by": "the panel that decided"}

    exam = models.ForeignKey("exams.Exam", on_delete=models.PROTECT, related_name="cut_scores")
    no = models.PositiveSmallIntegerField()
    percent = models.DecimalField(_("pass mark in percent"), max_digits=5, decimal_places=2)
    method = models.CharField(_("method"), max_length=12, choices=CutMethod.choices)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=200)
    note = models.TextField(_("how it was found"), blank=True)
    actor = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("cut score")
        verbose_name_plural = _("cut scores")
        constraints = [
            models.UniqueConstraint(
                fields=("exam", "no"),
                name="exams_cut_score_no_once",
                violation_error_message=_("The cut scores of an exam are numbered, each number once."),
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gte=0, percent__lte=100),
                name="exams_cut_score_in_percent",
                violation_error_message=_("A cut score lies between 0 and 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.percent}%"


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

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "extra_reason": "why somebody has more time",
        "exception": "why somebody was admitted early",
    }

    exam = models.ForeignKey("exams.Exam", on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="seats")
    paper = models.ForeignKey("exams.Paper", on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="+")
    room = models.CharField(_("room"), max_length=60, blank=True)
    desk = models.CharField(_("desk"), max_length=20, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    extra_reason = models.CharField(_("reason for extra time"), max_length=200, blank=True)
    exception = models.CharField(_("why admitted before all rules are met"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
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
            models.UniqueConstraint(
                fields=("exam", "room", "desk"),
                condition=~models.Q(desk="") & models.Q(withdrawn_at__isnull=True),
                name="exams_desk_once",
                violation_error_message=_("A desk of a room is given to one person."),
            ),
        ]

    def __str__(self) -> str:
        return self.ticket_code

    def deadline(self, started_at: datetime) -> datetime:
        """When an attempt begun at `started_at` ends: by its minutes or by the closing of the room."""
        extra = timedelta(minutes=self.extra_minutes)
        return min(started_at + timedelta(minutes=self.exam.minutes), self.exam.closes_at) + extra
