from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.marking.enums import AllocationState, OutcomeRule
from lms.marking.models import Mark
from lms.marking.selectors.outcomes import points_by_source
from lms.marking.services import marking
from lms.marking.services.rounds import close_round, remove_marker
from lms.marking.services.scripts import RoundIsClosed, seal
from lms.marking.services.settling import WouldUnsettle
from tests.factories.marking import (
    CRITERIA,
    FAIR,
    FULL,
    LOW,
    NOTHING,
    allocation_of,
    make_lead,
    make_script,
    mark_script,
)
from tests.lms.marking.rounds import heard, placed, round_of, two_marked

pytestmark = [pytest.mark.room, pytest.mark.django_db]


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
