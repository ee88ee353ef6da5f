"""What follows when an item, and in the end the course, is complete."""

from datetime import datetime

from django.db import transaction

from courses.enums import EnrolmentState
from courses.models import Enrolment
from courses.selectors.outlines import item_of
from lms.credits.services.hours import post_class_hours

from .enrolling import move


@transaction.atomic
def complete_item(*, enrolment: Enrolment, item_uid: str, now: datetime) -> None:
    """Post the item's class hours, once for ever, and complete the enrolment when it was the last item.

    Call it with the enrolment locked, its counters up to date, and inside the transaction of the last credit.
    """
    item = item_of(enrolment.course_version, item_uid)
    if item is None:
        raise LookupError(item_uid)
    post_class_hours(
        person_id=enrolment.person_id,
        organisation_id=enrolment.organisation_id,
        module=item.module,
        minutes=item.minutes,
        source=f"courses.item:{enrolment.pk}:{item.uid}",
        occurred_at=now,
        now=now,
        note=f"{enrolment.course_version.title} · {item.title_zh}",
    )
    progress = enrolment.progress
    if progress.done == progress.total and enrolment.state == EnrolmentState.ACTIVE:
        move(enrolment=enrolment, to=EnrolmentState.COMPLETED, actor="system", reason="all-items-complete", now=now)
