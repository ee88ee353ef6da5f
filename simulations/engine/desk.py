"""The desk: how actions, documents, facts, judgements and papers look in a view."""

from typing import Any

from . import acting, judging
from .parts import Says
from .refusing import Refused
from .scenario import Scenario
from .state import State

Json = dict[str, Any]


def action(sc: Scenario, st: State, name: str, lang: str) -> Json:
    """An action: what it costs now, whether it can be done, what came of it."""
    deed = sc.actions[name]
    cost = acting.cost_now(sc, st, deed)
    reason = None if st.status != "playing" else acting.why_not(sc, st, name) or _too_dear(st, cost.days, cost.budget)
    chosen = next((option for option in deed.options if f"done:{name}:{option}" in st.seen), None)
    reply = deed.options[chosen].reply if chosen and deed.options[chosen].reply else deed.reply
    done = f"done:{name}" in st.seen
    return {
        "id": name,
        "kind": deed.kind,
        "stage": deed.stage,
        "party": deed.party,
        "text": sc.say(deed.text, lang),
        "note": sc.say(deed.note, lang),
        "days": cost.days,
        "budget": cost.budget,
        "late": cost != deed.cost,
        "options": [{"id": key, "text": sc.say(each.text, lang)} for key, each in deed.options.items()],
        "done": done,
        "chosen": chosen,
        "reply": sc.say(reply, lang) if done else "",
        "evaded": f"evaded:{name}" in st.seen and not done,
        "available": st.status == "playing" and reason is None,
        "why_not": _sentence(sc, reason, lang) if reason and not done else None,
    }


def _too_dear(st: State, days: int, budget: int) -> Refused | None:
    if days > st.days_left:
        return Refused("not-enough-days", need=days, left=st.days_left)
    if budget > st.budget_left:
        return Refused("not-enough-budget", need=f"{budget / 100:g}", left=f"{st.budget_left / 100:g}")
    return None


def _sentence(sc: Scenario, reason: Refused, lang: str) -> Json:
    return {"code": reason.code, "sentence": reason.sentence(lang)}


def document(sc: Scenario, st: State, name: str, lang: str) -> Json:
    """A document; its body only once it has been read."""
    paper = sc.documents[name]
    read = f"read:{name}" in st.seen
    return {
        "id": name,
        "title": sc.say(paper.title, lang),
        "kind": paper.kind,
        "by": sc.say(paper.by, lang),
        "read": read,
        "body": sc.say(paper.body, lang) if read else None,
    }


def fact(sc: Scenario, st: State, name: str, lang: str) -> Json:
    """A fact that was found, and where."""
    found = sc.facts[name]
    source = st.sources[name]
    kind, _, key = source.partition(":")
    origin = sc.documents[key].title if kind == "document" else sc.actions[key].text
    return {
        "id": name,
        "stage": found.stage,
        "text": sc.say(found.text, lang),
        "day": st.facts[name].day,
        "event": st.facts[name].seq,
        "source": {"kind": kind, "id": key, "text": sc.say(origin, lang)},
        "says": [said_of(sc, each) for each in found.says],
    }


def said_of(sc: Scenario, says: Says) -> Json:
    """What a fact says about an interest, in one word and one number."""
    at = None if says.at is None else sc.number(says.at)
    importance = says.importance or sc.importance(says.party, says.issue)
    return {**says.model_dump(), "at": at, "importance": importance}


def known_numbers(sc: Scenario, st: State) -> dict[str, float]:
    """The parameters told by the facts that were found, by name."""
    return {name: sc.numbers[name] for fact in st.facts for name in sc.facts[fact].data}


def assessment(sc: Scenario, st: State, name: str, lang: str) -> Json:
    """A judgement to be made, and what was answered."""
    each = sc.assessments[name]
    return {
        "id": name,
        "kind": each.kind,
        "stage": each.stage,
        "text": sc.say(each.text, lang),
        "help": sc.say(each.help, lang),
        "unit": sc.say(each.unit, lang),
        "low": each.low,
        "high": each.high,
        "step": each.step,
        "answers": [{"id": key, "text": sc.say(choice.text, lang)} for key, choice in each.answers.items()],
        "open": st.status == "playing" and judging.is_open(sc, st, name),
        "answer": st.answers.get(name),
    }


def draft(sc: Scenario, st: State, name: str, lang: str) -> Json:
    """A paper to be written, and what was written."""
    paper = sc.drafts[name]
    written = st.drafts.get(name)
    return {
        "id": name,
        "stage": paper.stage,
        "title": sc.say(paper.title, lang),
        "aim": sc.say(paper.aim, lang),
        "clauses": [{"id": key, "text": sc.say(each.text, lang)} for key, each in paper.clauses.items()],
        "written": list(written) if written is not None else None,
        "open": st.status == "playing" and judging.draft_is_open(sc, st, name),
    }
