import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import LIVE_STATES
from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of

from .enrolment import Enrolment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Words for finding announcements."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those of a course that one studies at that base, in one's cohort if it is for a cohort; for staff all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        mine = Enrolment.objects.filter(
            person__user=user,
            state__in=LIVE_STATES,
            course=models.OuterRef("course"),
            organisation=models.OuterRef("organisation"),
        )
        in_cohort = mine.filter(cohort=models.OuterRef("cohort"))
        return self.filter(
            models.Q(models.Exists(mine), cohort__isnull=True)
            | models.Q(models.Exists(in_cohort))
            | models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))
        )


class Announcement(models.Model):
    """One row for everything that a base tells those who study a course, all of them or one cohort. Not edited."""

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="announcements")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="announcements")
    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, null=True, blank=True, related_name="announcements"
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=4000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.title
