import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of
from simulations.enums import AttemptState, Difficulty

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Words for finding attempts."""

    def open(self) -> "AttemptQuerySet":
        """Attempts still being played."""
        return self.filter(state=AttemptState.OPEN)

    def played_by(self, user: "User | AnonymousUser") -> "AttemptQuerySet":
        """One's own attempts."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person__user_id=user.pk)

    def visible_to(self, user: "User | AnonymousUser") -> "AttemptQuerySet":
        """One's own, and those of the people of a base for whose staff one belongs."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(person__user_id=user.pk) | models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))
        )


class Attempt(models.Model):
    """One row for every time a person sits down to a scenario.

    It pins the scenario version, the numeric variant, the difficulty and the engine. Both seeds are drawn by the server
    and never leave it before the attempt has ended. What happened is in `AttemptEvent`, never here.
    """

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="simulation_attempts")
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="simulation_attempts"
    )
    scenario_version = models.ForeignKey(
        "simulations.ScenarioVersion", on_delete=models.PROTECT, related_name="attempts"
    )
    assignment = models.ForeignKey(
        "simulations.Assignment", on_delete=models.PROTECT, related_name="attempts", null=True, blank=True
    )
    difficulty = models.CharField(
        _("difficulty"), max_length=8, choices=Difficulty.choices, default=Difficulty.STANDARD
    )
    variant_seed = models.BigIntegerField(editable=False)
    seed = models.BigIntegerField(editable=False)
    counted = models.BooleanField(_("counts for the level"))
    state = models.CharField(_("state"), max_length=8, choices=AttemptState.choices, default=AttemptState.OPEN)
    engine_version = models.CharField(max_length=20, editable=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("simulation attempt")
        verbose_name_plural = _("simulation attempts")
        ordering = ("-started_at", "-pk")
        indexes = [models.Index(fields=("person", "-started_at"))]
        constraints = [
            models.UniqueConstraint(
                fields=("person", "scenario_version"),
                condition=models.Q(state=AttemptState.OPEN),
                name="simulations_attempt_one_open",
                violation_error_message=_("A person plays one attempt of a scenario at a time."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=AttemptState.OPEN, ended_at__isnull=True)
                | models.Q(state=AttemptState.ENDED, ended_at__isnull=False),
                name="simulations_attempt_ended_has_moment",
                violation_error_message=_("An attempt that has ended says when."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
