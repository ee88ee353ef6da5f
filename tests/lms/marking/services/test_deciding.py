from decimal import Decimal

import pytest

from lms.mailing.models import Notice
from lms.marking.enums import AllocationState, OutcomeRule
from lms.marking.models import Outcome
from lms.marking.services import marking
from lms.records.models import AuditEvent
from tests.factories.accounts import PersonFactory
from tests.factories.marking import (
    FAIR,
    FULL,
    NOTHING,
    make_lead,
    make_script,
    mark_script,
)
from tests.lms.marking.rounds import heard, placed, round_of, two_marked

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_three_who_stay_apart_are_for_the_lead(now) -> None:
    round_ = round_of(3)
    lead = make_lead(round_)
    script = two_marked(round_, FULL, NOTHING)
    mark_script(script, placed(script)[2], {"facts": "8", "advice": "0"})
    assert not script.outcomes.exists()
    assert Notice.objects.filter(kind="marking-lead", user_id=lead.pk).count() == 1

    with heard() as told:
        outcome = marking.decide(
            script=script, points=Decimal("9.50"), reason=" 事实对，没有建议 ", decided_by=lead, now=now
        )

    assert (outcome.rule, outcome.points, outcome.reason) == (OutcomeRule.DECIDED, Decimal("9.50"), "事实对，没有建议")
    assert (outcome.decided_by, len(outcome.marks)) == (f"user:{lead.pk}", 3)
    assert told == [(script.source, Decimal("9.50"))]
    assert AuditEvent.objects.filter(action="marking.script-decided").count() == 1


def test_a_lead_decides_where_nobody_is_left_and_the_waiting_marker_is_let_go(now) -> None:
    round_ = round_of(1)
    script, lead = make_script(round_), make_lead(round_)
    marking.decide(script=script, points=Decimal(7), reason="只有一位阅卷人", decided_by=lead, now=now)
    assert script.allocations.get().state == AllocationState.TAKEN_BACK


def test_a_lead_does_not_decide_what_is_with_its_markers_or_settled_by_them(now) -> None:
    round_ = round_of(2)
    lead, waiting = make_lead(round_), make_script(round_)
    for script in (waiting, two_marked(round_)):
        with pytest.raises(marking.NothingToDecide):
            marking.decide(script=script, points=Decimal(1), reason="想改", decided_by=lead, now=now)


def test_nobody_decides_about_their_own_work_nor_without_the_role_nor_without_a_reason(now) -> None:
    round_ = round_of(0)
    lead = make_lead(round_)
    own, other = make_script(round_, person=lead.person), make_script(round_)
    for script, user in ((own, lead), (other, PersonFactory().user)):
        with pytest.raises(marking.MayNotDecide):
            marking.decide(script=script, points=Decimal(1), reason="理由", decided_by=user, now=now)
    with pytest.raises(marking.ReasonMissing):
        marking.decide(script=other, points=Decimal(1), reason="  ", decided_by=lead, now=now)
    assert Outcome.objects.count() == 0


@pytest.mark.parametrize("points", ["-0.01", "20.01", "1.005", "NaN", "Infinity"])
def test_points_of_a_decision_lie_within_the_rubric(points: str, now) -> None:
    round_ = round_of(0)
    with pytest.raises(marking.PointsOutOfRange):
        marking.decide(
            script=make_script(round_), points=Decimal(points), reason="理由", decided_by=make_lead(round_), now=now
        )


def test_a_decision_is_not_moved_by_a_later_mark(now) -> None:
    round_ = round_of(3)
    script = two_marked(round_, FULL, NOTHING)
    users = placed(script)
    mark_script(script, users[2], {"facts": "8", "advice": "0"})
    lead = make_lead(round_)
    marking.decide(script=script, points=Decimal(10), reason="取中", decided_by=lead, now=now)
    with pytest.raises(marking.DecidedByLead):
        mark_script(script, users[0], FAIR)
    marking.decide(script=script, points=Decimal(11), reason="重读后改", decided_by=lead, now=now)
    assert list(script.outcomes.order_by("seq").values_list("points", flat=True)) == [Decimal(10), Decimal(11)]
