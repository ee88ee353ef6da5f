import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import IntervalReason, LeaseEnd


class StudyLease(models.Model):
    """One row for every stretch of wall time in which the server lets one page count study time.

    Leases of a person never overlap: the next one closes the one before. `credited_s` is what has been
    credited under this lease, never more than the wall time it lasted. `declared_s` is copied from the outline.
    """

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="leases")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    item_uid = models.CharField(max_length=40)
    declared_s = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=12, choices=LeaseEnd.choices, blank=True)
    credited_s = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("study lease")
        verbose_name_plural = _("study leases")
        constraints = [
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(closed_at__isnull=True),
                name="courses_lease_one_open_per_person",
                violation_error_message=_("A person studies in one page at a time."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")),
                name="courses_lease_expires_after_issue",
                violation_error_message=_("A lease expires after it was issued."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, ended_by="") | Q(closed_at__isnull=False) & ~Q(ended_by=""),
                name="courses_lease_closed_says_how",
                violation_error_message=_("A closed lease says how it ended."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.item_uid} {self.issued_at:%Y-%m-%d %H:%M:%S}"


class StudyInterval(models.Model):
    """One row for every claim of study time and the answer it got; added to, never edited.

    `accepted` lists the seconds credited as half-open pairs [[start, end], …]; all of an item's lists
    together are its progress. `covered_s` and `complete` are what the item stood at after this claim, so
    that the same claim sent again is answered with the same body.
    """

    holds_personal_data = False

    lease = models.ForeignKey("courses.StudyLease", on_delete=models.PROTECT, related_name="intervals")
    client_seq = models.PositiveBigIntegerField()
    start_s = models.PositiveIntegerField()
    end_s = models.PositiveIntegerField()
    accepted = models.JSONField()
    accepted_s = models.PositiveIntegerField()
    pending_s = models.PositiveIntegerField()
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
                condition=Q(accepted_s__lte=F("end_s") - F("start_s")),
                name="courses_interval_accepted_within_claim",
                violation_error_message=_("No more is credited than was claimed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease_id} #{self.client_seq}: {self.start_s}–{self.end_s} s"
