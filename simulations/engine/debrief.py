"""Debrief: after the end, what was possible, what was missed, and what would have earned most."""

from decimal import Decimal
from typing import Any

from . import frontier, valuation
from .scenario import Scenario
from .scoring import Score, score
from .state import Offer, State
from .table import Issue
from .telling import told
from .utility import worth
from .wire import plain, thousandths

Json = dict[str, Any]
CLOUD = 400
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
        "plot": plot(sc, st),
        "measures": _measures(sc, st),
        "packages": _packages(sc, st, lang),
        "better": _better(sc, st, lang),
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


def plot(sc: Scenario, st: State) -> Json:
    """The Pareto plot: coordinates in whole thousandths of utility, x for the principal, y for the partner."""
    partner = st.partner or frontier.prospects(sc).partner
    view = frontier.outlook(sc, partner)
    principal = sc.talks.principal
    stride = max(1, view.sample.shape[1] // CLOUD)
    offers = [
        {"round": offer.round, "package": n, "event": offer.seq, **_at(sc, principal, partner, package)}
        for offer in st.offers
        for n, package in enumerate(offer.packages)
    ]
    return {
        "x": principal,
        "y": partner,
        "walk_away": {"x": thousandths(view.floors[0]), "y": thousandths(view.floors[1])},
        "cloud": [[thousandths(a), thousandths(b)] for a, b in view.sample[:, ::stride].T.tolist()],
        "frontier": [[thousandths(p.principal), thousandths(p.partner)] for p in reversed(view.frontier)],
        "nash": {"x": thousandths(view.nash.principal), "y": thousandths(view.nash.partner)},
        "offers": offers,
        "deal": _at(sc, principal, partner, st.deal) if st.deal is not None else None,
        "zopa_share": thousandths(view.zopa_share),
    }


def _at(sc: Scenario, principal: str, partner: str, terms: Json) -> Json:
    return {
        "x": thousandths(worth(sc, principal, partner, terms)),
        "y": thousandths(worth(sc, partner, partner, terms)),
    }


def _measures(sc: Scenario, st: State) -> Json | None:
    """How the deal compares with what was possible, each in whole thousandths."""
    if st.deal is None:
        return None
    return {name: thousandths(value) for name, value in frontier.measures(sc, st.partner, st.deal).items()}


def in_words(sc: Scenario, terms: Json, lang: str) -> list[Json]:
    """Terms as people read them: issue, value and unit."""
    return [
        {"issue": name, "text": sc.say(issue.text, lang), "value": _worded(sc, issue, terms[name], lang)}
        for name, issue in sc.issues.items()
    ]


def _worded(sc: Scenario, issue: Issue, value: Any, lang: str) -> str:
    if issue.kind == "choice":
        return sc.say(issue.values[value], lang)
    return f"{value:g} {sc.say(issue.unit, lang)}".strip()


def _packages(sc: Scenario, st: State, lang: str) -> list[Json]:
    def row(offer: Offer, n: int, package: Json) -> Json:
        return {
            "round": offer.round,
            "day": offer.day,
            "event": offer.seq,
            "package": n,
            "terms": in_words(sc, package, lang),
            **_at(sc, sc.talks.principal, st.partner, package),
            "replies": {reply.party: reply.mood for reply in offer.replies},
        }

    return [row(offer, n, package) for offer in st.offers for n, package in enumerate(offer.packages)]


def _better(sc: Scenario, st: State, lang: str) -> list[Json]:
    """Two deals that both sides would have liked better than the one they struck."""
    if st.deal is None:
        return []
    own, other = frontier.gains(sc, st.partner, st.deal)
    view = frontier.outlook(sc, st.partner)
    return [
        {
            "terms": in_words(sc, point.terms, lang),
            "changes": [
                each for each in in_words(sc, point.terms, lang) if point.terms[each["issue"]] != st.deal[each["issue"]]
            ],
            "x": thousandths(point.principal),
            "y": thousandths(point.partner),
            "more_x": thousandths(point.principal - view.floors[0] - own),
            "more_y": thousandths(point.partner - view.floors[1] - other),
        }
        for point in frontier.better_for_both(sc, st.partner, st.deal)
    ]


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
