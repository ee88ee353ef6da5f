import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import LIVE_STATES, EnrolmentState
from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Words for finding enrolments."""

    def live(self) -> "EnrolmentQuerySet":
        """Those that have not been withdrawn."""
        return self.filter(state__in=LIVE_STATES)

    def visible_to(self, user: "User | AnonymousUser") -> "EnrolmentQuerySet":
        """One's own, and for staff those of the organisations they work for."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        staffed = models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))
        return self.filter(models.Q(person__user=user) | staffed)

    def with_outline(self) -> "EnrolmentQuerySet":
        """With the version's outline and the stored counters, without the long text."""
        chain = self.select_related("course", "course_version", "progress", "scheme_version")
        return chain.defer("course_version__body")


class Enrolment(models.Model):
    """One row for every time a person takes up a course; it stays with the version it began with."""

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="enrolments")
    course_version = models.ForeignKey("courses.CourseVersion", on_delete=models.PROTECT, related_name="enrolments")
    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="enrolments")
    offering = models.ForeignKey(
        "courses.Offering", on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    # Under whose study rules time is counted; without it, those in force when the lease is granted.
    scheme_version = models.ForeignKey(
        "schemes.SchemeVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=EnrolmentState.choices, default=EnrolmentState.ACTIVE)
    enrolled_at = models.DateTimeField()

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ("-enrolled_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "course"),
                condition=models.Q(state__in=LIVE_STATES),
                name="courses_enrolment_once_while_live",
                violation_error_message=_("A person takes a course once at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.course_id}"


class EnrolmentEvent(models.Model):
    """One row for every change of an enrolment's state; added to, never edited."""

    holds_personal_data = False

    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=12, choices=EnrolmentState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=EnrolmentState.choices)
    actor = models.CharField(max_length=60)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("enrolment event")
        verbose_name_plural = _("enrolment events")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.from_state} → {self.to_state}"


class VersionAnswer(models.Model):
    """One row for every answer to an offered later version of a course; added to, never edited.

    With `accepted` the enrolment moved from the one to the other; else the person keeps what they read.
    `carried` is what the move made of begun lessons that are gone or declare other minutes:
    {item_uid: {declared_s, covered}}.
    """

    holds_personal_data = False

    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="version_answers")
    from_version = models.ForeignKey("courses.CourseVersion", on_delete=models.PROTECT, related_name="+")
    to_version = models.ForeignKey("courses.CourseVersion", on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    carried = models.JSONField(null=True, editable=False)
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer to a later version")
        verbose_name_plural = _("answers to later versions")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("enrolment", "from_version", "to_version"),
                name="courses_version_answered_once",
                violation_error_message=_("A later version is answered once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.from_version_id} → {self.to_version_id}"
