"""Void lines are never written, open ones for a reason, all others always."""

import pytest

from simulations.bots.drafting import Drafter
from simulations.bots.eyes import Eyes
from simulations.bots.looking import Ledger

from .views import always, fact, view

pytestmark = pytest.mark.unit

DRAFT = {
    "id": "licence",
    "clauses": [
        {"id": "k_audit", "kind": "audit"},
        {"id": "k_tie", "kind": "tie_in"},
        {"id": "k_board", "kind": "internal_approval"},
        {"id": "k_tax", "kind": "tax"},
    ],
}


def _written(*facts, **breach):
    drafter = Drafter(Eyes(0.97), Ledger(), **breach)
    return drafter.paper(view(facts=list(facts)), DRAFT, always)["clauses"]


def test_sound_lines_are_written_and_void_ones_are_not():
    assert _written() == ["k_audit", "k_tax"]


def test_an_open_line_is_written_when_a_fact_speaks_for_it():
    assert _written(fact("f", "statement", "clause:licence.k_board")) == ["k_audit", "k_board", "k_tax"]


def test_a_fact_can_speak_against_a_sound_line():
    assert _written(fact("f", "record", against=("clause:licence.k_tax",))) == ["k_audit"]


def test_who_breaks_a_rule_writes_what_it_forbids_and_leaves_out_what_it_asks():
    assert _written(writes=frozenset({"tie_in"}), omits=frozenset({"audit"})) == ["k_tie", "k_tax"]
