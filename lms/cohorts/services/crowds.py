"""Places for a crowd of invented people, written in bulk."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from lms.accounts.services.crowds import NoCrowdHere
from lms.cohorts.models import Cohort, Membership
from lms.kernel.demo import is_demo

if TYPE_CHECKING:
    from lms.accounts.models import Person

BATCH = 2_000


@transaction.atomic
def seat_crowd(*, cohort: Cohort, people: Iterable["Person"], now: datetime) -> None:
    """Give each of `people` a place in the cohort; they have none yet."""
    if not is_demo():
        raise NoCrowdHere
    Membership.objects.bulk_create(
        [Membership(cohort=cohort, person=person, joined_at=now) for person in people], BATCH
    )
