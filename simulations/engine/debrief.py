"""Debrief: after the end, what was possible, what was missed, and what would have earned most."""

from decimal import Decimal
from typing import Any

from . import frontier, plotting, valuation
from .scenario import Scenario
from .scoring import Score, score
from .state import State
from .telling import told
from .wire import plain, thousandths

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
        "rules": [
            {"party": name, "name": sc.say(party.name, lang), "rules": [sc.say(rule, lang) for rule in party.rules]}
            for name, party in sc.parties.items()
            if name in (sc.talks.principal, st.partner or frontier.prospects(sc).partner)
        ],
        "law": {key: _law(sc, key, lang) for key in sc.law},
        "reflection": [sc.say(text, lang) for text in sc.reflection],
    }


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
        {"fact": name, "text": sc.say(fact.text, lang), "key": fact.key, "where": _where(sc, name, lang)}
        for name, fact in sc.facts.items()
        if name not in st.facts and _concerns(sc, st, name)
    ]


def _concerns(sc: Scenario, st: State, fact: str) -> bool:
    parties = {each.party for each in sc.facts[fact].says}
    return not parties or bool(parties & {sc.talks.principal, st.partner}) or sc.facts[fact].key


def _where(sc: Scenario, fact: str, lang: str) -> list[Json]:
    places = [
        {"kind": "document", "id": name, "text": sc.say(each.title, lang), "days": 0, "budget": 0, "trust": 0}
        for name, each in sc.documents.items()
        if fact in each.reveals
    ]
    for name, action in sc.actions.items():
        ways = [option for option in action.options.values() if fact in option.reveals]
        if fact in action.reveals or ways:
            text = sc.say(action.text, lang) + (f" – {sc.say(ways[0].text, lang)}" if ways else "")
            cost = {"days": action.cost.days, "budget": action.cost.budget, "trust": sc.trust_needed(action)}
            places.append({"kind": "action", "id": name, "text": text, **cost})
    return places


def _judgements(sc: Scenario, st: State, lang: str) -> list[Json]:
    """Every assessment: what was answered, what the declared model gives, and why."""
    rows = []
    for name, each in sc.assessments.items():
        truth = valuation.truth(sc, name)
        answer = st.answers.get(name)
        share = valuation.credit(sc, name, answer) if answer else 0.0
        rows.append(
            {
                "assessment": name,
                "text": sc.say(each.text, lang),
                "unit": sc.say(each.unit, lang),
                "answer": answer,
                "truth": truth if isinstance(truth, str) else plain(Decimal(f"{truth:.6g}")),
                "truth_text": sc.say(each.answers[truth].text, lang) if isinstance(truth, str) else f"{truth:.4g}",
                "credit": thousandths(share),
                "explanation": sc.say(each.explanation, lang),
            }
        )
    return rows


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
                    "role": clause.role,
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


def _law(sc: Scenario, key: str, lang: str) -> Json:
    law = sc.law[key]
    return {
        "cite": sc.say(law.cite, lang),
        "gist": sc.say(law.gist, lang),
        "source": law.source,
        "jurisdiction": law.jurisdiction,
        "as_of": law.as_of,
    }
