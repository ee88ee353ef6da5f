"""What follows when an item, and in the end the course, is complete, and when a correction undoes that."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from courses.enums import EnrolmentState
from courses.models import Enrolment, EnrolmentEvent, ItemProgress, StudyCorrection
from courses.selectors.outlines import item_of
from lms.credits.selectors.lines import hour_line_of
from lms.credits.services.hours import post_class_hours
from lms.credits.services.reversal import reverse
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact

from .enrolling import move

if TYPE_CHECKING:
    from lms.credits.models import HourLine


@transaction.atomic
def complete_item(*, enrolment: Enrolment, item_uid: str, now: datetime) -> None:
    """Post the item's class hours, once for ever, and complete the enrolment when it was the last item.

    Call it with the enrolment locked, its counters up to date, and inside the transaction of the last credit.
    """
    _post(enrolment, item_uid, now)
    progress = enrolment.progress
    if progress.done == progress.total and enrolment.state == EnrolmentState.ACTIVE:
        _report(enrolment, Decimal(1), f"courses.enrolment:{enrolment.pk}{_again(_reopenings(enrolment))}", now)
        move(enrolment=enrolment, to=EnrolmentState.COMPLETED, actor="system", reason="all-items-complete", now=now)


@transaction.atomic
def reopen_item(*, enrolment: Enrolment, item_uid: str, reason: str, actor: str, now: datetime) -> None:
    """Take the item's class hours back, and with them the completion of the course.

    Call it before the correction that reopens the item is written: corrections number the lines of the ledger.
    """
    line = hour_line_of(_source(enrolment, item_uid)) or _post(enrolment, item_uid, now)
    reverse(line=line, reason=reason, actor=actor, now=now)
    if enrolment.state == EnrolmentState.COMPLETED:
        number = _reopenings(enrolment) + 1
        _report(enrolment, Decimal(-1), f"courses.enrolment:{enrolment.pk}:reopened:{number}", now)
        move(enrolment=enrolment, to=EnrolmentState.ACTIVE, actor=actor, reason=reason[:200], now=now)


def _post(enrolment: Enrolment, item_uid: str, now: datetime) -> "HourLine":
    """The item's line in the hour ledger, with the minutes that were studied; written when it is not there yet.

    A lesson that was complete before an accepted update keeps its earlier minutes, whatever it declares now.
    """
    item = item_of(enrolment.course_version, item_uid)
    if item is None:
        raise LookupError(item_uid)
    studied = ItemProgress.objects.filter(enrolment=enrolment, item_uid=item_uid).values_list("declared_s", flat=True)
    return post_class_hours(
        person_id=enrolment.person_id,
        organisation_id=enrolment.organisation_id,
        module=item.module,
        minutes=(studied.first() or item.declared_s) // 60,
        source=_source(enrolment, item_uid),
        occurred_at=now,
        now=now,
        note=f"{enrolment.course_version.title} · {item.title_zh}",
    )


def _source(enrolment: Enrolment, item_uid: str) -> str:
    taken_back = StudyCorrection.objects.filter(enrolment=enrolment, item_uid=item_uid, minutes__lt=0).count()
    return f"courses.item:{enrolment.pk}:{item_uid}{_again(taken_back)}"


def _again(times: int) -> str:
    return f":{times}" if times else ""


def _reopenings(enrolment: Enrolment) -> int:
    return EnrolmentEvent.objects.filter(enrolment=enrolment, from_state=EnrolmentState.COMPLETED).count()


def _report(enrolment: Enrolment, value: Decimal, source: str, now: datetime) -> None:
    record_fact(
        person_id=enrolment.person_id,
        kind=FactKind.COURSE,
        ref=enrolment.course.code,
        value=value,
        source=source,
        occurred_at=now,
        now=now,
    )
