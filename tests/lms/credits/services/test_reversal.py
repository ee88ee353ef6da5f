from datetime import datetime
from decimal import Decimal

import pytest
from django.db.models import Sum

from lms.credits.enums import Book
from lms.credits.models import CreditLine, HourLine
from lms.credits.selectors.lines import with_words
from lms.credits.services.auditing import audit_ledger
from lms.credits.services.reversal import CannotReverseReversal, ReversalNeedsReason, reverse
from lms.records.selectors.audit import events_about
from lms.schemes.models import RequirementFact
from tests.factories.credits import make_hours, make_points

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_hours_taken_back_leave_both_lines_and_a_sum_of_nothing(now: datetime) -> None:
    line = make_hours()
    back = reverse(line=line, reason="课时登记到了别人名下", actor="user:7", now=now)
    assert (back.seq, back.minutes, back.class_hours, back.reversal_of) == (2, -25, -line.class_hours, line)
    assert HourLine.objects.aggregate(Sum("minutes"))["minutes__sum"] == 0
    assert RequirementFact.objects.aggregate(Sum("value"))["value__sum"] == 0
    assert audit_ledger(book=Book.HOURS).ok


def test_points_taken_back_say_who_and_why(now: datetime) -> None:
    line = make_points()
    back = reverse(line=line, reason=" 成绩作废 ", actor="user:7", now=now)
    told = [(each.points, each.words, each.verifier) for each in with_words(CreditLine.objects.order_by("seq"))]
    assert told == [(Decimal("2.00"), "", ""), (Decimal("-2.00"), "成绩作废", "user:7")]
    event = events_about(f"credits.credits:{line.pk}").get()
    assert (event.action, event.actor, event.detail) == (
        "credits.line-reversed",
        "user:7",
        {"reversed_by": 2, "reason_commitment": back.commitment},
    )


def test_a_line_is_taken_back_once(now: datetime) -> None:
    line = make_hours()
    first = reverse(line=line, reason="错", actor="user:7", now=now)
    assert reverse(line=line, reason="错", actor="user:8", now=now) == first
    assert HourLine.objects.count() == 2


def test_a_reason_is_wanted(now: datetime) -> None:
    with pytest.raises(ReversalNeedsReason):
        reverse(line=make_hours(), reason="  ", actor="user:7", now=now)
    assert HourLine.objects.count() == 1


def test_a_reversal_is_not_taken_back(now: datetime) -> None:
    back = reverse(line=make_hours(), reason="错", actor="user:7", now=now)
    with pytest.raises(CannotReverseReversal):
        reverse(line=back, reason="又错", actor="user:7", now=now)
