"""What bots know covers every kind there is, and names no case."""

from pathlib import Path

import pytest

from simulations import bots, library
from simulations.bots import knowledge
from simulations.engine.kinds import CLAUSES, MOVES

pytestmark = pytest.mark.unit


def test_every_kind_of_act_has_a_worth():
    assert set(knowledge.MOVES) == set(MOVES)
    assert all(-3 <= move.worth <= 3 and -1 <= move.tempting <= 1 for move in knowledge.MOVES.values())


def test_clauses_are_void_or_open_or_sound_and_all_of_them_exist():
    assert set(CLAUSES) >= knowledge.VOID | knowledge.OPEN
    assert not knowledge.VOID & knowledge.OPEN


@pytest.mark.parametrize("rule", sorted(knowledge.BREACHES))
def test_a_breach_names_acts_and_clauses_that_exist(rule):
    breach = knowledge.breach_of(rule)
    assert set(MOVES) >= breach.does | breach.leaves
    assert set(CLAUSES) >= breach.writes | breach.omits
    assert breach.does or breach.leaves or breach.writes or breach.omits


def test_what_breaks_a_rule_is_never_what_the_trade_advises():
    for breach in knowledge.BREACHES.values():
        assert all(knowledge.MOVES[name].worth < 0 for name in breach.does)
        assert all(knowledge.MOVES[name].worth > 0 for name in breach.leaves)


def test_a_rule_of_the_cases_own_is_broken_by_whatever_ruins_a_case():
    breach = knowledge.breach_of("D02-permit")
    assert "skip_permit" in breach.does
    assert breach.heedless


def test_no_bot_knows_a_case_a_party_or_an_issue_by_name():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in Path(bots.__file__).parent.glob("*.py"))
    for code in library.codes():
        case = library.scenario(code)
        names = {code, *case.actions, *case.facts, *case.documents, *case.assessments} - set(MOVES) - set(CLAUSES)
        quoted = {name for name in names if f'"{name}"' in sources and "_" in name}
        assert not quoted, f"{code}: {quoted}"
