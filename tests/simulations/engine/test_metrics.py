"""What is measured: walking away in the know, lines that were needed, figures, one's own share."""

import pytest

from simulations.engine.apply import fold
from simulations.engine.metrics import DEAL_METRICS, METRICS, is_required, measured_of, reasons_to_walk
from simulations.engine.scoring import score

from .cases import Sitting, sitting
from .test_acting import EASY

pytestmark = pytest.mark.unit


def _know(here: Sitting) -> Sitting:
    here.do(type="act", action="visit")
    here.do(type="act", action="test")
    here.do(type="act", action="register")
    return here


def _close_a_deal(here: Sitting) -> Sitting:
    here.to_table()
    price = 60
    while here.st.deal is None:
        here.do(type="propose", packages=[{"price": price, "kind": "strict"}])
        price += 1
    here.do(type="act", action="calm")
    here.do(type="close")
    return here


def test_the_reasons_to_walk_are_the_facts_that_bear_on_walking():
    assert reasons_to_walk(sitting("trap").sc) == ["f_bench", "f_register"]
    assert reasons_to_walk(sitting().sc) == []


def test_walking_away_in_the_know_earns_what_a_deal_would_earn_elsewhere():
    here = _know(sitting("trap"))
    here.do(type="walk_away", reason="两名共有人")
    measured = measured_of(here.sc, here.st)
    assert {measured[name] for name in DEAL_METRICS} == {1.0}
    assert METRICS["walked"](here.sc, here.st, "f_register,f_secret") == (0.5, ("ended", "fact:f_register"))


def test_walking_away_blindly_earns_nothing_and_half_the_reasons_half_of_it():
    blind = sitting("trap")
    blind.do(type="walk_away", reason="")
    assert measured_of(blind.sc, blind.st)["nash"] == 0.0
    half = sitting("trap")
    half.do(type="act", action="test")
    half.do(type="walk_away", reason="")
    assert measured_of(half.sc, half.st)["nash"] == 0.5


def test_closing_a_deal_where_none_is_right_earns_none_of_its_worth():
    here = _close_a_deal(_know(sitting("trap", parties=EASY)))
    assert here.st.deal is not None
    assert set(measured_of(here.sc, here.st).values()) == {0.0}
    nash = next(item for item in score(here.sc, here.st).items if item.id == "I-04")
    assert nash.points == 0
    assert nash.evidence


def test_where_a_deal_is_right_walking_away_earns_nothing():
    here = _know(sitting())
    here.do(type="walk_away", reason="")
    assert measured_of(here.sc, here.st) == {}
    time_up = _know(sitting("trap"))
    time_up.do(type="time_up")
    assert measured_of(time_up.sc, time_up.st)["nash"] == 0.0


def test_a_useful_line_becomes_a_required_one_when_its_condition_came_true():
    here = sitting(parties=EASY)
    clause = here.sc.drafts["paper"].clauses["tax"]
    assert not is_required(clause, here.st)
    here.to_table()
    here.do(type="draft", draft="paper", clauses=["price"])
    assert METRICS["clauses"](here.sc, here.st, "paper")[0] == 1.0
    while here.st.deal is None:
        here.do(type="propose", packages=[{"price": 60 + len(here.st.offers), "kind": "strict"}])
    assert is_required(clause, here.st)
    assert METRICS["clauses"](here.sc, here.st, "paper")[0] == 0.5


def test_likely_figures_count_by_how_near_they_come():
    here = sitting()
    volume, yearly = here.sc.numbers["volume"], here.sc.numbers["yearly"]
    figures = {"volume": [volume, volume, volume], "yearly": [0, yearly * 1.125, 100]}
    here.do(type="assess", assessment="need", low=0, high=1, figures=figures)
    assert METRICS["figures"](here.sc, here.st, "need")[0] == pytest.approx(0.75)
    assert METRICS["figures"](here.sc, sitting().st, "need")[0] == 0.0


def test_at_one_sides_table_trust_is_the_partners_and_the_own_share_is_measured():
    here = sitting(protocol="side").to_table()
    assert METRICS["trust_min"](here.sc, here.st, "")[0] == here.st.trust["seller"] / 100
    here.do(type="propose", packages=[{"price": 95, "kind": "loose"}, {"price": 60, "kind": "loose"}])
    if here.st.deal is None:
        here.do(type="propose", packages=[{"price": 100, "kind": "loose"}])
    measured = measured_of(here.sc, here.st)
    assert measured["own"] == measured["principal"]


def test_a_rule_known_from_hearsay_never_caps_a_total():
    traps = {"t_gift": {"rule": "R18", "cap": 40}}
    here = sitting(traps=traps)
    here.do(type="act", action="gift")
    here.do(type="walk_away", reason="")
    assert here.st.traps
    assert score(here.sc, here.st).gates == ()
    sure = sitting()
    sure.do(type="act", action="gift")
    sure.do(type="walk_away", reason="")
    assert [gate.cap for gate in score(sure.sc, fold(sure.events)).gates] == [40]
