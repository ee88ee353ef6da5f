"""W-01: when walking away is right, what it rests on, and the shape in which it is not."""

import pytest

from simulations import library
from simulations.engine.frontier import prospects
from simulations.engine.refusing import Refused
from simulations.engine.scoring import Score, score
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "w-01-last-signature"
LEGS = {"I-04", "I-10", "I-14", "I-17", "I-21"}
EVIDENCE = (
    ("ask_buyer", "why"),
    ("ask_seller", "why"),
    ("read_grant", None),
    ("ask_files", "all"),
    ("see_holdout", "listen"),
    ("see_book", "raw"),
    ("retest", None),
    ("see_plant", None),
    ("ask_money", "form"),
    ("search_buyer", None),
    ("tell_seller", "facts"),
    ("tell_buyer", "facts"),
    ("tell_city", "facts"),
    ("stop_here", "stop"),
)


def _at_the_desk(flavour: str = "") -> Sitting:
    return Sitting(library.scenario(CASE).varied(flavour, 1, "easy"))


def _act(here: Sitting, action: str, option: str | None = None) -> None:
    here.do(type="act", action=action, **({"option": option} if option else {}))


def _at(here: Sitting, stage: str, go: str = "walk") -> Sitting:
    while here.st.stage != stage:
        if here.st.stage == "data":
            here.do(type="assess", assessment="gain", value=2)
        if here.st.stage == "buyer":
            here.do(type="assess", assessment="go", value=go)
        here.do(type="advance")
    return here


def _struck(flavour: str, *acts: str) -> Sitting:
    here = _at(_at_the_desk(flavour), "talks", "conditions")
    for action, option in (("ask_seller", "why"), ("ask_buyer", "why"), ("own_interest", "tell")):
        _act(here, action, option)
    for action in acts:
        _act(here, action)
    best = prospects(here.sc).nash.terms
    for n in range(here.sc.talks.rounds):
        here.do(type="propose", packages=[{**best, "price": best["price"] + n / 4}])
        if here.st.deal is not None:
            here.do(type="advance")
            return here
    raise AssertionError("nobody signed")


def _share(result: Score, items: set[str]) -> float:
    mine = [each for each in result.items if each.id in items]
    return float(sum(each.points for each in mine) / sum(each.max for each in mine))


def _left(evidence: bool) -> Score:
    here = _at_the_desk()
    acts = EVIDENCE if evidence else ()
    for action, option in acts:
        stage = here.sc.actions[action].stage
        if here.sc.stage_index(stage) > here.sc.stage_index(here.st.stage):
            _at(here, stage)
        _act(here, action, option)
        for document, paper in here.sc.documents.items():
            if paper.reveals and f"read:{document}" not in here.st.seen:
                try:
                    here.do(type="read", document=document)
                except Refused:
                    continue
    _at(here, "end")
    here.do(type="walk_away", reason="the facts speak against it")
    return score(here.sc, here.st)


def test_walking_away_is_right_in_one_shape_and_wrong_in_the_other():
    one, other = _at_the_desk().sc, _at_the_desk("sound").sc
    assert (one.walk_right, other.walk_right) == (True, False)
    right = [[key for key, each in sc.assessments["go"].answers.items() if each.credit == 1] for sc in (one, other)]
    assert right == [["walk"], ["conditions"]]
    assert one.assessments["go"].answers["walk"].walk


def test_both_shapes_begin_with_the_same_words():
    one, other = _at_the_desk().sc, _at_the_desk("sound").sc
    for document in ("d_board", "d_city", "d_contract"):
        assert one.documents[document].body == other.documents[document].body


def test_walking_with_the_evidence_told_to_everybody_earns_every_leg():
    assert _share(_left(evidence=True), LEGS) == 1


def test_walking_with_empty_hands_earns_none():
    assert _share(_left(evidence=False), LEGS) == 0


def test_a_deal_on_paper_only_is_a_gate_and_earns_no_value():
    here = _struck("")
    result = score(here.sc, here.st)
    assert {(gate.rule, gate.cap) for gate in result.gates} == {("W01-paper-deal", 59)}
    assert _share(result, LEGS) == 0


def test_the_same_deal_is_sound_where_the_facts_are():
    here = _struck("sound")
    assert not here.st.traps
    assert _share(score(here.sc, here.st), {"I-17", "I-20"}) > 0.5


@pytest.mark.parametrize(("acts", "trapped"), [(("consent",), False), ((), True)])
def test_nobody_signs_for_a_co_owner_who_was_not_asked(acts, trapped):
    here = _struck("sound", *acts)
    _act(here, "sign", "all")
    assert ("t_title" in here.st.traps) is trapped


@pytest.mark.parametrize("flavour", ["", "sound"])
def test_a_letter_of_intent_by_one_owner_breaks_the_title(flavour):
    here = _at(_at_the_desk(flavour), "end")
    _act(here, "intent", "alone")
    assert [gate.rule for gate in score(here.sc, here.st).gates] == ["R08"]


def test_the_note_is_written_by_those_who_judged_against_signing():
    here = _at(_at_the_desk(), "end", "conditions")
    with pytest.raises(Refused):
        here.do(type="draft", draft="stopnote", clauses=["n_facts"])
    other = _at(_at_the_desk(), "end", "walk")
    other.do(type="draft", draft="stopnote", clauses=["n_facts"])
    assert other.st.drafts["stopnote"] == ("n_facts",)


def test_the_board_tells_the_best_field_for_all_nine():
    told = _at_the_desk().sc.numbers
    assert told["g_best"] > told["g_wet"] > told["g_dry"] > told["g_salt"]
