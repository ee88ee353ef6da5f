import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import ENDED_STATES, FOCUS_KINDS, AttemptState, StepKind

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class ExamAttemptQuerySet(models.QuerySet["Attempt"]):
    """Words for finding attempts."""

    def of_user(self, user: "User | AnonymousUser") -> "ExamAttemptQuerySet":
        """The user's own attempts."""
        return self.filter(seat__person__user=user) if user.is_authenticated else self.none()

    def visible_to(self, user: "User | AnonymousUser") -> "ExamAttemptQuerySet":
        """One's own attempts, and those of organisations that one works for."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(seat__person__user=user) | models.Q(seat__organisation__in=organisations_of(user, *STAFF_ROLES))
        )

    def overdue(self, now: "datetime") -> "ExamAttemptQuerySet":
        """Open attempts for which nothing more is accepted."""
        return self.filter(state=AttemptState.OPEN, accepts_until__lt=now)


class Attempt(models.Model):
    """One row for every time that somebody sat down to a paper.

    The server's clock sets `deadline_at` once; saves are accepted until `accepts_until`, which is the
    deadline and the grace of the exam at that moment. What was answered is the fold of the steps.
    """

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seat = models.ForeignKey("exams.Seat", on_delete=models.PROTECT, related_name="attempts")
    no = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=AttemptState.choices, default=AttemptState.OPEN)
    paper_hash = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    accepts_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=16, blank=True)
    # SHA-256 over the answers as they were handed in; it stands on the receipt.
    answers_hash = models.CharField(max_length=64, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    objects = ExamAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes = [models.Index(fields=("state", "accepts_until"))]
        constraints = [
            models.UniqueConstraint(
                fields=("seat", "no"),
                name="exams_attempt_no_once",
                violation_error_message=_("The attempts of a seat are numbered, each number once."),
            ),
            models.UniqueConstraint(
                fields=("seat",),
                condition=models.Q(state=AttemptState.OPEN),
                name="exams_attempt_one_open",
                violation_error_message=_("A seat has one attempt under way at a time."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ENDED_STATES, ended_at__isnull=False)
                | models.Q(state=AttemptState.OPEN, ended_at__isnull=True)
                | models.Q(state=AttemptState.VOID),
                name="exams_attempt_ended_when",
                violation_error_message=_("An attempt that has ended says when; one under way does not."),
            ),
            models.CheckConstraint(
                condition=models.Q(accepts_until__gte=models.F("deadline_at"))
                & models.Q(deadline_at__gt=models.F("started_at")),
                name="exams_attempt_has_time",
                violation_error_message=_("An attempt ends after it begins, and grace follows its end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}/{self.no}"

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.OPEN


class AttemptStep(models.Model):
    """One row for every thing that was done in an attempt; added to, never edited.

    `client_seq` is the sender's own number, so that a step sent twice is one step, and a window that has
    not seen the newest steps is found out. Steps of the server have none.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"actor": "who answers for the step"}

    attempt = models.ForeignKey("exams.Attempt", on_delete=models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField()
    client_seq = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("attempt step")
        verbose_name_plural = _("attempt steps")
        constraints = [
            models.UniqueConstraint(
                fields=("attempt", "seq"),
                name="exams_step_seq_once",
                violation_error_message=_("The steps of an attempt are numbered, each number once."),
            ),
            models.UniqueConstraint(
                fields=("attempt", "client_seq"),
                name="exams_step_client_seq_once",
                violation_error_message=_("A sender's number stands for one step of an attempt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}#{self.seq} {self.kind}"


class FocusNote(models.Model):
    """One row for every time that the window of an attempt was left or taken up again.

    Announced before the start, shown to its person, never a verdict by itself, and deleted when the term of
    appeal is over; which is why it is no part of the history of steps.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"at": "when somebody looked away from the exam"}

    attempt = models.ForeignKey("exams.Attempt", on_delete=models.PROTECT, related_name="focus_notes")
    client_seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in FOCUS_KINDS])
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("note of a left window")
        verbose_name_plural = _("notes of left windows")
        constraints = [
            models.UniqueConstraint(
                fields=("attempt", "client_seq"),
                name="exams_focus_client_seq_once",
                violation_error_message=_("A sender's number stands for one note of an attempt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.kind}"


class AttemptAnswer(models.Model):
    """One row for every slot of a paper that was answered or flagged: the fold of the attempt's steps.

    For each part the highest `client_seq` counts, in whatever order the steps arrived.
    """

    holds_personal_data = False

    attempt = models.ForeignKey("exams.Attempt", on_delete=models.PROTECT, related_name="answers")
    slot = models.PositiveSmallIntegerField()
    answer = models.JSONField(null=True, blank=True)
    answer_seq = models.PositiveIntegerField(default=0)
    flagged = models.BooleanField(default=False)
    flag_seq = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=("attempt", "slot"),
                name="exams_answer_once_per_slot",
                violation_error_message=_("A slot of a paper has one answer in an attempt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.slot}"
