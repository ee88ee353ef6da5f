import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import DECIDED_STATES, EXAM_ROLES, AppealState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Words for finding appeals."""

    def visible_to(self, user: "User | AnonymousUser") -> "AppealQuerySet":
        """One's own appeals, and those against exams that one runs."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(attempt__seat__person__user=user)
            | models.Q(attempt__seat__exam__organisation__in=organisations_of(user, *EXAM_ROLES))
        )


class Appeal(models.Model):
    """One row for every appeal against a result: grounds, term, and one decision by a person with reasons.

    `decision` (schema 1) lists the changed points {slot, points}; the new result refers to the appeal.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "grounds": "what somebody holds against a result",
        "decided_by": "who decided",
        "explanation": "what the person was told",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey("exams.Attempt", on_delete=models.PROTECT, related_name="appeals")
    result = models.ForeignKey("exams.Result", on_delete=models.PROTECT, related_name="+")
    slots = models.JSONField(_("questions"), default=list)
    grounds = models.TextField(_("grounds"))
    state = models.CharField(max_length=12, choices=AppealState.choices, default=AppealState.FILED)
    filed_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    decision = models.JSONField(default=dict)
    explanation = models.TextField(_("explanation"), blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(
                fields=("result",),
                condition=~models.Q(state=AppealState.WITHDRAWN),
                name="exams_appeal_once_per_result",
                violation_error_message=_("A result is appealed against once."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DECIDED_STATES, decided_at__isnull=False)
                & ~models.Q(decided_by="")
                & ~models.Q(explanation="")
                | ~models.Q(state__in=DECIDED_STATES) & models.Q(decided_at__isnull=True, decided_by=""),
                name="exams_appeal_decided_by_a_person",
                violation_error_message=_("A decided appeal names the person who decided, and gives reasons."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.state}"
