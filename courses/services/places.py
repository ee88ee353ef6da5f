"""What stands before a place: the rules of the course, the time of enrolment, and that a place is left."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cms.foundation.services.visitors import drop_pages
from courses.enums import OfferingState
from courses.models import Course, Offering
from courses.selectors.offerings import day_of, places_left
from courses.selectors.prerequisites import prerequisites_of
from lms.kernel.refusals import Conflict, Refusal

if TYPE_CHECKING:
    from lms.accounts.models import Person


class OfferingClosed(Conflict):
    """Closed by the base, or the last day of enrolment is over."""

    code = "offering-closed"
    message = _("Enrolment in “%(offering)s” is closed. Look at the other offerings of the course.")


class OfferingFull(Conflict):
    """Somebody else took the last place."""

    code = "offering-full"
    message = _("The last place in “%(offering)s” has just been taken. Look at the other offerings of the course.")


class PrerequisitesMissing(Refusal):
    """What the course asks for first is not there yet; `reasons` says so rule by rule."""

    code = "prerequisites-missing"
    message = _("Something has to come before this course: %(reasons)s")


def require_prerequisites(*, person: "Person", course: Course) -> None:
    """Refuse whoever lacks what the course asks for first, with a sentence for each rule that is not met."""
    standing = prerequisites_of(course, person.pk)
    if standing is not None and not standing.met:
        raise PrerequisitesMissing(reasons=" ".join(leaf.why for leaf in standing.leaves() if not leaf.met))


def require_open(offering: Offering, now: datetime) -> None:
    """Refuse outside the time of enrolment."""
    today = day_of(now)
    over = offering.ends_on < today or (offering.enrol_until is not None and offering.enrol_until < today)
    if offering.state != OfferingState.OPEN or over:
        raise OfferingClosed(offering=offering.local_title)


def require_place(offering: Offering) -> None:
    """Refuse when every place is taken. To give one away, lock the offering first."""
    left = places_left(offering)
    if left is not None and left <= 0:
        raise OfferingFull(offering=offering.local_title)


def take_place(offering_id: int, *, reviewed: bool, now: datetime) -> None:
    """Lock the offering, so that of two who want its last place one gets it; pages show the places left anew."""
    locked = Offering.objects.select_for_update().get(pk=offering_id)
    if not reviewed:
        require_open(locked, now)
    require_place(locked)
    drop_pages()
