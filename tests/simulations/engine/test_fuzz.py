"""Hundreds of attempts by chance: what must hold whatever anybody does."""

import copy
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from simulations.bots.playtest import Play, play
from simulations.bots.simple import RandomBot
from simulations.engine.apply import apply, fold
from simulations.engine.chance import u01
from simulations.engine.decide import decide, start
from simulations.engine.events import NAMES
from simulations.engine.refusing import Refused
from simulations.engine.scoring import score
from simulations.engine.state import State
from simulations.engine.view import view
from simulations.engine.wire import plain, read_event, stored_event

from .cases import Sitting, small

pytestmark = pytest.mark.unit

SMALL = small()
ATTEMPTS = 300


def _redecided(done: Play, seed: str) -> list:
    sc = SMALL.variant(seed)
    events = start(sc, seed)
    st = fold(events)
    for command in done.commands:
        new = decide(sc, st, command)
        for event in new:
            apply(st, event)
        events += new
    return events


class RestlessBot(RandomBot):
    """Anything by chance, but it does not give up early and tries likelier packages."""

    def act(self, view, u01):
        command = super().act(view, u01)
        while command is None or (command["type"] in ("walk_away", "close") and self.turn < 40):
            command = super().act(view, u01)
        if command["type"] == "propose":
            command["packages"] = [{"price": 50 + int(20 * u01(f"price:{self.turn}")), "kind": "strict"}]
        return command


@pytest.fixture(scope="module")
def plays() -> dict[str, Play]:
    return {f"fuzz:{n}": play(SMALL, RestlessBot(), f"fuzz:{n}") for n in range(ATTEMPTS)}


def test_deciding_the_commands_again_gives_the_same_events(plays):
    for seed, done in plays.items():
        assert _redecided(done, seed) == list(done.events)


def test_folding_at_once_equals_applying_one_by_one(plays):
    for done in plays.values():
        step_by_step = State()
        for event in done.events:
            apply(step_by_step, event)
        assert fold(done.events) == step_by_step == done.state


def test_events_survive_the_wire_unchanged(plays):
    for done in plays.values():
        again = [read_event(json.loads(json.dumps(stored_event(event)))) for event in done.events]
        assert fold(again) == done.state


def test_every_item_of_every_score_cites_events_that_exist(plays):
    for done in plays.values():
        numbers = {event.seq for event in done.events}
        for item in done.score.items:
            assert item.evidence
            assert set(item.evidence) <= numbers


def test_a_score_stays_between_0_and_100_and_items_between_0_and_their_most(plays):
    for done in plays.values():
        assert 0 <= done.score.total <= 100
        assert all(0 <= item.points <= item.max for item in done.score.items)


def test_the_same_events_give_the_same_score(plays):
    for seed, done in plays.items():
        assert plain(score(SMALL.variant(seed), fold(done.events))) == plain(done.score)


def test_chance_meets_every_kind_of_event_that_it_can(plays):
    met = {event.type for done in plays.values() for event in done.events}
    assert met == set(NAMES)


junk = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
kinds = some.sampled_from(
    ["act", "ask", "procedure", "read", "assess", "propose", "draft", "advance", "walk_away", "close"]
)
fields = some.sampled_from(["action", "option", "document", "assessment", "value", "packages", "draft", "clauses"])


@settings(max_examples=400, deadline=None)
@given(kind=kinds, body=some.dictionaries(fields, junk, max_size=4), seed=some.integers(0, 10_000))
def test_junk_is_refused_or_harmless_and_deciding_changes_nothing(kind, body, seed):
    sitting = Sitting(SMALL, str(seed))
    if seed % 2:
        sitting.to_table()
    before = copy.deepcopy(sitting.st)
    with suppress(Refused):
        decide(sitting.sc, sitting.st, {**body, "type": kind})
    assert sitting.st == before


@settings(max_examples=60, deadline=None)
@given(seed=some.text(max_size=12), label=some.text(max_size=12))
def test_draws_lie_in_the_unit_interval_and_repeat(seed, label):
    assert 0 <= u01(seed, label) < 1
    assert u01(seed, label) == u01(seed, label)


def test_the_view_is_json_in_both_languages(plays):
    for seed, done in list(plays.items())[:40]:
        for lang in ("zh", "en"):
            json.dumps(view(SMALL.variant(seed), done.state, lang=lang), allow_nan=False)
