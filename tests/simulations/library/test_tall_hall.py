"""D-02: the hard bounds of the machine, the site that keeps them in each shape, and the order of permit and lease."""

import pytest

from simulations import library
from simulations.engine.frontier import prospects
from simulations.engine.scoring import score
from simulations.engine.truths import truth
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "d-02-tall-hall"
SHAPES = [("", "near", 14, 3), ("new_canal", "far", 16, 2)]
SITES = {flavour: site for flavour, site, _, _ in SHAPES}
HARD = {
    "": {"height": "hard", "water": "hard", "power": "hard", "floor": "soft", "front": "soft", "date": "hard"},
    "new_canal": {"height": "hard", "water": "hard", "power": "soft", "floor": "hard", "front": "soft", "date": "hard"},
}


def _at_the_desk(flavour: str = "") -> Sitting:
    return Sitting(library.scenario(CASE).varied(flavour, 1, "easy"))


def _struck(flavour: str = "", **changed: float) -> Sitting:
    here = _at_the_desk(flavour)
    here.do(type="assess", assessment="constraints", rows=HARD[flavour])
    here.do(type="advance")
    here.do(type="draft", draft="brief", clauses=["b_height", "b_water"])
    here.do(type="advance")
    here.do(type="assess", assessment="site", value=SITES[flavour])
    here.do(type="advance")
    if "rumour" in here.st.cards:
        here.do(type="act", action="answer_rumour", option="plain")
    best = {**prospects(here.sc).nash.terms, **changed}
    for n in range(here.sc.talks.rounds):
        here.do(type="propose", packages=[{**best, "area": best["area"] + n}])
        if here.st.deal is not None:
            here.do(type="advance")
            return here
    raise AssertionError("nobody signed")


def _lease(here: Sitting) -> None:
    here.do(type="draft", draft="lease", clauses=["k_terms", "k_measure", "k_relief", "k_permit"])
    here.do(type="act", action="sign_lease")


@pytest.mark.parametrize(("flavour", "site", "height", "distance"), SHAPES)
def test_each_shape_has_its_own_bounds_and_its_own_site(flavour, site, height, distance):
    sc = _at_the_desk(flavour).sc
    assert sc.facts["f_height"].limits["height"].ge == height
    assert sc.facts["f_water"].limits["distance"].le == distance
    assert [key for key, each in sc.assessments["site"].answers.items() if each.credit == 1] == [site]
    assert prospects(sc).partner == site


@pytest.mark.parametrize(("flavour", "height"), [("", 14), ("new_canal", 16)])
def test_the_drawing_asks_for_no_more_than_the_bound(flavour, height):
    for number in range(1, 25):
        sc = library.scenario(CASE).varied(flavour, number)
        assert height - 1.6 < truth(sc, "clear")["value"] <= height


@pytest.mark.parametrize("flavour", ["", "new_canal"])
def test_the_checklist_tells_needs_from_wishes(flavour):
    assert truth(_at_the_desk(flavour).sc, "constraints")["rows"] == HARD[flavour]


@pytest.mark.parametrize("flavour", ["", "new_canal"])
def test_a_deal_within_the_bounds_springs_nothing(flavour):
    assert not _struck(flavour).st.traps


@pytest.mark.parametrize(("terms", "trap"), [({"height": 13.5}, "t_height"), ({"distance": 3.2}, "t_water")])
def test_a_deal_beyond_a_bound_of_the_machine_caps_the_whole(terms, trap):
    here = _struck(**terms)
    assert {(gate.trap, gate.cap) for gate in score(here.sc, here.st).gates} == {(trap, 59)}


@pytest.mark.parametrize(("first", "trapped"), [(True, False), (False, True)])
def test_the_permit_comes_before_the_lease(first, trapped):
    here = _struck()
    if first:
        here.do(type="act", action="eia")
    _lease(here)
    assert ("t_permit" in here.st.traps) is trapped


@pytest.mark.parametrize(("option", "trapped"), [("disclose", False), ("hide", True), ("later", False)])
def test_a_cousins_share_is_an_interest(option, trapped):
    here = _at_the_desk()
    here.do(type="assess", assessment="constraints", rows=HARD[""])
    here.do(type="advance")
    here.do(type="act", action="own_stake", option=option)
    assert ("t_interest" in here.st.traps) is trapped


def test_who_decides_on_relief_differs():
    right = {
        flavour: [k for k, each in _at_the_desk(flavour).sc.assessments["power"].answers.items() if each.credit == 1]
        for flavour in SITES
    }
    assert right == {"": ["committee"], "new_canal": ["upper"]}
