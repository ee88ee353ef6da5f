import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import PracticeKind, PracticeState
from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class PracticeQuerySet(models.QuerySet["PracticeRecord"]):
    """Words for finding practice records."""

    def waiting(self) -> Self:
        """Those that a supervisor has to look at."""
        return self.filter(state=PracticeState.SUBMITTED)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, those one supervises, and for staff what people of their organisations have handed in."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        handed_in = ~models.Q(state=PracticeState.DRAFT)
        return self.filter(
            models.Q(person__user=user)
            | handed_in & models.Q(supervisor=user)
            | handed_in & models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))
        )


class PracticeRecord(models.Model):
    """One row for every piece of field practice that a person records, and a supervisor signs off.

    `fields` holds what its kind asks for (docs/reference/practice-records.md); credit claims are filled from it.
    Once confirmed the database refuses every change.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "title": "may name a firm or a contact",
        "fields": "may name contacts at firms and laboratories",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="practice_records")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="practice_records")
    kind = models.CharField(_("kind"), max_length=12, choices=PracticeKind.choices)
    title = models.CharField(_("title"), max_length=120)
    occurred_on = models.DateField(_("day"))
    fields = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=PracticeState.choices, default=PracticeState.DRAFT)
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="supervised_practice"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice record")
        verbose_name_plural = _("practice records")
        ordering = ("-occurred_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "submitted", "returned")) | models.Q(supervisor__isnull=False),
                name="courses_practice_judged_by_somebody",
                violation_error_message=_("A practice record is confirmed or refused by a supervisor."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class PracticeEvent(models.Model):
    """One row for every change of a practice record's state; added to, never edited."""

    holds_personal_data = False

    record = models.ForeignKey("courses.PracticeRecord", on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=12, choices=PracticeState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=PracticeState.choices)
    actor = models.CharField(max_length=60)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("practice event")
        verbose_name_plural = _("practice events")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.record_id}: {self.from_state} → {self.to_state}"


class PracticeEvidence(models.Model):
    """One row for every file that proves a practice record; the file itself lies among the private files."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"name": "the name of the file as its owner had it"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey("courses.PracticeRecord", on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=120)
    file = models.ForeignKey("records.PrivateFile", on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("practice evidence")
        verbose_name_plural = _("practice evidence")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.record_id} {self.name}"
