from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.mailing.models import Notice
from lms.marking.enums import AllocationState, OutcomeRule
from lms.marking.models import Mark, Outcome, Script
from lms.marking.selectors.outcomes import points_by_source
from lms.marking.services import marking
from lms.marking.services.rounds import close_round, remove_marker
from lms.marking.services.scripts import RoundIsClosed, seal
from lms.marking.services.settling import WouldUnsettle
from lms.marking.signals import script_decided
from lms.records.models import AuditEvent
from tests.factories.accounts import PersonFactory
from tests.factories.marking import (
    CRITERIA,
    FAIR,
    FULL,
    LOW,
    NOTHING,
    allocation_of,
    make_lead,
    make_marker,
    make_round,
    make_script,
    mark_script,
)

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@contextmanager
def heard() -> Iterator[list]:
    told: list[tuple[str, Decimal]] = []

    def listen(*, outcome: Outcome, source: str, **rest: object) -> None:
        told.append((source, outcome.points))

    script_decided.connect(listen)
    try:
        yield told
    finally:
        script_decided.disconnect(listen)


def placed(script: Script) -> list:
    """Who holds the script, in the order of the places."""
    live = script.allocations.filter(state__in=("open", "marked")).order_by("place")
    return [each.marker.user for each in live]


def two_marked(round_, first=FULL, second=FULL) -> Script:
    script = make_script(round_)
    for user, marks in zip(placed(script), (first, second), strict=True):
        mark_script(script, user, marks)
    return script


def round_of(markers: int, **rules: object):
    round_ = make_round(**rules)
    for _number in range(markers):
        make_marker(round_)
    return round_


def test_two_marks_within_the_gap_settle_a_script_once() -> None:
    round_ = round_of(2)
    with heard() as told:
        script = two_marked(round_, FULL, FAIR)
    outcome = script.outcomes.get()
    assert (outcome.rule, outcome.points, outcome.max_points) == (OutcomeRule.MEAN, Decimal(18), Decimal(20))
    assert outcome.marks == list(Mark.objects.order_by("pk").values_list("pk", flat=True))
    assert told == [(script.source, Decimal(18))]
    assert points_by_source([script.source, "tests.attempt:0:0"]) == {script.source: Decimal(18)}


def test_a_third_marker_is_called_blind_and_the_two_nearest_stand() -> None:
    round_ = round_of(3)
    script = two_marked(round_, FULL, LOW)
    assert not script.outcomes.exists()
    third = placed(script)[2]
    assert third not in placed(script)[:2]

    mark_script(script, third, FAIR)

    outcome = script.outcomes.get()
    assert (outcome.rule, outcome.points) == (OutcomeRule.NEAREST, Decimal(18))


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


def test_the_same_marks_sent_twice_are_one_row_and_tell_once() -> None:
    round_ = round_of(2)
    with heard() as told:
        script = two_marked(round_)
        user = placed(script)[0]
        assert mark_script(script, user, {"facts": "12.0", "advice": "8.00"}) == mark_script(script, user, FULL)
    assert Mark.objects.count() == 2
    assert len(told) == 1


def test_another_mark_before_the_result_writes_another_outcome_and_tells_if_points_change() -> None:
    round_ = round_of(2)
    script = two_marked(round_, FULL, FAIR)
    first, second = placed(script)
    with heard() as told:
        mark_script(script, first, FAIR)
        mark_script(script, second, FAIR, comment="再读一遍，仍是这个分")
    assert list(script.outcomes.order_by("seq").values_list("seq", "points")) == [
        (1, Decimal(18)),
        (2, Decimal(16)),
        (3, Decimal(16)),
    ]
    assert told == [(script.source, Decimal(16))]


def test_what_would_unsettle_a_settled_script_is_refused() -> None:
    round_ = round_of(3)
    script = two_marked(round_)
    with pytest.raises(WouldUnsettle):
        mark_script(script, placed(script)[0], NOTHING)
    assert (script.outcomes.count(), Mark.objects.count()) == (1, 2)


def test_two_who_come_to_agree_let_the_third_marker_go() -> None:
    round_ = round_of(3)
    script = two_marked(round_, FULL, LOW)
    first, second, third = placed(script)
    mark_script(script, second, FAIR)
    assert placed(script) == [first, second]
    assert allocation_of(script, third).state == AllocationState.TAKEN_BACK
    assert script.outcomes.get().points == Decimal(18)


