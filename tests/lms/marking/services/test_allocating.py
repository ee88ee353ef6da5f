from collections import Counter
from datetime import timedelta

import pytest

from lms.cohorts.models import RoleGrant
from lms.mailing.models import Notice
from lms.marking.enums import AllocationState
from lms.marking.models import Allocation, Script
from lms.marking.services.marking import decline
from lms.marking.services.rounds import CannotMark, add_marker, remove_marker
from tests.factories.accounts import PersonFactory
from tests.factories.marking import allocation_of, make_lead, make_marker, make_round, make_script, mark_script

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def holders(script: Script) -> dict[int, int]:
    """Who holds a script now, by place."""
    live = script.allocations.filter(state__in=("open", "marked"))
    return {each.place: each.marker.user_id for each in live}


def taken(round_) -> Counter:
    return Counter(Allocation.objects.filter(script__round=round_).values_list("marker__user", flat=True))


def test_a_script_goes_to_two_different_people() -> None:
    round_ = make_round()
    markers = {make_marker(round_).pk for _number in range(3)}
    given = holders(make_script(round_))
    assert set(given) == {1, 2}
    assert len(set(given.values())) == 2
    assert set(given.values()) <= markers


def test_one_marker_is_enough_where_the_round_says_so() -> None:
    round_ = make_round(markers_per_script=1)
    make_marker(round_), make_marker(round_)
    assert list(holders(make_script(round_))) == [1]


def test_scripts_are_shared_out_by_share() -> None:
    round_ = make_round()
    weights = {make_marker(round_, weight=weight).pk: weight for weight in (1, 1, 1, 1, 2)}
    for _number in range(15):
        make_script(round_)
    by_share = {pk: number / weights[pk] for pk, number in taken(round_).items()}
    assert sum(taken(round_).values()) == 30
    assert len(by_share) == 5
    assert all(4 <= share <= 6 for share in by_share.values()), by_share


def test_pairs_change_from_script_to_script() -> None:
    round_ = make_round()
    for _number in range(4):
        make_marker(round_)
    pairs = {frozenset(holders(make_script(round_)).values()) for _number in range(24)}
    assert len(pairs) >= 4


def test_nobody_marks_their_own_work() -> None:
    round_ = make_round()
    markers = [make_marker(round_) for _number in range(3)]
    script = make_script(round_, person=markers[0].person)
    assert set(holders(script).values()) == {markers[1].pk, markers[2].pk}


def test_whoever_has_lost_the_role_is_given_nothing_more(clock, now) -> None:
    round_ = make_round()
    stays, goes = make_marker(round_), make_marker(round_)
    RoleGrant.objects.filter(user=goes).update(until=now - timedelta(days=1))
    assert set(holders(make_script(round_)).values()) == {stays.pk}


def test_where_nobody_is_left_the_lead_is_told_and_the_next_marker_gets_the_place(now) -> None:
    round_ = make_round()
    lead, first = make_lead(round_), make_marker(round_)
    script = make_script(round_)
    assert holders(script) == {1: first.pk}
    assert [(n.user_id, n.context["code"]) for n in Notice.objects.filter(kind="marking-lead")] == [
        (lead.pk, script.code)
    ]

    second = make_marker(round_)
    assert holders(script) == {1: first.pk, 2: second.pk}


def test_the_lead_whose_own_script_it_is_hears_nothing() -> None:
    round_ = make_round()
    lead, other = make_lead(round_), make_lead(round_)
    make_script(round_, person=lead.person)
    assert set(Notice.objects.filter(kind="marking-lead").values_list("user_id", flat=True)) == {other.pk}


def test_only_markers_and_trainers_of_the_base_can_be_added(now) -> None:
    round_ = make_round()
    with pytest.raises(CannotMark):
        add_marker(round=round_, user=PersonFactory().user, now=now)
    with pytest.raises(CannotMark):
        add_marker(round=round_, user=make_lead(round_), now=now)
    assert round_.markers.count() == 0


def test_what_a_leaving_marker_has_open_goes_to_others_and_what_is_marked_stays(now) -> None:
    round_ = make_round()
    lead, goes = make_lead(round_), make_marker(round_)
    make_marker(round_)
    marked, open_one = make_script(round_), make_script(round_)
    mark_script(marked, goes)
    newcomer = make_marker(round_)

    assert remove_marker(round=round_, user=goes, actor=lead, now=now) == 1

    assert goes.pk in holders(marked).values()
    assert newcomer.pk in holders(open_one).values()
    assert goes.pk not in holders(open_one).values()
    assert goes.pk not in holders(make_script(round_)).values()


def test_a_marker_who_comes_back_may_take_up_what_was_taken_from_them(now) -> None:
    round_ = make_round()
    lead, goes, stays = make_lead(round_), make_marker(round_), make_marker(round_)
    script = make_script(round_)
    remove_marker(round=round_, user=goes, actor=lead, now=now)
    assert set(holders(script).values()) == {stays.pk}

    add_marker(round=round_, user=goes, weight=3, actor=lead, now=now)
    assert set(holders(script).values()) == {stays.pk, goes.pk}
    assert allocation_of(script, goes).state == AllocationState.OPEN
    assert round_.markers.get(user=goes).weight == 3


def test_a_declared_conflict_keeps_everything_of_that_person_away(now) -> None:
    round_, person = make_round(), PersonFactory()
    knows, *others = [make_marker(round_) for _number in range(2)]
    first, second = make_script(round_, person=person), make_script(round_, person=person)
    stranger = make_script(round_)
    third = make_marker(round_)

    decline(allocation=allocation_of(first, knows), reason="带过的学员", now=now)

    assert [set(holders(script).values()) for script in (first, second)] == [{others[0].pk, third.pk}] * 2
    assert knows.pk in holders(stranger).values()
    assert knows.pk not in holders(make_script(round_, person=person)).values()
    assert allocation_of(first, knows).reason == "带过的学员"

    elsewhere = make_round(round_.organisation)
    add_marker(round=elsewhere, user=knows, now=now)
    assert holders(make_script(elsewhere, person=person)) == {}


def test_the_code_is_drawn_and_says_nothing_of_the_source() -> None:
    rounds = [make_round(), make_round()]
    for round_ in rounds:
        make_marker(round_)
    codes = [make_script(round_).code for round_ in rounds for _number in range(50)]
    assert len(set(codes)) > 95
    assert all(len(code) == 7 and code[3] == "-" for code in codes)


def test_the_same_source_again_is_the_script_that_is_there() -> None:
    round_ = make_round()
    make_marker(round_)
    first = make_script(round_, source="tests.attempt:7:1")
    again = make_script(round_, source="tests.attempt:7:1", text="另一篇")
    assert (again, again.text) == (first, first.text)
    assert Allocation.objects.filter(script=first).count() == 1


def test_a_marker_hears_of_a_round_once_a_day(now) -> None:
    round_ = make_round()
    marker = make_marker(round_)
    make_script(round_), make_script(round_)
    make_script(round_, now=now + timedelta(days=1))
    assert Notice.objects.filter(kind="marking-waiting", user_id=marker.pk).count() == 2
