"""Finding organisations: by what is printed in serials, and by who trains there."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from lms.cohorts.enums import LIVE_STATES
from lms.cohorts.models import Cohort, Membership, Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet


def organisation_by_code(code: str) -> Organisation | None:
    """The organisation that has this code."""
    return Organisation.objects.filter(code=code).first()


def organisations_training(person_id: int, also: "QuerySet[Any, Any]") -> "QuerySet[Organisation]":
    """Where a person has a place in a cohort, and those whose numbers `also` selects, by code (one query)."""
    placed = Membership.objects.filter(person=person_id, state__in=LIVE_STATES).values("cohort__organisation")
    return Organisation.objects.filter(Q(pk__in=placed) | Q(pk__in=also)).order_by("code")


def cohort_of_base(organisation: Organisation, code: str) -> Cohort | None:
    """The cohort of this training base under this code."""
    return Cohort.objects.filter(organisation=organisation, code=code).select_related("organisation").first()
