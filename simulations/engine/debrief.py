"""Debrief: after the end, what was possible, what was missed, and what would have earned most."""

from decimal import Decimal
from typing import Any

from . import desk, frontier, plotting
from .judged import judgement, where
from .metrics import is_required
from .scenario import Scenario
from .scoring import Score, score
from .state import State
from .telling import tactic_told, told
from .wire import plain

Json = dict[str, Any]
BEST = 3


def debrief(sc: Scenario, st: State, lang: str = "zh", result: Score | None = None) -> Json:
    """All that the pages of the debrief show. Only for an attempt that has ended."""
    if st.status != "ended":
        raise ValueError("a debrief is for an attempt that has ended")
    result = result or score(sc, st)
    return {
        "v": 1,
        "score": plain(result),
        "partner": st.partner or None,
        "plot": plotting.plot(sc, st),
        "measures": plotting.compared(sc, st),
        "packages": plotting.packages(sc, st, lang),
        "better": plotting.better(sc, st, lang),
        "curve": _curve(st),
        "timeline": [line for moment in st.journal if (line := told(sc, moment, lang))],
        "missed": _missed(sc, st, lang),
        "judgements": _judgements(sc, st, lang),
        "papers": _papers(sc, st, lang),
        "improvements": improvements(sc, result, lang),
        "gates": _gates(sc, st, lang),
        "rules": _rules(sc, st, lang),
        "walk_right": sc.walk_right,
        "happened": _happened(sc, st, lang),
        "law": {key: desk.law(sc, key, lang) for key in sc.law},
        "reflection": [sc.say(text, lang) for text in sc.reflection],
    }


def _rules(sc: Scenario, st: State, lang: str) -> list[Json]:
    """How those at the table decided: their rules, and in one sentence the tactic they bargained by."""
    shown = (sc.talks.principal, st.partner or frontier.prospects(sc).partner)
    return [
        {
            "party": name,
            "name": sc.say(party.name, lang),
            "rules": [sc.say(rule, lang) for rule in party.rules],
            "tactic": "" if sc.protocol == "side" and name == sc.talks.principal else tactic_told(party, lang),
        }
        for name, party in sc.parties.items()
        if name in shown
    ]


def _happened(sc: Scenario, st: State, lang: str) -> list[Json]:
    """What chance and the terms of the deal brought with them."""
    cards = [{"kind": "card", "id": name, "text": sc.say(sc.chances[name].text, lang)} for name in st.cards]
    followed = [name for name in sc.effects if f"effect:{name}" in st.seen]
    effects = [{"kind": "effect", "id": name, "text": sc.say(sc.effects[name].text, lang)} for name in followed]
    return [*cards, *effects]


def _curve(st: State) -> list[Json]:
    """Days, budget and each party's trust after every event that changed one of them."""
    trust: dict[str, int] = {}
    budget = 0
    points: list[Json] = []
    for moment in st.journal:
        match moment.type:
            case "attempt-started.1":
                trust, budget = dict(moment.data["trust"]), moment.data["budget"]
            case "effort-spent.1":
                budget -= moment.data["budget"]
            case "trust-changed.1":
                trust[moment.data["party"]] = moment.data["to"]
            case _:
                continue
        points.append({"event": moment.seq, "day": moment.day, "budget": budget, "trust": dict(trust)})
    return points


def _missed(sc: Scenario, st: State, lang: str) -> list[Json]:
    """Facts that were never found, with every place where they could have been."""
    return [
        {"fact": name, "text": sc.say(fact.text, lang), "key": fact.key, "where": where(sc, name, lang)}
        for name, fact in sc.facts.items()
        if name not in st.facts and _concerns(sc, st, name)
    ]


def _concerns(sc: Scenario, st: State, fact: str) -> bool:
    parties = {each.party for each in sc.facts[fact].says}
    return not parties or bool(parties & {sc.talks.principal, st.partner}) or sc.facts[fact].key


def _judgements(sc: Scenario, st: State, lang: str) -> list[Json]:
    """Every assessment: what was answered, what the declared model gives, why, and what would have led there."""
    return [judgement(sc, st, name, lang) for name in sc.assessments]


def _papers(sc: Scenario, st: State, lang: str) -> list[Json]:
    """Every line of every paper: whether it was written, whether it should have been, and why."""
    return [
        {
            "draft": name,
            "title": sc.say(draft.title, lang),
            "clauses": [
                {
                    "id": key,
                    "text": sc.say(clause.text, lang),
                    "role": "required" if is_required(clause, st) else clause.role,
                    "written": key in st.drafts.get(name, ()),
                    "why": sc.say(clause.why, lang),
                    "law": clause.law,
                }
                for key, clause in draft.clauses.items()
            ],
        }
        for name, draft in sc.drafts.items()
    ]


def improvements(sc: Scenario, result: Score, lang: str) -> list[Json]:
    """The items that would have raised the total most, by what they could still bring."""
    most = {line.code: line.max for line in result.competencies}
    weight = {line.code: line.weight for line in result.competencies}
    rows = [
        {
            "item": item.id,
            "comp": item.comp,
            "gain": str(
                (weight[item.comp] * 100 * (item.max - item.points) / most[item.comp]).quantize(Decimal("0.1"))
            ),
            "text": item.text[lang],
            "advice": item.advice[lang],
            "evidence": list(item.evidence),
        }
        for item in result.items
        if item.points < item.max
    ]
    return sorted(rows, key=lambda row: -Decimal(str(row["gain"])))[:BEST]


def _gates(sc: Scenario, st: State, lang: str) -> list[Json]:
    """Every trap of the case: whether it was stepped into, at which event, and what rule it breaks."""
    return [
        {
            "trap": name,
            "rule": trap.rule,
            "text": sc.say(trap.text, lang),
            "cap": trap.cap,
            "event": st.traps.get(name),
            "law": trap.law,
        }
        for name, trap in sc.traps.items()
    ]
