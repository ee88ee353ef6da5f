from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, subject: str) -> Self:
        """What was done to one thing, oldest first."""
        return self.filter(subject=subject).order_by("at", "pk")

    def of_organisations(self, codes: Iterable[str]) -> Self:
        """What was done in these organisations; rooms above know whose codes a reader may see."""
        return self.filter(organisation__in=codes)

    def visible_to(self, user: Any) -> Self:
        """The whole book is for superusers; staff read their organisation's part through rooms above."""
        return self if user.is_authenticated and user.is_superuser else self.none()


class AuditEvent(models.Model):
    """One row for every act that somebody may have to answer for; added to, never edited.

    Actor and subject are plain references (`user:12`, `certificates.decision:5`): the book stands below
    every room and outlives their rows. There is one chain for each organisation, and one without name for
    acts that belong to none.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "actor": "who answers for the act",
        "detail": "what was done, for later review",
    }

    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=160)
    organisation = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)
    seq = models.PositiveBigIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "seq"),
                name="records_audit_line_once",
                violation_error_message=_("An organisation's audit chain has each line once."),
            ),
            models.CheckConstraint(
                condition=~models.Q(actor="") & ~models.Q(action="") & ~models.Q(subject=""),
                name="records_audit_event_whole",
                violation_error_message=_("An audit event says who did what to which thing."),
            ),
        ]
        indexes = [models.Index(fields=("subject", "at")), models.Index(fields=("organisation", "at"))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.subject}"
