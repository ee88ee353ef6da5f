from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import LIVE_STATES, STAFF_ROLES, MembershipState
from lms.kernel.levels import LevelCode

from .organisation import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

LEVEL_CHOICES = [(level.value, level.value) for level in LevelCode]


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Words for finding cohorts."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Cohorts in which `user` has a place, and those of the organisations that `user` works for."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        placed = Membership.objects.filter(person__user_id=user.pk, state__in=LIVE_STATES)
        return self.filter(
            models.Q(pk__in=placed.values("cohort"))
            | models.Q(organisation__in=Organisation.objects.staffed_by(user, *STAFF_ROLES))
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Words for finding places in cohorts."""

    def live(self) -> Self:
        """Places of people who study or have finished, not of those who left."""
        return self.filter(state__in=LIVE_STATES)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own place, and those in cohorts of the organisations that `user` works for."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(person__user_id=user.pk)
            | models.Q(cohort__organisation__in=Organisation.objects.staffed_by(user, *STAFF_ROLES))
        )


class Cohort(models.Model):
    """One row for every class (班次) that a training base runs for one level."""

    holds_personal_data = False

    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="cohorts")
    code = models.CharField(_("code"), max_length=30)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=LEVEL_CHOICES)
    scheme_version = models.ForeignKey("schemes.SchemeVersion", on_delete=models.PROTECT, related_name="cohorts")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    capacity = models.PositiveIntegerField(_("places"), default=60)
    created_at = models.DateTimeField()

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "code"),
                name="cohorts_cohort_code_once_per_base",
                violation_error_message=_("A training base uses a cohort code once."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="cohorts_cohort_ends_after_it_starts",
                violation_error_message=_("A cohort ends on or after its first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def local_title(self) -> str:
        """Its title in the language now active."""
        return self.title_en if get_language() == "en" and self.title_en else self.title


class Membership(models.Model):
    """One row for every person on a cohort's roster; a person who leaves stays on it as withdrawn."""

    holds_personal_data = False

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="memberships")
    state = models.CharField(max_length=12, choices=MembershipState.choices, default=MembershipState.ACTIVE)
    employer = models.CharField(_("employer"), max_length=120, blank=True)
    joined_at = models.DateTimeField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=("cohort", "person"),
                name="cohorts_membership_once",
                violation_error_message=_("A person stands on a roster once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.cohort_id}"
