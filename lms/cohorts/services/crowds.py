"""Places for a crowd of invented people, written in bulk."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.cohorts.models import Cohort, Membership
from lms.kernel.demo import is_demo
from lms.kernel.refusals import NotAllowed

if TYPE_CHECKING:
    from lms.accounts.models import Person

BATCH = 2_000


class NoCrowdHere(NotAllowed):
    """A real cohort takes people in one by one, each with a name behind it."""

    code = "crowd-outside-demonstration"
    message = _("People for load tests are invented in demonstrations only.")


@transaction.atomic
def seat_crowd(*, cohort: Cohort, people: Iterable["Person"], now: datetime) -> None:
    """Give each of `people` a place in the cohort; they have none yet."""
    if not is_demo():
        raise NoCrowdHere
    Membership.objects.bulk_create(
        [Membership(cohort=cohort, person=person, joined_at=now) for person in people], BATCH
    )
