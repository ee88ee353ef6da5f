import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import STAFF_ROLES, MembershipState
from lms.cohorts.selectors.roles import organisations_of
from simulations.enums import DESK_ROLES, Difficulty

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Words for finding assignments."""

    def set_to(self, person_id: int) -> "AssignmentQuerySet":
        """Assignments of the cohorts in which a person studies now."""
        return self.filter(
            cohort__memberships__person=person_id, cohort__memberships__state=MembershipState.ACTIVE
        ).distinct()

    def run_by(self, user: "User | AnonymousUser") -> "AssignmentQuerySet":
        """Assignments of the bases for which one trains or manages."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(organisation__in=organisations_of(user, *DESK_ROLES))

    def visible_to(self, user: "User | AnonymousUser") -> "AssignmentQuerySet":
        """Those set to oneself, and those of the bases for whose staff one belongs."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        mine = models.Q(cohort__memberships__person__user=user, cohort__memberships__state=MembershipState.ACTIVE)
        return self.filter(mine | models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))).distinct()


class Assignment(models.Model):
    """One row for every scenario that a training base sets to one of its cohorts.

    The scenario is meant by its code: `scenario_version` is the edition on offer when it was set, and an attempt
    is played on the edition on offer when it begins. `minutes_each` is one attempt's own limit from its first
    moment; what comes first, that or the end of the window, ends the attempt as it stands.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "set_by": "who set the scenario to the cohort",
        "closed_by": "who closed the assignment early",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="simulation_assignments"
    )
    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="simulation_assignments")
    scenario_version = models.ForeignKey(
        "simulations.ScenarioVersion", on_delete=models.PROTECT, related_name="assignments"
    )
    difficulty = models.CharField(
        _("difficulty"), max_length=8, choices=Difficulty.choices, default=Difficulty.STANDARD
    )
    counted = models.BooleanField(_("counts for the level"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"))
    minutes_each = models.PositiveIntegerField(_("minutes for one attempt"), null=True, blank=True)
    note = models.TextField(_("what the class should know"), blank=True)
    set_by = models.CharField(max_length=120)
    set_at = models.DateTimeField()
    closed_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assigned simulation")
        verbose_name_plural = _("assigned simulations")
        ordering = ("-opens_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="simulations_assignment_window",
                violation_error_message=_("An assignment closes after it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(attempts_allowed__gte=1),
                name="simulations_assignment_one_attempt",
                violation_error_message=_("An assignment allows at least one attempt."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_each__isnull=True) | models.Q(minutes_each__gte=10),
                name="simulations_assignment_ten_minutes",
                violation_error_message=_("An attempt is given ten minutes at least, or no limit of its own."),
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by="")
                | models.Q(closed_at__isnull=False) & ~models.Q(closed_by=""),
                name="simulations_assignment_closed_by_somebody",
                violation_error_message=_("An assignment that was closed early says who closed it and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_version_id} to {self.cohort_id}"


class AssignmentEvent(models.Model):
    """One row for every change of an assignment: what was set, changed or closed, by whom, and why."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"by": "who changed the assignment"}

    assignment = models.ForeignKey("simulations.Assignment", on_delete=models.PROTECT, related_name="events")
    changes = models.JSONField()
    reason = models.TextField(_("reason"), blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of an assignment")
        verbose_name_plural = _("changes of assignments")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.at:%Y-%m-%d}"
