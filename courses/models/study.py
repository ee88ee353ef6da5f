import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import IntervalReason


class StudyLease(models.Model):
    """One row for every stretch of wall time in which the server lets one page count study time; only added to.

    A person's leases are numbered and never overlap: each ends when it expires or when the next one begins,
    whichever is first. `continues` says that the page of the lease before goes on; without it another page took over.
    No lease passes midnight in Beijing, so all it credits belongs to one day. `challenge_at` is when its challenge
    falls due, if the lease lives that long. `declared_s` and `speed` are copied, so that no later rule moves them.
    """

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="leases")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()
    continues = models.BooleanField()
    item_uid = models.CharField(max_length=40)
    declared_s = models.PositiveIntegerField()
    speed = models.DecimalField(max_digits=4, decimal_places=2)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    challenge_no = models.PositiveIntegerField()
    challenge_at = models.DateTimeField()

    class Meta:
        verbose_name = _("study lease")
        verbose_name_plural = _("study leases")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "seq"),
                name="courses_lease_seq_once",
                violation_error_message=_("A person studies in one page at a time."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")),
                name="courses_lease_expires_after_issue",
                violation_error_message=_("A lease expires after it was issued."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.item_uid} {self.issued_at:%Y-%m-%d %H:%M:%S}"


class StudyInterval(models.Model):
    """One row for every claim of study time and the answer it got; added to, never edited.

    `parts` covers the claim exactly: [[start, end, verdict, reason], …], half-open and in order. `spent_s` is how
    much of the lease's lived time the claim used up. `covered_s` and `complete` are what the item stood at after
    this claim, so that the same claim sent again is answered with the same figures.
    """

    holds_personal_data = False

    lease = models.ForeignKey("courses.StudyLease", on_delete=models.PROTECT, related_name="intervals")
    client_seq = models.PositiveBigIntegerField()
    start_s = models.PositiveIntegerField()
    end_s = models.PositiveIntegerField()
    parts = models.JSONField()
    accepted_s = models.PositiveIntegerField()
    pending_s = models.PositiveIntegerField()
    spent_s = models.PositiveIntegerField()
    reason = models.CharField(max_length=20, choices=IntervalReason.choices, blank=True)
    covered_s = models.PositiveIntegerField()
    complete = models.BooleanField()
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("study interval")
        verbose_name_plural = _("study intervals")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("lease", "client_seq"),
                name="courses_interval_claimed_once",
                violation_error_message=_("A claim of study time is judged once."),
            ),
            models.CheckConstraint(
                condition=Q(end_s__gt=F("start_s")),
                name="courses_interval_ends_after_start",
                violation_error_message=_("An interval ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(spent_s__lte=F("end_s") - F("start_s")) & Q(accepted_s__lte=F("spent_s") - F("pending_s")),
                name="courses_interval_accepted_within_claim",
                violation_error_message=_("No more is credited than was claimed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease_id} #{self.client_seq}: {self.start_s}–{self.end_s} s"


class StudySettlement(models.Model):
    """One row for every claim of which something had waited for a presence answer, once that is decided.

    `parts` covers what was pending, in the form of `StudyInterval.parts`; added to, never edited.
    """

    holds_personal_data = False

    interval = models.OneToOneField(
        "courses.StudyInterval", on_delete=models.PROTECT, related_name="settlement", primary_key=True
    )
    parts = models.JSONField()
    accepted_s = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("settlement of study time")
        verbose_name_plural = _("settlements of study time")

    def __str__(self) -> str:
        return f"{self.interval_id}: {self.accepted_s} s"


class PresenceAnswer(models.Model):
    """One row for every presence question that a person answered; added to, never edited."""

    holds_personal_data = False

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    challenge_no = models.PositiveIntegerField()
    answered_at = models.DateTimeField()
    in_time = models.BooleanField()

    class Meta:
        verbose_name = _("presence answer")
        verbose_name_plural = _("presence answers")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "challenge_no"),
                name="courses_presence_answered_once",
                violation_error_message=_("A presence question is answered once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} #{self.challenge_no} {'in time' if self.in_time else 'late'}"
