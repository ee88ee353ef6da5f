"""Finding organisations by what is printed in serials."""

from lms.cohorts.models import Cohort, Organisation


def organisation_by_code(code: str) -> Organisation | None:
    """The organisation that has this code."""
    return Organisation.objects.filter(code=code).first()


def cohort_of_base(organisation: Organisation, code: str) -> Cohort | None:
    """The cohort of this training base under this code."""
    return Cohort.objects.filter(organisation=organisation, code=code).select_related("organisation").first()
