"""How bot parties give way, what turns sour, and one side's table."""

from fractions import Fraction

import pytest

from simulations.engine import tactics
from simulations.engine.bargaining import react
from simulations.engine.refusing import Refused
from simulations.engine.utility import worth
from simulations.engine.view import view

from .cases import Sitting, sitting

pytestmark = pytest.mark.unit


def _with(tactic: dict, **more) -> Sitting:
    return sitting(parties={"seller": {"tactic": {"trust_gain": 0, **tactic}, **more}}).to_table()


def _wants(here: Sitting) -> list[float]:
    return [tactics.aspiration(here.sc, here.st, "seller", n) for n in range(1, here.sc.talks.rounds + 1)]


def test_a_script_is_followed_round_by_round_and_its_last_step_stays():
    here = _with({"kind": "scripted", "script": [1, 0.5, 0]})
    start, floor = here.sc.parties["seller"].tactic.start, here.sc.parties["seller"].utility.reservation
    assert _wants(here) == pytest.approx([start, (start + floor) / 2, floor, floor, floor, floor])


def test_micro_steps_from_its_best_to_its_walk_away_by_the_last_round():
    here = _with({"kind": "micro", "start": 1})
    wants = _wants(here)
    floor = here.sc.parties["seller"].utility.reservation
    best = max(
        worth(here.sc, "seller", "seller", {"price": p, "kind": k}) for p in (0, 100) for k in ("strict", "loose")
    )
    assert wants == sorted(wants, reverse=True)
    assert wants[0] == pytest.approx(best, abs=0.002)
    assert wants[-1] == pytest.approx(floor, abs=0.03)


def test_the_ladder_of_micro_counts_every_outcome_once():
    here = _with({"kind": "micro"})
    counts = tactics._counts(here.sc, "seller")
    assert sum(counts) == 21 * 2
    exact = sum(
        Fraction(1) for p in range(0, 101, 5) for k in ("strict", "loose")
        if worth(here.sc, "seller", "seller", {"price": p, "kind": k}) >= 0.5 - 1e-9
    )  # fmt: skip
    assert sum(counts[500:]) == exact


def test_tit_for_tat_gives_back_what_came_its_way():
    here = _with({"kind": "tit_for_tat", "e": 1.0})
    start = here.sc.parties["seller"].tactic.start
    assert _wants(here)[0] == pytest.approx(start)
    here.do(type="propose", packages=[{"price": 60, "kind": "strict"}])
    assert _wants(here)[1] == pytest.approx(start)
    here.do(type="propose", packages=[{"price": 70, "kind": "strict"}])
    came = 0.1 * here.sc.parties["seller"].utility.weights["price"]
    assert _wants(here)[2] == pytest.approx(start - came)


def test_a_fallback_that_turns_sour_moves_the_walk_away_with_the_days():
    here = _with({}, utility={"souring": {"from_day": 0, "per_day": 0.01}})
    floor = here.sc.parties["seller"].utility.reservation
    here.st.day = 5
    assert tactics.floor_of(here.sc, here.st, "seller") == pytest.approx(floor + 0.05)


def test_a_party_with_another_offer_is_gone_on_its_day():
    here = sitting(parties={"seller": {"utility": {"souring": {"from_day": 0, "per_day": 0.0, "gone": 2}}}})
    here.do(type="assess", assessment="partner", value="seller")
    here.do(type="act", action="nda")
    assert not here.st.broken_by
    here.do(type="act", action="visit")
    assert here.st.broken_by == "seller"
    here.do(type="advance")
    with pytest.raises(Refused) as refused:
        here.do(type="propose", packages=[{"price": 60, "kind": "strict"}])
    assert refused.value.code == "talks-over"


def test_a_party_keeps_its_word_and_takes_its_own_counter_package():
    here = _with({"kind": "scripted", "script": [0.9], "open_at": 0, "trust_gain": 0.4})
    here.do(type="propose", packages=[{"price": 66, "kind": "loose"}])
    counter = next(reply.counter for reply in here.st.offers[-1].replies if reply.party == "seller")
    assert counter
    here.st.trust["seller"] = 0
    assert react(here.sc, here.st, "seller", 1, [{**counter, "price": counter["price"] - 1}]).mood != "accept"
    answer = react(here.sc, here.st, "seller", 1, [counter])
    assert answer.mood == "accept"
    assert answer.accepts == {0}


def _side(**changed) -> Sitting:
    return sitting(protocol="side", **changed).to_table()


def test_at_one_sides_table_only_the_partner_answers_and_the_player_has_signed():
    here = _side()
    assert view(here.sc, here.st)["talks"]["answering"] == ["seller"]
    here.do(type="propose", packages=[{"price": 100, "kind": "loose"}])
    assert [reply.party for reply in here.st.offers[-1].replies] == ["seller"]
    assert here.st.deal == {"price": 100, "kind": "loose"}


def test_of_several_accepted_packages_the_one_best_for_the_players_side_is_signed():
    here = _side()
    here.do(type="propose", packages=[{"price": 100, "kind": "loose"}, {"price": 95, "kind": "loose"}])
    assert here.st.deal == {"price": 95, "kind": "loose"}


def test_the_own_sheet_adds_up_to_what_a_package_is_worth_and_shows_nobody_else():
    here = _side()
    sheet = view(here.sc, here.st)["sheet"]
    assert sheet["party"] == "buyer"
    terms = {"price": 50, "kind": "strict"}
    points = {each["id"]: each["points"] for each in sheet["issues"]}
    (x0, y0), (x1, y1) = points["price"]
    total = y0 + (y1 - y0) * (terms["price"] - x0) / (x1 - x0) + points["kind"]["strict"]
    assert total == pytest.approx(100 * worth(here.sc, "buyer", "seller", terms), abs=0.02)
    assert sheet["walk_away"] == pytest.approx(100 * here.sc.parties["buyer"].utility.reservation, abs=0.01)
    assert view(sitting().sc, sitting().st)["sheet"] is None


def test_what_a_partner_adds_is_told_only_when_that_partner_is_at_the_table():
    here = sitting(protocol="side", talks={"appeal": {"seller": -0.125}})
    assert view(here.sc, here.st)["sheet"]["partners"] == {}
    here.to_table()
    assert view(here.sc, here.st)["sheet"]["partners"] == {"seller": -12.5}


def test_more_packages_than_the_table_takes_are_refused():
    here = sitting(talks={"packages": 1}).to_table()
    with pytest.raises(Refused) as refused:
        here.do(type="propose", packages=[{"price": 60, "kind": "strict"}, {"price": 61, "kind": "strict"}])
    assert refused.value.code == "too-many-packages"
