"""The desk: how actions, documents, facts, numbers and cards look in a view."""

from collections.abc import Callable, Iterable, Sized
from itertools import islice
from typing import Any, cast

from . import acting
from .bargaining import fine
from .parts import Limit, Says
from .refusing import Refused
from .scenario import Scenario
from .state import State

Json = dict[str, Any]
NOTHING_YET: Json = {"chosen": None, "reply": "", "outcome": None}
VARYING = ("not-enough-days", "not-enough-budget")


def once(sc: Scenario, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What depends on the scenario alone is made once and kept with it."""
    if key not in sc.kept:
        sc.kept[key] = make()
    return sc.kept[key]


def grown(sc: Scenario, st: State, key: tuple[Any, ...], things: Sized, make: Callable[[Any], Any]) -> list[Any]:
    """A line for everything in a list that only grows: what was made before is kept with the state."""
    scenario, count, lines = st.shown.get(key, (sc, 0, ()))
    if scenario is not sc:
        count, lines = 0, ()
    if count < len(things):
        made = (make(thing) for thing in islice(cast("Iterable[Any]", things), count, None))
        lines = (*lines, *(line for line in made if line is not None))
        st.shown[key] = (sc, len(things), lines)
    return list(lines)


def action(sc: Scenario, st: State, name: str, lang: str, reading: bool = False) -> Json:
    """An action: what it costs now, whether it can be done, what came of it."""
    deed = sc.actions[name]
    cost = acting.cost_now(sc, st, deed)
    done = f"done:{name}" in st.seen
    reason = None
    if st.status == "playing" and not done:
        reason = acting.why_not(sc, st, name) or _too_dear(sc, st, cost.days, cost.budget)
    key = ("action", name, lang, reading)
    return {
        **(sc.kept.get(key) or once(sc, key, lambda: _written(sc, name, lang, reading))),
        "days": cost.days,
        "budget": cost.budget,
        "late": cost is not deed.cost,
        "done": done,
        **(_came_of_it(sc, st, name, lang) if done else NOTHING_YET),
        "evaded": not done and f"evaded:{name}" in st.seen,
        "available": not done and st.status == "playing" and reason is None,
        "why_not": {"code": reason.code, "sentence": _why(sc, name, reason, lang)} if reason else None,
    }


def _why(sc: Scenario, name: str, reason: Refused, lang: str) -> str:
    if reason.code in VARYING:
        return reason.sentence(lang)
    key = ("why", name, reason.code, lang)
    if key not in sc.kept:
        sc.kept[key] = reason.spoken(sc.say).sentence(lang)
    sentence: str = sc.kept[key]
    return sentence


def _came_of_it(sc: Scenario, st: State, name: str, lang: str) -> Json:
    deed = sc.actions[name]
    chosen = next((key for key in deed.options if f"done:{name}:{key}" in st.seen), None)
    reply = deed.options[chosen].reply if chosen and deed.options[chosen].reply else deed.reply
    return {"chosen": chosen, "reply": sc.say(reply, lang), "outcome": _outcome(sc, st, name, lang)}


def _written(sc: Scenario, name: str, lang: str, reading: bool) -> Json:
    deed = sc.actions[name]
    options = [{"id": key, "text": sc.say(each.text, lang)} for key, each in deed.options.items()]
    written = {
        "id": name,
        "kind": deed.kind,
        "stage": deed.stage,
        "party": deed.party,
        "text": sc.say(deed.text, lang),
        "note": sc.say(deed.note, lang),
        "form": deed.procedure.form if deed.procedure else None,
        "options": options,
    }
    if reading:
        written["move"] = deed.move
        for option, each in zip(options, deed.options.values(), strict=True):
            option["move"] = each.move or ""
    return written


def _too_dear(sc: Scenario, st: State, days: int, budget: int) -> Refused | None:
    if days > st.days_left:
        return Refused("not-enough-days", need=days, left=st.days_left)
    if budget > st.budget_left:
        need, left = f"{budget / 100:g}", f"{st.budget_left / 100:g}"
        return Refused("not-enough-budget", need=need, left=left, unit=sc.budget_unit)
    return None


def _outcome(sc: Scenario, st: State, name: str, lang: str) -> Json | None:
    formal, held = sc.actions[name].procedure, st.procedures.get(name)
    if formal is None or held is None:
        return None
    unit = sc.say(formal.unit, lang)
    return {"form": formal.form, "bids": list(held["bids"]), "best": held["best"], "unit": unit, "tells": formal.tells}


def document(sc: Scenario, st: State, name: str, lang: str) -> Json:
    """A document; its body only once it has been read."""
    read = f"read:{name}" in st.seen
    key = ("document", name, lang, read)
    paper: Json = sc.kept.get(key) or once(sc, key, lambda: _page(sc, name, lang, read))
    return paper


def _page(sc: Scenario, name: str, lang: str, read: bool) -> Json:
    paper = sc.documents[name]
    return {
        "id": name,
        "title": sc.say(paper.title, lang),
        "kind": paper.kind,
        "by": sc.say(paper.by, lang),
        "read": read,
        "body": sc.say(paper.body, lang) if read else None,
    }


def facts(sc: Scenario, st: State, lang: str, reading: bool = False) -> list[Json]:
    """The facts that were found, where, and what kind of evidence each is."""

    def noted(name: str) -> Json:
        found = st.facts[name]
        return {**_noted(sc, name, lang, reading, st.sources[name]), "day": found.day, "event": found.seq}

    return grown(sc, st, ("facts", lang, reading), st.facts, noted)


def _noted(sc: Scenario, name: str, lang: str, reading: bool, source: str) -> Json:
    found = sc.facts[name]
    kind, _, key = source.partition(":")
    noted = {
        "id": name,
        "stage": found.stage,
        "text": sc.say(found.text, lang),
        "grade": found.grade,
        "source": {"kind": kind, "id": key, "text": _origin(sc, kind, key, lang)},
        "says": [said_of(sc, each) for each in found.says],
        "limits": {issue: _bounds(sc, limit) for issue, limit in found.limits.items()},
        "law": law(sc, found.law, lang) if found.law else None,
    }
    if reading:
        noted["bears"] = [each.model_dump() for each in found.bears]
    return noted


def _origin(sc: Scenario, kind: str, key: str, lang: str) -> str:
    match kind:
        case "document":
            return sc.say(sc.documents[key].title, lang)
        case "effect":
            return sc.say(sc.effects[key].text, lang)
    return sc.say(sc.actions[key].text, lang)


def _bounds(sc: Scenario, limit: Limit) -> Json:
    ends = {word: None if end is None else sc.number(end) for word, end in (("ge", limit.ge), ("le", limit.le))}
    return {**ends, "among": list(limit.among)}


def said_of(sc: Scenario, says: Says) -> Json:
    """What a fact says about an interest, in one word and one number."""
    at = None if says.at is None else sc.number(says.at)
    importance = says.importance or sc.importance(says.party, says.issue)
    return {**says.model_dump(), "at": at, "importance": importance}


def law(sc: Scenario, name: str, lang: str) -> Json:
    """An entry of the law, with the day as of which it was read."""
    entry = sc.law[name]
    return {
        "id": name,
        "cite": sc.say(entry.cite, lang),
        "gist": sc.say(entry.gist, lang),
        "source": entry.source,
        "jurisdiction": entry.jurisdiction,
        "as_of": entry.as_of,
        "known": entry.known,
    }


def known_numbers(sc: Scenario, st: State) -> list[Json]:
    """Every number that was told: by facts, in the order in which they were found, and by procedures."""
    by_fact = grown(sc, st, ("numbers",), st.facts, lambda name: [{**n, "fact": name} for n in _numbers(sc, name)])
    told = [number for numbers in by_fact for number in numbers]
    for name, held in st.procedures.items():
        tells = sc.actions[name].procedure
        if tells and tells.tells and held["best"] is not None:
            number = _ranged(sc, {"name": tells.tells, "value": held["best"], "grade": "record"})
            told.append({**number, "fact": None, "action": name})
    return told


def _numbers(sc: Scenario, name: str) -> list[Json]:
    """What a fact tells: the true value of what it knows, and for what it claims another value in its place."""

    def noted() -> list[Json]:
        fact = sc.facts[name]
        told = {**{param: param for param in fact.data}, **fact.claims}
        numbers = [{"name": key, "value": sc.numbers[of], "grade": fact.grade} for key, of in told.items()]
        return [_ranged(sc, number) for number in numbers]

    numbers: list[Json] = once(sc, ("numbers", name), noted)
    return numbers


def _ranged(sc: Scenario, number: Json) -> Json:
    """Whoever is told a figure that cannot be known exactly is told how far it may be off."""
    for each in sc.assessments.values():
        line = each.inputs.get(number["name"])
        if line and line.spread:
            ends = sorted(number["value"] * end for end in line.spread)
            return {**number, "low": fine(ends[0]), "high": fine(ends[2])}
    return number


def cards(sc: Scenario, st: State, lang: str) -> list[Json]:
    """The event cards on the table, and whether they were answered."""
    return [
        {
            "id": name,
            "text": sc.say(sc.chances[name].card, lang),
            "day": laid.day,
            "event": laid.seq,
            "action": sc.chances[name].answer,
            "answered": sc.chances[name].answer is None or f"done:{sc.chances[name].answer}" in st.seen,
        }
        for name, laid in st.cards.items()
    ]
