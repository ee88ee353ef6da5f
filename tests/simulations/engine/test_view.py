"""The view hides what must be hidden, whatever has happened so far."""

import json
from typing import Any

import pytest

from simulations import library
from simulations.engine.apply import apply, fold
from simulations.engine.scenario import Scenario
from simulations.engine.state import State
from simulations.engine.varying import rebuilt
from simulations.engine.view import view
from simulations.engine.wire import public_event

from .cases import Sitting, rich, sitting, small
from .players import play
from .test_acting import EASY

pytestmark = pytest.mark.unit

CASES = {"rich": lambda: rich(parties=EASY), "side": lambda: rich(protocol="side"), **{
    code: (lambda code=code: library.scenario(code)) for code in library.codes()
}}  # fmt: skip
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
    hidden += [sc.say(row.explanation, lang) for each in sc.assessments.values() for row in each.rows.values()]
    hidden += [sc.say(each.text, lang) for name, each in sc.effects.items() if f"effect:{name}" not in st.seen]
    hidden += [sc.say(each.card, lang) for name, each in sc.chances.items() if each.card and name not in st.cards]
    hidden += [sc.say(each.told, lang) for each in sc.flavours.values()]
    hidden += [sc.say(clause.why, lang) for draft in sc.drafts.values() for clause in draft.clauses.values()]
    hidden += [sc.say(item.text, lang) for item in sc.rubric]
    return hidden


def _strings(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*(_strings(part) for part in value.values()))
    if isinstance(value, list):
        return set().union(*(_strings(part) for part in value))
    return {value} if isinstance(value, str) else set()


def _leaked(sc: Scenario, st: State, lang: str, seen: dict[str, Any]) -> list[str]:
    """Hidden sentences that the view says: whole ones, and long ones as a part of something else.

    A rubric line may be called like the act or the paper it asks for, and an explanation may repeat what was read:
    that everybody sees.
    """
    known = [sc.say(sc.briefing, lang), *(sc.say(sc.facts[name].text, lang) for name in st.facts)]
    known += [sc.say(each.aim, lang) for each in (*sc.stages, *sc.drafts.values(), *sc.papers.values())]
    known += [sc.say(each.body, lang) for name, each in sc.documents.items() if f"read:{name}" in st.seen]
    whole = _strings(seen)
    public = {sc.say(each.text, lang) for each in (*sc.actions.values(), *sc.issues.values(), *sc.assessments.values())}
    public |= {sc.say(each.text, lang) for action in sc.actions.values() for each in action.options.values()}
    public |= {sc.say(each.text, lang) for draft in sc.drafts.values() for each in draft.clauses.values()}
    public |= {sc.say(each.text, lang) for sheet in sc.assessments.values() for each in sheet.inputs.values()}
    shown = json.dumps(seen, ensure_ascii=False)
    return [
        text
        for text in _hidden_texts(sc, st, lang)
        if text
        and text not in public
        and not any(text in each for each in known)
        and (text in whole or (len(text) >= LONG and json.dumps(text, ensure_ascii=False)[1:-1] in shown))
    ]


LONG = 14
READING = {"bears", "move", "kind_of_line", "walk"}


def _shown_keys(seen: dict[str, Any]) -> set[str]:
    """The keys of a view, apart from what it may say: models over a sheet's own lines, one's own sheet, criteria."""
    open_sheets = [each for each in seen["assessments"] if each["inputs"]]
    assert all("model" not in each for each in seen["assessments"] if each not in open_sheets)
    hidden = [{k: v for k, v in each.items() if k not in ("model", "answers")} for each in seen["assessments"]]
    bare = {**seen, "assessments": hidden, "sheet": None}
    bare["papers"] = [{k: v for k, v in each.items() if k != "criteria"} for each in seen["papers"]]
    return _keys(bare)


def _models_speak_of_lines_alone(seen: dict[str, Any]) -> bool:
    from simulations.engine.models import names
    from simulations.engine.valuation import OUTPUTS

    return all(
        names(model) <= ({*OUTPUTS} if each["workbench"] else {line["id"] for line in each["inputs"]})
        for each in seen["assessments"]
        for model in [each.get("model"), *(answer.get("model") for answer in each["answers"])]
        if model is not None
    )


