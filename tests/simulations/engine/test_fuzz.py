"""Hundreds of attempts by chance: what must hold whatever anybody does."""

import copy
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from simulations.engine.apply import apply, fold
from simulations.engine.chance import u01
from simulations.engine.decide import decide
from simulations.engine.events import NAMES
from simulations.engine.refusing import Refused
from simulations.engine.scoring import score
from simulations.engine.state import State
from simulations.engine.view import view
from simulations.engine.wire import plain, read_event, stored_event

from .cases import Sitting, rich
from .players import Play, play, redecided
from .test_acting import EASY

pytestmark = pytest.mark.unit

RICH = rich(parties=EASY)
ATTEMPTS = 300


@pytest.fixture(scope="module")
def plays() -> list[Play]:
    return [play(RICH, f"fuzz:{n}") for n in range(ATTEMPTS)]


def test_deciding_the_commands_again_gives_the_same_events(plays):
    for done in plays:
        assert redecided(done) == list(done.events)


def test_folding_at_once_equals_applying_one_by_one(plays):
    for done in plays:
        step_by_step = State()
        for event in done.events:
            apply(step_by_step, event)
        assert fold(done.events) == step_by_step == done.state


def test_events_survive_the_wire_unchanged(plays):
    for done in plays:
        again = [read_event(json.loads(json.dumps(stored_event(event), allow_nan=False))) for event in done.events]
        assert fold(again) == done.state
        assert plain(score(done.sc, fold(again))) == plain(done.score)


def test_every_item_of_every_score_cites_events_that_exist(plays):
    for done in plays:
        numbers = {event.seq for event in done.events}
        for item in done.score.items:
            assert item.evidence
            assert set(item.evidence) <= numbers


def test_a_score_stays_between_0_and_100_and_items_between_0_and_their_most(plays):
    for done in plays:
        assert 0 <= done.score.total <= 100
        assert all(0 <= item.points <= item.max for item in done.score.items)


def test_days_and_budget_never_fall_below_none_and_trust_stays_in_bounds(plays):
    for done in plays:
        assert done.state.days_left >= 0
        assert done.state.budget_left >= 0
        assert all(0 <= trust <= 100 for trust in done.state.trust.values())


def test_chance_meets_every_kind_of_event_that_there_is(plays):
    assert {event.type for done in plays for event in done.events} == set(NAMES)


def test_chance_meets_every_flavour(plays):
    assert {done.state.flavour for done in plays} == {"", *RICH.flavours}


junk = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
kinds = some.sampled_from(
    [
        "act",
        "ask",
        "procedure",
        "read",
        "assess",
        "propose",
        "draft",
        "write",
        "advance",
        "walk_away",
        "close",
        "time_up",
    ]
)
fields = some.sampled_from(
    ["action", "option", "document", "assessment", "value", "rows", "evidence", "figures", "packages", "draft",
     "clauses", "paper", "text", "low", "high"]
)  # fmt: skip
names = some.sampled_from(
    ["visit", "ask_price", "why", "note", "need", "level", "dd", "fit", "paper", "auction", "calm", "gossip", "partner"]
)


@settings(max_examples=500, deadline=None)
@given(kind=kinds, body=some.dictionaries(fields, junk | names, max_size=5), seed=some.integers(0, 10_000))
def test_junk_is_refused_or_harmless_and_deciding_changes_nothing(kind, body, seed):
    sitting = Sitting(RICH, str(seed))
    if seed % 2:
        sitting.to_table()
    before = copy.deepcopy(sitting.st)
    with suppress(Refused):
        for event in decide(sitting.sc, sitting.st, {**body, "type": kind}):
            json.dumps(stored_event(event), allow_nan=False)
    assert sitting.st == before


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), 1e308, -1e308, 10**400])
def test_numbers_beyond_all_bounds_are_refused_wherever_they_come(number):
    sitting = Sitting(RICH, "huge")
    commands = [
        {"type": "assess", "assessment": "need", "low": number, "high": number},
        {"type": "assess", "assessment": "level", "value": number},
        {"type": "assess", "assessment": "need", "low": 1, "high": 2, "figures": {"volume": [number] * 3}},
    ]
    for command in commands:
        with pytest.raises(Refused):
            sitting.do(**command)
    sitting.to_table()
    with pytest.raises(Refused):
        sitting.do(type="propose", packages=[{"price": number, "kind": "strict"}])


def test_ten_thousand_packages_are_refused_at_once():
    sitting = Sitting(RICH, "many").to_table()
    with pytest.raises(Refused) as refused:
        sitting.do(type="propose", packages=[{"price": 1, "kind": "strict"}] * 10_000)
    assert refused.value.code == "command-unreadable"


@settings(max_examples=60, deadline=None)
@given(seed=some.text(max_size=12), label=some.text(max_size=12))
def test_draws_lie_in_the_unit_interval_and_repeat(seed, label):
    assert 0 <= u01(seed, label) < 1
    assert u01(seed, label) == u01(seed, label)


def test_the_view_is_json_in_both_languages(plays):
    for done in plays[:60]:
        for lang in ("zh", "en"):
            for reading in (False, True):
                json.dumps(view(done.sc, done.state, lang=lang, reading=reading), allow_nan=False)


def test_a_view_of_a_state_that_grew_equals_the_view_of_one_that_was_folded(plays):
    """What a state keeps of earlier views never shows in later ones."""
    for done in plays[:40]:
        grown = State()
        for event in done.events:
            apply(grown, event)
            if event.seq > 1 and event.seq % 5 == 0:
                assert view(done.sc, grown) == view(done.sc, fold(done.events[: event.seq]))
