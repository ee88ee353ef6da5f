"""Papers: how those of chosen lines and those in own words look in a view."""

from . import judging
from .desk import Json, once
from .scenario import Scenario
from .state import State


def draft(sc: Scenario, st: State, name: str, lang: str, reading: bool = False) -> Json:
    """A paper to be put together from lines, and what was written."""
    written = st.drafts.get(name)
    return {
        **once(sc, ("draft", name, lang, reading), lambda: _form(sc, name, lang, reading)),
        "written": list(written) if written is not None else None,
        "open": st.status == "playing" and judging.draft_is_open(sc, st, name),
    }


def _form(sc: Scenario, name: str, lang: str, reading: bool) -> Json:
    paper = sc.drafts[name]
    clauses = [{"id": key, "text": sc.say(each.text, lang)} for key, each in paper.clauses.items()]
    if reading:
        for clause, each in zip(clauses, paper.clauses.values(), strict=True):
            clause["kind"] = each.kind or ""
    title, aim = sc.say(paper.title, lang), sc.say(paper.aim, lang)
    return {"id": name, "stage": paper.stage, "title": title, "aim": aim, "clauses": clauses}


def paper(sc: Scenario, st: State, name: str, lang: str) -> Json:
    """A paper in the player's own words, with what its markers will look at."""
    each = sc.papers[name]
    return {
        "id": name,
        "stage": each.stage,
        "title": sc.say(each.title, lang),
        "aim": sc.say(each.aim, lang),
        "criteria": [
            {"id": key, "text": sc.say(line.text, lang), "points": line.points} for key, line in each.criteria.items()
        ],
        "most_characters": each.most_characters,
        "text": st.papers.get(name),
        "open": st.status == "playing" and judging.paper_is_open(sc, st, name),
    }
