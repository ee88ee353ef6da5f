from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class VersionReleaseQuerySet(models.QuerySet["VersionRelease"]):
    """Words for finding releases."""

    def visible_to(self, user: "User | AnonymousUser") -> "VersionReleaseQuerySet":
        """Those for cohorts of the organisations that `user` works for."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(cohort__organisation__in=organisations_of(user, *STAFF_ROLES))


class VersionRelease(models.Model):
    """One row for every later version that a manager lets a cohort's trainees choose; added to, never edited.

    Who studies in a cohort is offered a later version only with this row; who studies alone, at once.
    """

    holds_personal_data = False

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("courses.CourseVersion", on_delete=models.PROTECT, related_name="releases")
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    objects = VersionReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release of a later version")
        verbose_name_plural = _("releases of later versions")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("cohort", "version"),
                name="courses_version_released_once",
                violation_error_message=_("A later version is released to a cohort once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} → {self.cohort_id}"
