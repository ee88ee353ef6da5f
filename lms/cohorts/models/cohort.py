from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import MembershipState
from lms.kernel.levels import LevelCode

LEVEL_CHOICES = [(level.value, level.value) for level in LevelCode]


class Cohort(models.Model):
    """One row for every class (班次) that a training base runs for one level."""

    holds_personal_data = False

    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="cohorts")
    code = models.CharField(_("code"), max_length=30)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=LEVEL_CHOICES)
    scheme_version = models.ForeignKey(
        "schemes.SchemeVersion", on_delete=models.PROTECT, related_name="cohorts"
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    capacity = models.PositiveIntegerField(_("places"), default=60)
    created_at = models.DateTimeField()

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


class Membership(models.Model):
    """One row for every person on a cohort's roster; a person who leaves stays on it as withdrawn."""

    holds_personal_data = False

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="memberships")
    state = models.CharField(max_length=12, choices=MembershipState.choices, default=MembershipState.ACTIVE)
    employer = models.CharField(_("employer"), max_length=120, blank=True)
    joined_at = models.DateTimeField()

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
