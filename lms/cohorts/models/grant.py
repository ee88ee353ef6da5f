from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import Role


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Words for finding grants."""

    def in_force(self, now: datetime) -> "RoleGrantQuerySet":
        """Grants that have begun and have not ended."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gt=now), since__lte=now)


class RoleGrant(models.Model):
    """One row for every role that a user holds for an organisation, with its dates; ended, never deleted."""

    holds_personal_data = False

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role grant")
        verbose_name_plural = _("role grants")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "organisation", "role"),
                condition=models.Q(until__isnull=True),
                name="cohorts_grant_once_while_open",
                violation_error_message=_("A user holds a role for an organisation once at a time."),
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="cohorts_grant_ends_after_it_begins",
                violation_error_message=_("A role ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation_id}"
