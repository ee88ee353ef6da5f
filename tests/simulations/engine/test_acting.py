"""Acts away from the table: kinds, procedures, chances, event cards, and what the terms of a deal bring."""

import pytest

from simulations.engine.conditions import holds
from simulations.engine.refusing import Refused
from simulations.engine.view import view

from .cases import Sitting, rich, sitting

pytestmark = pytest.mark.unit


EASY = {name: {"tactic": {"e": 4.0, "impatience": 0}} for name in ("buyer", "seller")}


def _in_the_storm(**changed) -> Sitting:
    here = sitting(parties=EASY, **changed)
    here.to_table()
    return here


def _deal(here: Sitting, price: int = 60) -> Sitting:
    while here.st.deal is None and not here.st.broken_by:
        here.do(type="propose", packages=[{"price": price, "kind": "strict"}])
        price += 1
    assert here.st.deal is not None
    return here


def test_an_act_leaves_its_kind_behind_so_that_rules_can_speak_of_kinds():
    here = sitting()
    here.do(type="ask", action="ask_price", option="push")
    assert "move:pressure" in here.st.seen
    assert holds({"moved": "pressure"}, here.st)
    assert not holds({"moved": "test"}, here.st)


def test_a_condition_on_a_kind_opens_an_action():
    here = sitting()
    with pytest.raises(Refused) as refused:
        here.do(type="act", action="register")
    assert refused.value.code == "requirement-missing"
    here.do(type="act", action="visit")
    here.do(type="act", action="register")
    assert "f_register" in here.st.facts


def test_a_procedure_draws_its_bids_from_the_seed_and_tells_the_best():
    one, same, other = (sitting(seed=seed) for seed in ("a", "a", "b"))
    for here in (one, same, other):
        here.do(type="procedure", action="auction")
    held = one.st.procedures["auction"]
    assert held == same.st.procedures["auction"] != other.st.procedures["auction"]
    assert 2 <= len(held["bids"]) <= 5
    low, high = one.sc.numbers["price_low"], one.sc.numbers["price_high"]
    assert all(low <= bid <= high for bid in held["bids"])
    assert held["best"] == max(held["bids"])
    shown = view(one.sc, one.st)
    assert {"name": "offer", "value": held["best"], "grade": "record", "fact": None, "action": "auction"} in shown[
        "numbers"
    ]
    outcome = next(each for each in shown["actions"] if each["id"] == "auction")["outcome"]
    assert (outcome["bids"], outcome["best"]) == (list(held["bids"]), held["best"])


def test_an_inquiry_of_cost_tells_the_lowest_and_nobody_may_come():
    cheap = {"actions": {"auction": {"procedure": {"best": "lowest"}}}}
    here = sitting(**cheap)
    here.do(type="act", action="auction")
    assert here.st.procedures["auction"]["best"] == min(here.st.procedures["auction"]["bids"])
    empty = sitting(actions={"auction": {"procedure": {"least": 0, "most": 0}}})
    empty.do(type="act", action="auction")
    assert empty.st.procedures["auction"] == {"bids": (), "best": None}
    assert "offer" not in {each["name"] for each in view(empty.sc, empty.st)["numbers"]}


def test_a_chance_of_a_stage_comes_with_entering_it_and_only_once():
    here = _in_the_storm()
    assert here.types()[-3:] == ["chance-drawn.1", "flag-raised.1", "card-laid.1"]
    assert here.types().count("card-laid.1") == 1


def test_what_answers_a_card_is_not_on_the_desk_before_the_card_is():
    here = sitting()
    assert "calm" not in {each["id"] for each in view(here.sc, here.st)["actions"]}
    with pytest.raises(Refused) as refused:
        here.do(type="act", action="calm")
    assert refused.value.code == "requirement-missing"
    here.to_table()
    assert "calm" in {each["id"] for each in view(here.sc, here.st)["actions"]}


def test_the_case_does_not_go_on_before_a_card_is_answered():
    here = _in_the_storm()
    with pytest.raises(Refused) as refused:
        here.do(type="close")
    assert refused.value.code == "card-unanswered"
    assert "close" not in view(here.sc, here.st)["commands"]
    here.do(type="act", action="calm")
    assert [each["answered"] for each in view(here.sc, here.st)["cards"]] == [True]
    here.do(type="close")
    assert here.st.status == "ended"


def test_a_card_that_cannot_be_afforded_any_more_stops_nobody():
    here = _in_the_storm()
    here.st.days_left = 0
    here.do(type="close")
    assert here.st.status == "ended"


def test_the_terms_of_a_deal_bring_days_costs_facts_and_distrust_with_them():
    here = _in_the_storm()
    before = here.st.budget_left
    _deal(here)
    seen = here.types()
    assert seen.index("effect-followed.1") > seen.index("deal-struck.1")
    assert here.st.budget_left == before - 30
    assert "f_debt" in here.st.facts
    assert here.st.sources["f_debt"] == "effect:tax"
    assert holds({"all": [{"effect": "tax"}, {"flag": "taxed"}, {"flag": "windfall"}]}, here.st)
    assert next(each for each in view(here.sc, here.st)["facts"] if each["id"] == "f_debt")["source"]["text"]


def test_an_effect_waits_for_its_terms():
    here = _in_the_storm(effects={"tax": {"when": {"deal": {"price": {"ge": 101}}}}})
    _deal(here)
    assert "effect-followed.1" not in here.types()


def test_days_lost_to_an_effect_never_fall_below_none():
    here = _in_the_storm(effects={"tax": {"add_days": 400, "add_budget": 90_000}})
    _deal(here)
    assert (here.st.days_left, here.st.budget_left) == (0, 0)


def test_a_broken_off_case_counts_as_it_stands():
    here = sitting()
    here.do(type="time_up")
    assert (here.st.status, here.st.ended_how) == ("ended", "time-up")


def test_another_seat_may_do_nothing():
    from simulations.engine.decide import decide

    here = Sitting(rich().varied("", 1))
    with pytest.raises(Refused) as refused:
        decide(here.sc, here.st, {"type": "advance"}, "seller")
    assert refused.value.code == "not-your-seat"
