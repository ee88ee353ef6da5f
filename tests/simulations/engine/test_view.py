"""The view hides what must be hidden, whatever has happened so far."""

import json
from typing import Any

import pytest

from simulations import library
from simulations.bots.playtest import play
from simulations.bots.simple import RandomBot
from simulations.bots.skilled import AverageBot, ExpertBot
from simulations.engine.apply import apply, fold
from simulations.engine.scenario import Scenario
from simulations.engine.state import State
from simulations.engine.view import view
from simulations.engine.wire import public_event

from .cases import Sitting, small

pytestmark = pytest.mark.unit

GAS_HEATER = "d-01-gas-heater"
FORBIDDEN_KEYS = {
    "utility", "reservation", "weights", "tactic", "noise", "impatience", "truth", "model", "credit", "cap",
    "sprung", "trap", "key", "rubric", "points", "seed", "sha256", "reveals", "flags", "appeal",
    "variant", "min_trust", "explanation",
}  # fmt: skip


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(_keys(part) for part in value.values()))
    if isinstance(value, list):
        return set().union(*(_keys(part) for part in value))
    return set()


def _hidden_texts(sc: Scenario, st: State, lang: str) -> list[str]:
    """Every sentence that nobody may read yet in this state."""
    hidden = [sc.say(fact.text, lang) for name, fact in sc.facts.items() if name not in st.facts]
    hidden += [sc.say(each.body, lang) for name, each in sc.documents.items() if f"read:{name}" not in st.seen]
    hidden += [sc.say(trap.told, lang) for name, trap in sc.traps.items() if name not in st.traps]
    hidden += [sc.say(trap.text, lang) for trap in sc.traps.values()]
    hidden += [sc.say(rule, lang) for party in sc.parties.values() for rule in party.rules]
    hidden += [sc.say(each.explanation, lang) for each in sc.assessments.values()]
    hidden += [sc.say(clause.why, lang) for draft in sc.drafts.values() for clause in draft.clauses.values()]
    hidden += [sc.say(item.text, lang) for item in sc.rubric]
    return hidden


@pytest.mark.parametrize("bot", [RandomBot, AverageBot, ExpertBot])
def test_no_view_on_the_way_says_what_is_hidden(bot):
    base = library.scenario(GAS_HEATER)
    for n in range(3):
        seed = f"leak:{n}"
        sc, done = base.variant(seed), play(base, bot(), seed)
        st = State()
        for event in done.events:
            apply(st, event)
            if st.stage == "" or event.seq % 9:
                continue
            for lang in ("zh", "en"):
                seen = view(sc, st, lang=lang)
                shown = json.dumps(seen, ensure_ascii=False)
                leaked = [
                    text for text in _hidden_texts(sc, st, lang) if json.dumps(text, ensure_ascii=False)[1:-1] in shown
                ]
                assert leaked == []
                assert not _keys(seen) & FORBIDDEN_KEYS


def test_the_test_of_hiding_would_notice():
    sitting = Sitting(small())
    sitting.do(type="act", action="visit")
    before = _hidden_texts(sitting.sc, sitting.st, "en")
    sitting.do(type="read", document="note")
    shown = json.dumps(view(sitting.sc, sitting.st, lang="en"))
    assert [text for text in before if text in shown] == [
        sitting.sc.say(sitting.sc.facts["f_volume"].text, "en"),
        sitting.sc.say(sitting.sc.documents["note"].body, "en"),
    ]


def _with_other_secrets(sc: Scenario) -> Scenario:
    """The same case for the eye: other utilities, tactics, truths, traps' caps and rubric."""
    parties = {}
    for name, party in sc.parties.items():
        utility = party.utility.model_copy(update={"reservation": 0.11})
        tactic = party.tactic.model_copy(update={"start": 0.5, "noise": 0.9})
        parties[name] = party.model_copy(update={"utility": utility, "tactic": tactic})
    traps = {name: trap.model_copy(update={"cap": 1}) for name, trap in sc.traps.items()}
    assessments = {name: each.model_copy(update={"model": 3, "scale": 9.0}) for name, each in sc.assessments.items()}
    changed = {"parties": parties, "traps": traps, "assessments": assessments, "rubric": sc.rubric[:1]}
    return Scenario.model_construct(**{**dict(sc), **changed})


@pytest.mark.parametrize("bot", [RandomBot, ExpertBot])
def test_a_view_does_not_depend_on_secrets(bot):
    base = library.scenario(GAS_HEATER)
    for n in range(4):
        seed = f"secret:{n}"
        sc, done = base.variant(seed), play(base, bot(), seed)
        for upto in range(2, len(done.events), 11):
            st = fold(done.events[:upto])
            assert view(sc, st) == view(_with_other_secrets(sc), st)


def test_a_public_event_carries_no_seed_and_nothing_of_how_it_scores():
    sitting = Sitting(small(), "very-secret-seed")
    sitting.do(type="act", action="gift")
    shown = json.dumps([public_event(event) for event in sitting.events])
    assert "very-secret-seed" not in shown
    assert not {"seed", "sha256", "cap", "rule"} & _keys([public_event(event) for event in sitting.events])


def test_what_was_asked_in_private_shows_beside_the_issue():
    sitting = Sitting(small())
    price = view(sitting.sc, sitting.st)["issues"][0]
    assert price["hints"] == []
    sitting.do(type="ask", action="ask_price", option="why")
    hint = view(sitting.sc, sitting.st, lang="en")["issues"][0]["hints"]
    assert hint == [
        {
            "party": "buyer",
            "issue": "price",
            "wants": "low",
            "at": None,
            "importance": 3,
            "fact": "f_price",
            "text": "Price comes first",
        }
    ]


def test_both_languages_show_the_same_things():
    sitting = Sitting(small()).to_table()
    zh, en = view(sitting.sc, sitting.st, lang="zh"), view(sitting.sc, sitting.st, lang="en")
    assert _keys(zh) == _keys(en)
    assert (zh["scenario"]["title"], en["scenario"]["title"]) == ("小案", "Small case")
