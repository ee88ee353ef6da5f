from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.jobs.enums import ENDED_STATES, OPEN_STATES, JobState


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> Self:
        """Waiting or running."""
        return self.filter(state__in=OPEN_STATES)

    def due(self, now: datetime) -> Self:
        """Free to be taken, the longest waiting first."""
        return self.filter(state=JobState.QUEUED, run_after__lte=now).order_by("run_after", "pk")

    def abandoned(self, now: datetime) -> Self:
        """Running, but nobody renewed the lease: the worker has died or lost its database."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=now)

    def visible_to(self, user: Any) -> Self:
        """One's own work (`owner` is `user:<id>`); superusers see all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(owner=f"user:{user.pk}")


class Job(models.Model):
    """One row for every piece of background work: it is the truth, a broker only carries its number.

    `attempts` counts how often it was taken and fences off whoever took it before: only the latest taker
    can write its effect. What the work produced stands in the rooms' own tables, not here.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "payload": "ids of the rows that the work is about",
        "owner": "who may follow and cancel the work",
    }

    task = models.CharField(max_length=80)
    key = models.CharField(max_length=160, blank=True)
    payload = models.JSONField(default=dict)
    owner = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField()
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(
                fields=("task", "key"),
                condition=models.Q(state__in=OPEN_STATES) & ~models.Q(key=""),
                name="jobs_one_open_job_per_key",
                violation_error_message=_("The same work does not wait twice."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=JobState.RUNNING, lease_until__isnull=False)
                | ~models.Q(state=JobState.RUNNING) & models.Q(lease_until__isnull=True),
                name="jobs_lease_while_running",
                violation_error_message=_("A job has a lease while it runs, and at no other time."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ENDED_STATES, ended_at__isnull=False)
                | models.Q(state__in=OPEN_STATES, ended_at__isnull=True),
                name="jobs_ended_has_time",
                violation_error_message=_("A job that has ended says when, and no other does."),
            ),
        ]
        indexes = [
            models.Index(fields=("state", "run_after", "id")),
            models.Index(fields=("owner", "created_at")),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.key or self.pk} {self.state}"