@pytest.mark.parametrize("case", CASES)
def test_no_view_on_the_way_says_what_is_hidden(case):
    base = CASES[case]()
    for n in range(3):
        done = play(base, f"leak:{n}")
        st = State()
        for event in done.events:
            apply(st, event)
            if st.stage == "" or event.seq % 9:
                continue
            for lang in ("zh", "en"):
                seen = view(done.sc, st, lang=lang)
                shown = json.dumps(seen, ensure_ascii=False)
                assert _leaked(done.sc, st, lang, seen) == []
                assert done.seed not in shown
                assert not _shown_keys(seen) & (FORBIDDEN_KEYS | READING)
                assert _models_speak_of_lines_alone(seen)


def test_the_machine_reading_adds_what_people_read_in_words_and_no_secret():
    here = sitting("trap")
    here.do(type="act", action="test")
    plain, read = view(here.sc, here.st), view(here.sc, here.st, reading=True)
    assert read["facts"][0]["bears"][0] == {"on": "assess:fit:walk", "against": False}
    assert next(each for each in read["actions"] if each["id"] == "gift")["move"] == "take_favour"
    fit = next(each for each in read["assessments"] if each["id"] == "fit")
    assert [answer["walk"] for answer in fit["answers"]] == [False, False, True]
    assert not _keys(plain) & READING
    assert _keys(read) - _keys(plain) == {"bears", "on", "against", "move", "walk"}
    assert not _keys(read) & {"credit", "truth", "trap", "sprung", "flags", "reveals", "needed_if"}


def test_who_is_told_a_figure_is_told_how_far_it_may_be_off():
    here = sitting()
    here.do(type="read", document="gossip")
    here.do(type="act", action="visit")
    here.do(type="read", document="note")
    volume = here.sc.numbers["volume"]
    heard, measured = (each for each in view(here.sc, here.st)["numbers"] if each["name"] == "volume")
    assert heard == {"name": "volume", "value": 300, "grade": "claim", "low": 240, "high": 390, "fact": "f_rumour"}
    assert (measured["value"], measured["grade"], measured["fact"]) == (volume, "record", "f_volume")
    assert (measured["low"], measured["high"]) == pytest.approx((0.8 * volume, 1.3 * volume))


def test_a_fact_shows_its_grade_its_limits_and_the_law_it_states():
    here = sitting()
    here.do(type="act", action="visit")
    here.do(type="read", document="note")
    here.do(type="ask", action="ask_price", option="why")
    facts = {each["id"]: each for each in view(here.sc, here.st)["facts"]}
    assert facts["f_volume"]["law"]["as_of"] == "2025-04"
    assert facts["f_price"]["limits"]["price"] == {"ge": None, "le": here.sc.numbers["price_high"], "among": []}
    assert facts["f_price"]["limits"]["kind"]["among"] == ["strict"]


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
        utility = rebuilt(party.utility, reservation=0.11)
        parties[name] = rebuilt(party, utility=utility, tactic=rebuilt(party.tactic, start=0.5, noise=0.9))
    traps = {name: rebuilt(trap, cap=1) for name, trap in sc.traps.items()}
    assessments = {
        name: rebuilt(each, scale=9.0, evidence=(), **({} if each.inputs else {"model": 3}))
        for name, each in sc.assessments.items()
    }
    sc = rebuilt(sc, walk_right=not sc.walk_right, effects={}, competencies={"C01": 1.0})
    changed = {"parties": parties, "traps": traps, "assessments": assessments, "rubric": sc.rubric[:1]}
    return rebuilt(sc, **changed)


@pytest.mark.parametrize("case", CASES)
def test_a_view_does_not_depend_on_secrets(case):
    base = CASES[case]()
    if base.protocol == "side":
        base = rebuilt(base, protocol="broker")
    for n in range(2):
        done = play(base, f"secret:{n}", most=40)
        other = _with_other_secrets(done.sc)
        for upto in range(2, len(done.events), 11):
            st = fold(done.events[:upto])
            for reading in (False, True):
                assert view(done.sc, st, reading=reading) == view(other, fold(done.events[:upto]), reading=reading)


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
