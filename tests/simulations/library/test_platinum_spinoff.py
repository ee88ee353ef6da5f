"""D-09: what the two shapes ask for, and what costs a founder the case."""

import pytest

from simulations import library
from simulations.engine.scoring import score
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "d-09-platinum-spinoff"
ROWS = ("coowner", "inventor", "leaver", "duty", "related", "fee")
MONEY = ("paid", "supply", "term", "fixed", "subsidy")
WRITTEN = {"route": "agreed", "split": "p90", "investor": "hengyu", "consents": "coowner"}
RIVALS = {"route": "listing", "split": "p80", "investor": "changxi", "consents": "inventors"}
SHAPES = [("", WRITTEN), ("rivals", RIVALS)]
# All that the other side wants: it signs at once, and the founders have a bad day.
GIVEN_AWAY = {
    "stake": 40,
    "cash": 300,
    "second": 95,
    "founder_days": 5,
    "capacity": 1500,
    "lock": 3,
    "board": "veto",
}


def _at_the_desk(flavour: str) -> Sitting:
    return Sitting(library.scenario(CASE).varied(flavour, 1))


def _at_the_decision(flavour: str) -> Sitting:
    here = _at_the_desk(flavour)
    here.do(type="assess", assessment="dd", rows=dict.fromkeys(ROWS, "risk"))
    here.do(type="advance")
    here.do(type="assess", assessment="tech_value", low=100, high=900)
    here.do(type="advance")
    return here


def _decided(flavour: str, route: str, split: str, *acts: tuple[str, str | None]) -> Sitting:
    here = _at_the_decision(flavour)
    for action, option in acts:
        here.do(type="act", action=action, **({"option": option} if option else {}))
    here.do(type="assess", assessment="route", value=route)
    here.do(type="assess", assessment="split", value=split)
    here.do(type="advance")
    return here


def _signed(flavour: str, investor: str, *acts: tuple[str, str | None], **terms: float) -> Sitting:
    here = _decided(flavour, "agreed", "p90", ("notice_full", None), ("disclose", "mark"), *acts)
    here.do(type="assess", assessment="investor", value=investor)
    here.do(type="advance")
    for least in (95, 94, 93, 92, 91):
        here.do(type="propose", packages=[{**GIVEN_AWAY, "second": least, **terms}])
        if here.st.deal is not None:
            return here
    raise AssertionError("nobody signed")


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_each_shape_has_its_own_right_answers(flavour, wanted):
    assessments = _at_the_desk(flavour).sc.assessments
    for name in ("route", "split", "investor"):
        right = [key for key, answer in assessments[name].answers.items() if answer.credit == 1]
        assert right == [wanted[name]]


def test_the_shapes_differ_in_what_the_papers_say_of_people_money_and_maturity():
    one, other = (_at_the_desk(flavour).sc for flavour, _ in SHAPES)
    assert one.assessments["trl"].model != other.assessments["trl"].model
    differing = {
        (name, row)
        for name, rows in (("dd", ROWS), ("dd_money", MONEY))
        for row in rows
        if one.assessments[name].rows[row].right != other.assessments[name].rows[row].right
    }
    assert differing == {
        ("dd", "coowner"),
        ("dd", "inventor"),
        ("dd", "leaver"),
        ("dd_money", "paid"),
        ("dd_money", "supply"),
        ("dd_money", "term"),
        ("dd_money", "fixed"),
    }


@pytest.mark.parametrize(("route", "act"), [("agreed", "notice_full"), ("listing", "hold_listing")])
def test_the_way_to_a_price_is_walked_to_its_end(route, act):
    walked = _decided("", route, "p90", (act, None), ("disclose", "mark"))
    assert not walked.st.traps
    left_out = _decided("", route, "p90", ("disclose", "mark"))
    assert set(left_out.st.traps) == {"t_nonotice"}
    assert score(left_out.sc, left_out.st).gates[0].cap == 59


def test_a_short_notice_and_a_hidden_relation_are_gates():
    hasty = _decided("", "agreed", "p90", ("notice_short", None), ("disclose", "hide"))
    gates = {gate.rule for gate in score(hasty.sc, hasty.st).gates if gate.hard}
    assert gates == {"R02", "R03"}


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_only_the_consent_that_the_register_asks_for_holds_the_deal(flavour, wanted):
    asked = _signed(flavour, wanted["investor"], ("consents", wanted["consents"]))
    assert "t_chain" not in asked.st.traps
    other = "inventors" if wanted["consents"] == "coowner" else "coowner"
    wrong = _signed(flavour, wanted["investor"], ("consents", other))
    assert "t_chain" in wrong.st.traps


@pytest.mark.parametrize(("days", "must"), [(5, True), (3, True), (2, False)])
def test_who_comes_three_days_a_week_must_leave_the_desk_at_the_university(days, must):
    signed = _signed("", "hengyu", ("consents", "coowner"), founder_days=days)
    assert ("flag:must_leave" in signed.st.seen) is must


def test_a_large_first_sum_makes_approval_a_line_of_the_agreement():
    signed = _signed("", "hengyu", ("consents", "coowner"), cash=300)
    assert "fact:f_quota" not in signed.st.seen
    rich = _signed("rivals", "changxi", ("consents", "inventors"), cash=1100)
    assert "fact:f_quota" in rich.st.seen
