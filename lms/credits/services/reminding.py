"""Reminders about claims and credits, each told once; by night nobody is woken."""

from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.urls import reverse

from lms.cohorts.selectors.roles import users_in_role
from lms.credits.enums import CONFIRMING_ROLES
from lms.credits.models import Claim
from lms.credits.selectors.deadlines import (
    EXPIRING_DAYS,
    Expiring,
    expiring,
    overdue_at_organisations,
    to_complete_soon,
)
from lms.kernel.beijing import BEIJING
from lms.mailing.selectors.notices import told_since
from lms.mailing.services.announcing import announce

from .judging import tell_of_turning_down

WAKING_HOURS = range(8, 21)
AT_ONCE = 200


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Tell what is late or soon will be and was not told yet, so many at once; answers how many were told."""
    if now.astimezone(BEIJING).hour not in WAKING_HOURS:
        return 0
    today = now.astimezone(BEIJING).date()
    return _overdue(today, now) + _to_complete(today, now) + _expiring(today, now)


def _overdue(today: date, now: datetime) -> int:
    """Once a day, everybody who confirms at an organisation where claims wait past their day."""
    known = told_since("claim-overdue", now - timedelta(days=2))
    told = 0
    for base, number in overdue_at_organisations(today):
        ref = f"credits.overdue:{base.pk}:{today.isoformat()}"
        users = {user.pk: user for role in CONFIRMING_ROLES for user in users_in_role(base.pk, role, at=now)}
        for user in users.values():
            if (user.pk, ref) in known:
                continue
            announce(
                to=user,
                kind="claim-overdue",
                subject_ref=ref,
                context={"claims": number, "organisation": {"zh": base.name, "en": base.name_en}},
                url=reverse("credits:desk-claims"),
                organisation=base.code,
                now=now,
            )
            told += 1
    return told


def _to_complete(today: date, now: datetime) -> int:
    """Once more, a week before the day by which a returned claim is to be completed."""
    known = {ref for _user, ref in told_since("claim-returned", now - timedelta(days=30))}
    lying = (claim for claim in to_complete_soon(today) if _ref(claim) not in known)
    told = 0
    for claim in islice(lying, AT_ONCE):
        event = list(claim.events.all())[-1]
        tell_of_turning_down(claim=claim, event=event, subject_ref=_ref(claim), now=now)
        told += 1
    return told


def _ref(claim: Claim) -> str:
    return f"credits.claim:{claim.uid}:{claim.round}:again"


def _expiring(today: date, now: datetime) -> int:
    """Once for every day on which some of a person's credits stop counting, up to two months before."""
    known = {ref for _user, ref in told_since("credits-expiring", now - timedelta(days=EXPIRING_DAYS + 5))}
    due = (each for each in expiring(today) if _expiring_ref(each) not in known)
    told = 0
    for each in islice(due, AT_ONCE):
        announce(
            to=each.person.user,
            kind="credits-expiring",
            subject_ref=_expiring_ref(each),
            context={"points": f"{each.points:.2f}", "day": {"on": each.last_day.isoformat()}},
            url=reverse("credits:standing"),
            now=now,
        )
        told += 1
    return told


def _expiring_ref(each: Expiring) -> str:
    return f"credits.expiring:{each.person.pk}:{each.last_day.isoformat()}"
