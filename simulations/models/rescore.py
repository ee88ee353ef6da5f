import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import organisations_of
from simulations.enums import DECIDING_ROLES, RescoreState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class RescoreQuerySet(models.QuerySet["Rescore"]):
    """Words for finding rescores."""

    def visible_to(self, user: "User | AnonymousUser") -> "RescoreQuerySet":
        """Rescores at bases that one manages."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(organisation__in=organisations_of(user, *DECIDING_ROLES))


class Rescore(models.Model):
    """One row for every corrected rubric that a base applies to its attempts: tried dry, approved, then written.

    `corrected` is an edition of the same case that differs in nothing but how it is scored. `attempts` were looked
    at in the dry run; the newest of their scores was `newest_score`.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "prepared_by": "who proposed the correction",
        "decided_by": "who approved or refused it",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="simulation_rescores"
    )
    version = models.ForeignKey("simulations.ScenarioVersion", on_delete=models.PROTECT, related_name="rescores")
    corrected = models.ForeignKey("simulations.ScenarioVersion", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    state = models.CharField(max_length=10, choices=RescoreState.choices, default=RescoreState.PREPARED)
    prepared_by = models.CharField(max_length=120)
    prepared_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    newest_score = models.PositiveBigIntegerField(default=0)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = RescoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("rescore")
        verbose_name_plural = _("rescores")
        ordering = ("-prepared_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "version"),
                condition=models.Q(state__in=(RescoreState.PREPARED, RescoreState.APPROVED)),
                name="simulations_rescore_one_open",
                violation_error_message=_("An edition has one rescore under way at a base at a time."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=RescoreState.PREPARED, decided_by="", decided_at__isnull=True)
                | ~models.Q(state=RescoreState.PREPARED)
                & ~models.Q(decided_by="")
                & models.Q(decided_at__isnull=False)
                & ~models.Q(decided_by=models.F("prepared_by")),
                name="simulations_rescore_two_people",
                violation_error_message=_("A rescore is decided by somebody who did not prepare it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} by {self.corrected_id} {self.state}"


class RescoreLine(models.Model):
    """One row for every attempt whose score a dry run would change: its figures now and afterwards, item by item."""

    holds_personal_data = False

    rescore = models.ForeignKey("simulations.Rescore", on_delete=models.PROTECT, related_name="lines")
    attempt = models.ForeignKey("simulations.Attempt", on_delete=models.PROTECT, related_name="+")
    total_before = models.DecimalField(max_digits=5, decimal_places=2)
    total_after = models.DecimalField(max_digits=5, decimal_places=2)
    passed_before = models.BooleanField()
    passed_after = models.BooleanField()
    items = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("line of a rescore")
        verbose_name_plural = _("lines of rescores")
        constraints = [
            models.UniqueConstraint(
                fields=("rescore", "attempt"),
                name="simulations_rescore_line_once",
                violation_error_message=_("A rescore lists an attempt once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rescore_id} {self.attempt_id}"
