import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.enums import OfferingMode, OfferingState
from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class OfferingQuerySet(models.QuerySet["Offering"]):
    """Words for finding offerings."""

    def public(self) -> "OfferingQuerySet":
        """Those that the catalogue announces, whether or not places are left."""
        return self.exclude(state=OfferingState.PLANNED)

    def not_over(self, day: date) -> "OfferingQuerySet":
        """Those that are announced and whose last day has not passed."""
        return self.public().filter(ends_on__gte=day)

    def open_on(self, day: date) -> "OfferingQuerySet":
        """Those that take people in on this day."""
        last = models.Q(enrol_until__isnull=True) | models.Q(enrol_until__gte=day)
        return self.filter(last, state=OfferingState.OPEN)

    def visible_to(self, user: "User | AnonymousUser") -> "OfferingQuerySet":
        """What is announced, and for staff what their organisations still plan."""
        if not user.is_authenticated:
            return self.public()
        if user.is_superuser:
            return self
        return self.filter(
            ~models.Q(state=OfferingState.PLANNED) | models.Q(organisation__in=organisations_of(user, *STAFF_ROLES))
        )


class Offering(models.Model):
    """One row for every time a training base offers a course: when, where, how, and for how many.

    The course is what is taught; the offering is the occasion. `documents` lists the kinds of document
    (`DocumentKind`) that an applicant uploads for the eligibility review; with any, or with `needs_approval`,
    people apply and the base decides. Without `seats` there is no limit.
    """

    holds_personal_data = False

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="offerings")
    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="offerings")
    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, null=True, blank=True, related_name="offerings"
    )
    code = models.CharField(_("code"), max_length=30)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    mode = models.CharField(_("mode"), max_length=12, choices=OfferingMode.choices, default=OfferingMode.ONLINE)
    city = models.CharField(_("city"), max_length=60, blank=True)
    venue = models.CharField(_("place"), max_length=120, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    enrol_until = models.DateField(_("last day of enrolment"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("places"), null=True, blank=True)
    needs_approval = models.BooleanField(_("the base approves each place"), default=False)
    documents = models.JSONField(_("documents asked for"), default=list, blank=True)
    state = models.CharField(max_length=12, choices=OfferingState.choices, default=OfferingState.PLANNED)
    created_at = models.DateTimeField()

    objects = OfferingQuerySet.as_manager()

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        ordering = ("starts_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "code"),
                name="courses_offering_code_once_per_base",
                violation_error_message=_("A training base uses an offering code once."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="courses_offering_ends_after_it_starts",
                violation_error_message=_("An offering ends on or after its first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(seats__isnull=True) | models.Q(seats__gte=1),
                name="courses_offering_has_a_place",
                violation_error_message=_("An offering with limited places has at least one."),
            ),
            models.CheckConstraint(
                condition=models.Q(mode=OfferingMode.ONLINE) | ~models.Q(city=""),
                name="courses_offering_on_site_has_a_city",
                violation_error_message=_("What is taught on site says in which city."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def local_title(self) -> str:
        """Its title in the language now active."""
        return self.title_en if get_language() == "en" and self.title_en else self.title

    def described(self) -> dict[str, Any]:
        """This occasion in the words of schema.org."""
        online = self.mode == OfferingMode.ONLINE
        described: dict[str, Any] = {
            "@type": "CourseInstance",
            "name": self.local_title,
            "courseMode": {OfferingMode.ON_SITE: "Onsite", OfferingMode.BLENDED: "Blended"}.get(
                OfferingMode(self.mode), "Online"
            ),
            "startDate": self.starts_on.isoformat(),
            "endDate": self.ends_on.isoformat(),
            "organizer": {"@type": "Organization", "name": self.organisation.local_name},
        }
        if not online:
            described["location"] = {"@type": "Place", "name": self.venue or self.city, "address": self.city}
        if self.seats is not None:
            described["maximumAttendeeCapacity"] = self.seats
        return described

    @property
    def by_application(self) -> bool:
        """Whether people apply and the base decides."""
        return self.needs_approval or bool(self.documents)
