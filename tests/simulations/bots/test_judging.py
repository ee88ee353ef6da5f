"""Answers follow from evidence, weighed by its grade; who does not see that takes what was heard first."""

import pytest

from simulations.bots.eyes import Eyes
from simulations.bots.judging import Judge
from simulations.bots.looking import Ledger

from .views import always, fact, never, number, view

pytestmark = pytest.mark.unit


def _judge(**more):
    return Judge(Eyes(0.5), Ledger(), **more)


def _choice(*answers):
    return {
        "id": "cause",
        "kind": "choice",
        "low": 0,
        "high": 100,
        "step": 1,
        "inputs": [],
        "answers": [{"id": each, "text": each} for each in answers],
    }


HEARD = [
    fact("f_claim", "claim", "assess:cause:valve"),
    fact("f_said", "statement", "assess:cause:valve"),
    fact("f_test", "test", "assess:cause:flue", against=("assess:cause:valve",)),
]


def test_a_test_outweighs_what_was_claimed_and_said():
    assert _judge().answer(view(facts=HEARD), _choice("valve", "flue"), always)["value"] == "flue"


def test_who_does_not_see_takes_what_was_heard_first():
    assert _judge().answer(view(facts=HEARD), _choice("flue", "valve"), never)["value"] == "valve"


def test_who_is_heedless_answers_against_the_evidence():
    assert _judge(heedless=True).answer(view(facts=HEARD), _choice("valve", "flue"), always)["value"] == "valve"


def test_a_level_is_cited_with_what_proves_it_and_not_with_claims():
    each = {"id": "trl", "kind": "trl", "low": 1, "high": 9, "step": 1, "inputs": [], "answers": []}
    facts = [
        fact("f_leaflet", "claim", "assess:trl:8"),
        fact("f_rig", "test", "assess:trl:5"),
        fact("f_expert", "record", against=("assess:trl:8",)),
        fact("f_other", "test", "assess:other:5"),
    ]
    answer = _judge().answer(view(facts=facts), each, always)
    assert answer["value"] == 5
    assert answer["evidence"] == ["f_rig", "f_expert"]


def test_every_row_of_a_checklist_is_answered_by_its_own_evidence():
    each = {**_choice("fine", "risk"), "id": "dd", "kind": "checklist", "rows": [{"id": "owner"}, {"id": "fees"}]}
    facts = [fact("f1", "register", "assess:dd.owner:risk"), fact("f2", "record", "assess:dd.fees:fine")]
    assert _judge().answer(view(facts=facts), each, always)["rows"] == {"owner": "risk", "fees": "fine"}


def _sheet(kind):
    lines = [{"id": name, "low": 0, "high": 100, "step": 1, "spread": None} for name in ("rate", "share")]
    return {
        "id": "left",
        "kind": kind,
        "low": 0,
        "high": 100,
        "step": 0.1,
        "inputs": lines,
        "model": {"mul": ["rate", {"div": ["share", 100]}]},
        "workbench": None,
        "answers": [],
    }


TOLD = [number("rate", 90, "claim"), number("rate", 30, "record"), number("share", 50, "test")]


def test_a_worksheet_is_worked_out_with_the_best_figures():
    answer = Judge(Eyes(1.0), Ledger()).answer(view(numbers=TOLD), _sheet("number"), always)
    assert answer["value"] == 15
    assert answer["figures"]["rate"][1] == 30


def test_the_careless_work_with_what_was_heard_first():
    answer = Judge(Eyes(1.0), Ledger()).answer(view(numbers=TOLD), _sheet("number"), lambda _label: 1.0)
    assert answer["value"] == 45


def test_an_interval_is_as_wide_as_its_figures_are_doubtful():
    sure = [number("rate", 30, "law"), number("share", 50, "law")]
    doubtful = [number("rate", 30, "claim"), number("share", 50, "claim")]
    judge = Judge(Eyes(1.0), Ledger())
    one, two = (judge.answer(view(numbers=told), _sheet("interval"), always) for told in (sure, doubtful))
    assert one["low"] < 15 < one["high"]
    assert two["high"] - two["low"] > 5 * (one["high"] - one["low"])
