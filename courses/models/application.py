import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import PENDING_STATES, ApplicationState, DocumentKind
from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Words for finding applications."""

    def waiting(self) -> "ApplicationQuerySet":
        """Those on which the base has to decide."""
        return self.filter(state=ApplicationState.SUBMITTED)

    def visible_to(self, user: "User | AnonymousUser") -> "ApplicationQuerySet":
        """One's own, and for staff those made to the organisations they work for."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(
            models.Q(person__user=user) | models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))
        )


class Application(models.Model):
    """One row for every time a person asks for a place in an offering; the base decides, with a reason."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "statement": "what the applicant says about degree, years of work and prior certificate",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="applications")
    offering = models.ForeignKey("courses.Offering", on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="applications")
    # {degree, years, prior_certificate}: what is said; the documents prove it.
    statement = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.SUBMITTED)
    enrolment = models.OneToOneField(
        "courses.Enrolment", on_delete=models.PROTECT, null=True, blank=True, related_name="application"
    )
    created_at = models.DateTimeField()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("created_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "offering"),
                condition=models.Q(state__in=PENDING_STATES),
                name="courses_application_once_while_pending",
                violation_error_message=_("A person has one pending application for an offering."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=ApplicationState.APPROVED, enrolment__isnull=False)
                | ~models.Q(state=ApplicationState.APPROVED) & models.Q(enrolment__isnull=True),
                name="courses_application_approved_means_enrolled",
                violation_error_message=_("An approved application has its enrolment, and only that one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.offering_id}"

    @property
    def last_reason(self) -> str:
        """The reason that came with the last change of its state, if one was given."""
        return [event.reason for event in self.events.all()][-1]


class ApplicationEvent(models.Model):
    """One row for every change of an application's state; added to, never edited."""

    holds_personal_data = False

    application = models.ForeignKey("courses.Application", on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=12, choices=ApplicationState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=ApplicationState.choices)
    actor = models.CharField(max_length=60)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("application event")
        verbose_name_plural = _("application events")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(to_state__in=("returned", "refused")) | ~models.Q(reason=""),
                name="courses_application_turned_down_says_why",
                violation_error_message=_("Whoever returns or refuses an application says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.from_state} → {self.to_state}"


class ApplicationDocument(models.Model):
    """One row for every document of an application; the file itself lies enciphered among the private files."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"name": "the name of the file as the applicant had it"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey("courses.Application", on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    name = models.CharField(max_length=120)
    file = models.ForeignKey("records.PrivateFile", on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("application document")
        verbose_name_plural = _("application documents")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"
