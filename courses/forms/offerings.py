from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import DocumentKind, OfferingMode
from courses.models import Course
from courses.selectors.offerings import cohorts_to_offer, courses_to_offer

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class CourseChoice(forms.ModelChoiceField):
    """Courses by their title and base; a manager of several bases tells them apart."""

    def label_from_instance(self, obj: Any) -> str:
        page = getattr(obj, "page", None)
        return f"{page.title_here if page else obj.code} · {obj.organisation.local_name}"


class CohortChoice(forms.ModelChoiceField):
    """Cohorts by title and base."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.local_title} · {obj.organisation.local_name}"


class OfferingForm(forms.Form):
    """An offering as a manager writes it down."""

    course = CourseChoice(label=_("Course"), queryset=Course.objects.none())
    cohort = CohortChoice(
        label=_("Cohort"),
        queryset=None,
        required=False,
        help_text=_("Whoever gets a place is put on the roster of this cohort. May stay empty."),
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=160, required=False)
    code = forms.CharField(
        label=_("Code"), max_length=30, help_text=_("Short, and used once by your base, for example JTB-2027-SPRING.")
    )
    mode = forms.ChoiceField(label=_("How it is taught"), choices=OfferingMode.choices)
    city = forms.CharField(
        label=_("City"), max_length=60, required=False, help_text=_("Needed if people have to come.")
    )
    venue = forms.CharField(label=_("Place"), max_length=120, required=False)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    enrol_until = forms.DateField(
        label=_("Last day of enrolment"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until midnight, Beijing time. Empty: as long as the offering is open."),
    )
    seats = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=100_000, required=False, help_text=_("Empty: no limit.")
    )
    needs_approval = forms.BooleanField(label=_("The base approves each place"), required=False)
    documents = forms.MultipleChoiceField(
        label=_("Documents asked for"),
        choices=DocumentKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ask only for what the decision needs. With any of them, people apply and the base decides."),
    )

    def __init__(self, *args: Any, user: "User | AnonymousUser", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses_to_offer(user)  # type: ignore[attr-defined]
        self.fields["cohort"].queryset = cohorts_to_offer(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("An offering ends on or after its first day."))
        if cleaned.get("mode") not in (None, OfferingMode.ONLINE) and not cleaned.get("city"):
            self.add_error("city", _("What is taught on site says in which city."))
        if cleaned.get("enrol_until") and last and cleaned["enrol_until"] > last:
            self.add_error("enrol_until", _("Enrolment ends on or before the last day of the offering."))
        return cleaned
