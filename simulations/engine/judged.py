"""Judged: how a judgement came out, and the way to it through the facts that bore on it."""

from decimal import Decimal
from typing import Any

from .scenario import Scenario
from .sheets import Assessment
from .state import State
from .truths import Worked, credit, right, truth
from .wire import plain, thousandths

Json = dict[str, Any]
MIDDLE, LOW, HIGH = 50, 10, 90


def judgement(sc: Scenario, st: State, name: str, lang: str) -> Json:
    """What was answered, what the declared model gives, and why."""
    each, worked = sc.assessments[name], truth(sc, name)
    answer = st.answers.get(name)
    best = _best(sc, name, each, worked)
    return {
        "assessment": name,
        "kind": each.kind,
        "text": sc.say(each.text, lang),
        "unit": sc.say(each.unit, lang),
        "answer": answer,
        "truth": best,
        "truth_text": _in_words(sc, each, worked, best, lang),
        "interval": _interval(worked),
        "figures": _figures(sc, each, worked, answer, lang),
        "rows": _rows(sc, each, answer, lang),
        "credit": thousandths(credit(sc, name, answer) if answer else 0.0),
        "explanation": sc.say(each.explanation, lang),
        "facts": _way(sc, st, name, each, best, lang),
    }


def _best(sc: Scenario, name: str, each: Assessment, worked: Worked) -> Any:
    match each.kind:
        case "choice":
            return right(sc, name)
        case "checklist":
            return None
    value = worked["quantiles"][MIDDLE] if "quantiles" in worked else worked["value"]
    return plain(Decimal(f"{value:.6g}"))


def _in_words(sc: Scenario, each: Assessment, worked: Worked, best: Any, lang: str) -> str:
    if each.kind == "choice":
        return sc.say(each.answers[best].text, lang)
    if each.kind == "checklist":
        joiner = "；" if lang == "zh" else "; "
        rows = [(sc.say(row.text, lang), sc.say(each.answers[row.right].text, lang)) for row in each.rows.values()]
        return joiner.join(f"{text}{'：' if lang == 'zh' else ': '}{answer}" for text, answer in rows)
    if "quantiles" in worked:
        return f"{worked['quantiles'][LOW]:.4g} – {worked['quantiles'][HIGH]:.4g}"
    return f"{worked['value']:.4g}"


def _interval(worked: Worked) -> Json | None:
    """Where the true distribution lies, when what was asked for is a range."""
    if "quantiles" not in worked:
        return None
    low, middle, high = (float(f"{worked['quantiles'][at]:.6g}") for at in (LOW, MIDDLE, HIGH))
    return {"p10": low, "p50": middle, "p90": high}


def _figures(sc: Scenario, each: Assessment, worked: Worked, answer: Any, lang: str) -> list[Json]:
    given = (answer or {}).get("figures", {})
    return [
        {
            "id": key,
            "text": sc.say(line.text, lang),
            "unit": sc.say(line.unit, lang),
            "truth": float(f"{worked['figures'][key]:.6g}"),
            "given": given.get(key),
        }
        for key, line in each.inputs.items()
    ]


def _rows(sc: Scenario, each: Assessment, answer: Any, lang: str) -> list[Json]:
    given = (answer or {}).get("rows", {})
    return [
        {
            "id": key,
            "text": sc.say(row.text, lang),
            "right": row.right,
            "right_text": sc.say(each.answers[row.right].text, lang),
            "given": given.get(key),
            "explanation": sc.say(row.explanation, lang),
        }
        for key, row in each.rows.items()
    ]


def _way(sc: Scenario, st: State, name: str, each: Assessment, best: Any, lang: str) -> list[Json]:
    """The facts that bore on the right answer, found or missed."""
    wanted = {f"assess:{name}:{best}"} | {f"assess:{name}.{key}:{row.right}" for key, row in each.rows.items()}
    inputs = set(each.inputs)
    return [
        {
            "fact": key,
            "text": sc.say(fact.text, lang),
            "grade": fact.grade,
            "found": key in st.facts,
            "where": where(sc, key, lang),
        }
        for key, fact in sc.facts.items()
        if key in each.evidence
        or inputs & {*fact.data}
        or any(bears.on in wanted and not bears.against for bears in fact.bears)
    ]


def where(sc: Scenario, fact: str, lang: str) -> list[Json]:
    """Every place where a fact could have been found."""
    places = [
        {"kind": "document", "id": name, "text": sc.say(each.title, lang), "days": 0, "budget": 0, "trust": 0}
        for name, each in sc.documents.items()
        if fact in each.reveals
    ]
    for name, effect in sc.effects.items():
        if fact in effect.reveals:
            text = sc.say(effect.text, lang)
            places.append({"kind": "effect", "id": name, "text": text, "days": 0, "budget": 0, "trust": 0})
    for name, action in sc.actions.items():
        ways = [option for option in action.options.values() if fact in option.reveals]
        if fact in action.reveals or ways:
            text = sc.say(action.text, lang) + (f" – {sc.say(ways[0].text, lang)}" if ways else "")
            cost = {"days": action.cost.days, "budget": action.cost.budget, "trust": sc.trust_needed(action)}
            places.append({"kind": "action", "id": name, "text": text, **cost})
    return places