def test_a_sealed_script_takes_no_marks_no_conflict_and_no_decision(now) -> None:
    round_ = round_of(2)
    lead, script = make_lead(round_), two_marked(round_)
    user = placed(script)[0]
    assert seal(sources=[script.source], now=now) == seal(sources=[script.source], now=now) == 1
    with pytest.raises(marking.ResultIsOut):
        mark_script(script, user, FAIR)
    with pytest.raises(marking.ResultIsOut):
        marking.decline(allocation=allocation_of(script, user), reason="认识", now=now)
    with pytest.raises(marking.ResultIsOut):
        marking.decide(script=script, points=Decimal(1), reason="想改", decided_by=lead, now=now)


def test_a_closed_round_takes_no_marks(now) -> None:
    round_ = round_of(2)
    script = two_marked(round_)
    close_round(round=round_, actor=make_lead(round_), now=now)
    with pytest.raises(RoundIsClosed):
        mark_script(script, placed(script)[0], FAIR)


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


@pytest.mark.parametrize(
    ("criteria", "refusal", "words"),
    [
        ({}, marking.CriteriaOpen, "事实写得准确、建议可以执行"),
        ({"facts": "12"}, marking.CriteriaOpen, "建议可以执行"),
        ({"facts": "12", "advice": ""}, marking.CriteriaOpen, "建议可以执行"),
        ({"facts": "11", "advice": "8"}, marking.NotALevel, "11"),
        ({"facts": "-4", "advice": "8"}, marking.NotALevel, "-4"),
        ({"facts": "NaN", "advice": "8"}, marking.NotALevel, "NaN"),
        ({"facts": "十二", "advice": "8"}, marking.NotALevel, "十二"),
        ({"facts": "1e9999999", "advice": "8"}, marking.NotALevel, "1e9999999"),
    ],
)
def test_marks_that_are_no_levels_are_refused_in_words(criteria: dict, refusal: type, words: str) -> None:
    script = make_script(round_of(2))
    with pytest.raises(refusal) as refused:
        mark_script(script, placed(script)[0], criteria)
    assert words in str(refused.value)
    assert Mark.objects.count() == 0


def test_another_window_is_told_and_can_save_again(now) -> None:
    script = make_script(round_of(2))
    allocation = allocation_of(script, placed(script)[0])
    marking.put_mark(allocation=allocation, criteria=FULL, comment="", seen=0, now=now)
    with pytest.raises(marking.MarkedElsewhere):
        marking.put_mark(allocation=allocation, criteria=FAIR, comment="", seen=0, now=now)
    assert marking.put_mark(allocation=allocation, criteria=FAIR, comment="", seen=1, now=now).seq == 2


def test_what_was_given_back_or_taken_back_is_marked_no_more(now) -> None:
    round_ = round_of(2)
    lead, declined, taken = make_lead(round_), make_script(round_), make_script(round_)
    user = placed(declined)[0]
    marking.decline(allocation=allocation_of(declined, user), reason="同事", now=now)
    remove_marker(round=round_, user=user, actor=lead, now=now)
    for script in (declined, taken):
        with pytest.raises(marking.NotYourScript):
            mark_script(script, user)


def test_a_conflict_needs_a_reason_and_an_unsettled_script(now) -> None:
    round_ = round_of(2)
    script = two_marked(round_)
    with pytest.raises(marking.ReasonMissing):
        marking.decline(allocation=allocation_of(script, placed(script)[0]), reason=" ", now=now)
    with pytest.raises(marking.NothingToGiveBack):
        marking.decline(allocation=allocation_of(script, placed(script)[0]), reason="同学", now=now)


def test_a_mark_of_somebody_who_gave_the_script_back_does_not_count(now) -> None:
    round_ = round_of(3)
    script = make_script(round_)
    first, second = placed(script)
    mark_script(script, first, NOTHING)
    marking.decline(allocation=allocation_of(script, first), reason="读到后面认出来了", now=now)
    mark_script(script, second, FULL)
    mark_script(script, placed(script)[0], FULL)
    assert script.outcomes.get().points == Decimal(20)


levels = st.fixed_dictionaries(
    {each["id"]: st.sampled_from([level["points"] for level in each["levels"]]) for each in CRITERIA}
)
acts = st.lists(st.tuples(st.integers(0, 3), levels), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_whatever_markers_do_the_newest_outcome_is_what_the_standing_marks_give(acts: list) -> None:
    round_ = round_of(4)
    script = make_script(round_)
    for who, criteria in acts:
        here = placed(script)
        try:
            mark_script(script, here[who % len(here)], criteria)
        except WouldUnsettle:
            continue
    outcomes = list(script.outcomes.order_by("seq"))
    assert [each.seq for each in outcomes] == list(range(1, len(outcomes) + 1))
    for outcome in outcomes:
        given_points = sorted(Mark.objects.filter(pk__in=outcome.marks).values_list("points", flat=True))
        assert given_points[0] <= outcome.points <= given_points[-1]
    assert len({user.pk for user in placed(script)}) == len(placed(script)) <= 3
