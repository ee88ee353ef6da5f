"""D-16: who may move the patent, and what springs on those who hurry."""

import pytest

from simulations import library
from simulations.engine.scoring import score
from simulations.engine.truths import right
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "d-16-sleeping-patent"
SHAPES = ("", "granted_late")
ROWS = ("alive", "dean", "leaver", "follow", "project", "client")
# All that the buyer wants, so that it and a patient school are tried by one package.
CHEAP = {"price": 60, "upfront": 10, "form": "transfer", "closing": 1, "support": 90, "royalty": 0, "unused": 36}


def _at_the_desk() -> Sitting:
    return Sitting(library.scenario(CASE).varied("", 1))


def _at_the_tree() -> Sitting:
    here = _at_the_desk()
    here.do(type="assess", assessment="why", value="leak")
    here.do(type="advance")
    return here


def _decided(pricing: str, *acts: tuple[str, str | None]) -> Sitting:
    here = _at_the_tree()
    here.do(type="assess", assessment="dd", rows=dict.fromkeys(ROWS, "risk"))
    here.do(type="advance")
    for name, value in (("idle", "met"), ("route", "reward"), ("pricing", pricing)):
        here.do(type="assess", assessment=name, value=value)
    here.do(type="advance")
    for action, option in acts:
        here.do(type="act", action=action, **({"option": option} if option else {}))
    here.do(type="assess", assessment="buyer", value="jichuan")
    here.do(type="advance")
    return here


def _gates(here: Sitting) -> set[str]:
    return {gate.rule for gate in score(here.sc, here.st).gates if gate.hard}


@pytest.mark.parametrize(("pricing", "act"), [("agreed", "notice_full"), ("listing", "hold_listing")])
def test_the_way_to_a_price_is_walked_to_its_end(pricing, act):
    assert _gates(_decided(pricing, (act, None), ("disclose", "mark"))) == set()
    assert _gates(_decided(pricing, ("disclose", "mark"))) == {"R02"}


def test_a_listing_has_bidders_between_its_bounds():
    here = _decided("listing", ("hold_listing", None), ("disclose", "mark"))
    held = next(event for event in here.events if event.type == "procedure-held.1" and event.data["bids"])
    low, high = here.sc.numbers["bid_low"], here.sc.numbers["bid_high"]
    assert 1 <= len(held.data["bids"]) <= 3
    assert all(low <= bid <= high for bid in held.data["bids"])


def test_a_leaver_at_a_bidder_is_named_in_the_papers():
    assert _gates(_decided("listing", ("hold_listing", None))) == {"R03"}
    assert _gates(_decided("listing", ("hold_listing", None), ("disclose", "hide"))) == {"R03"}


def test_a_dean_who_did_not_invent_cannot_sign_for_those_who_did():
    here = _at_the_tree()
    here.do(type="act", action="consents", option="dean")
    assert _gates(here) == {"R08"}


def test_favours_and_a_told_limit_cap_the_case():
    here = _decided("listing", ("hold_listing", None), ("disclose", "mark"), ("favour", "take"))
    assert _gates(here) == {"R16"}
    here = _decided("listing", ("hold_listing", None), ("disclose", "mark"))
    here.do(type="act", action="leak_limits")
    assert _gates(here) == {"R16"}


def test_the_dues_are_the_fee_and_what_lateness_adds():
    here = _at_the_desk()
    told = here.sc.numbers
    dues = told["fee"] * (1 + told["late_rate"] * told["late_months"] / 100)
    here.do(type="assess", assessment="dues", value=round(dues, 2))
    item = next(each for each in score(here.sc, here.st).items if each.id == "I-09")
    assert item.points == item.max


def test_public_research_money_is_no_cost_of_the_pool():
    sc = _at_the_desk().sc
    assert sc.facts["f_pool"].data == ("gross", "costs")
    assert sc.facts["f_pool_talk"].claims == {"costs": "costs_claim"}
    assert sc.numbers["costs_claim"] > sc.numbers["costs"] + 50


def test_no_buyer_gets_everything():
    here = _decided("listing", ("hold_listing", None), ("disclose", "mark"))
    here.do(type="propose", packages=[CHEAP])
    moods = {reply.party: reply.mood for reply in here.st.offers[0].replies}
    assert moods == {"jichuan": "accept", "school": "insulted"}
    assert here.st.deal is None


def test_the_year_runs_from_the_grant_and_the_second_shape_shows_it():
    written, late = (library.scenario(CASE).varied(flavour, 1) for flavour in SHAPES)
    assert written.numbers["idle"] > 12 > late.numbers["idle"]
    assert (right(written, "idle"), right(late, "idle")) == ("met", "young")


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("why", "leak", "rule"),
        ("route", "reward", "empower"),
        ("pricing", "listing", "agreed"),
        ("buyer", "jichuan", "shuofan"),
        ("leaver", "book", "book"),
    ],
)
def test_the_shapes_ask_for_different_answers(name, one, other):
    assert right(library.scenario(CASE).varied("", 1), name) == one
    assert right(library.scenario(CASE).varied("granted_late", 1), name) == other


def test_the_rows_about_people_and_money_turn_round():
    written, late = (library.scenario(CASE).varied(flavour, 1).assessments["dd"].rows for flavour in SHAPES)
    assert {row for row in ROWS if written[row].right != late[row].right} == set(ROWS) - {"alive"}
