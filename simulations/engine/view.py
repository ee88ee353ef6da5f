"""View: all that a seat may know, as JSON values. Templates and bots get nothing else.

What is hidden never enters: no utility, walk-away, truth, rubric, trap or fact that was not found.
"""

from typing import Any

from . import acting, at_table, desk, judging, negotiating, papers
from .commands import PROTOCOL
from .decide import unfinished
from .lawbook import NOT_ADVICE
from .lawbook import told as rules_told
from .refusing import Refused
from .scenario import ENGINE_VERSION, Scenario
from .state import State
from .telling import told
from .worksheets import assessment

Json = dict[str, Any]


def view(sc: Scenario, st: State, seat: str = "broker", lang: str = "zh", reading: bool = False) -> Json:
    """What the seat sees now, in one language.

    With `reading` the sentences carry what people read in words: what a fact bears on, what kind of act or line it is.
    """
    return {
        "v": PROTOCOL,
        "protocol": sc.protocol,
        "engine": ENGINE_VERSION,
        "seat": seat,
        "lang": lang,
        "status": st.status,
        "ended": {"how": st.ended_how, "why": st.ended_why} if st.status == "ended" else None,
        "scenario": desk.once(sc, ("scenario", lang), lambda: _scenario(sc, lang)),
        "clock": _clock(sc, st),
        "stage": st.stage,
        "stages": _stages(sc, st, lang),
        "parties": [at_table.party(sc, st, name, lang) for name in sc.parties],
        "partner": st.partner or None,
        "actions": [desk.action(sc, st, name, lang, reading) for name in sc.actions if acting.in_reach(sc, st, name)],
        "documents": [desk.document(sc, st, name, lang) for name in sc.documents if acting.is_open(sc, st, name)],
        "facts": desk.facts(sc, st, lang, reading),
        "numbers": desk.known_numbers(sc, st),
        "cards": desk.cards(sc, st, lang),
        "assessments": [
            assessment(sc, st, name, lang, reading) for name, each in sc.assessments.items() if _met(sc, st, each)
        ],
        "drafts": [papers.draft(sc, st, name, lang, reading) for name, each in sc.drafts.items() if _met(sc, st, each)],
        "papers": [papers.paper(sc, st, name, lang) for name, each in sc.papers.items() if _met(sc, st, each)],
        "issues": at_table.issues(sc, st, lang),
        "sheet": at_table.own_sheet(sc, st),
        "offers": at_table.offers(sc, st, lang),
        "talks": _talks(sc, st, lang),
        "deal": dict(st.deal) if st.deal is not None else None,
        "timeline": desk.grown(sc, st, ("told", lang), st.journal, lambda moment: told(sc, moment, lang)),
        "rules": desk.once(sc, ("rules", lang), lambda: rules_told(sc.rule_set, lang)),
        "legal": {"as_of": sc.as_of, "rule_set": sc.rule_set, "notice": NOT_ADVICE[0 if lang == "zh" else 1]},
        "commands": allowed(sc, st),
    }


def _met(sc: Scenario, st: State, part: Any) -> bool:
    return sc.stage_index(part.stage) <= sc.stage_index(st.stage)


def _scenario(sc: Scenario, lang: str) -> Json:
    return {
        "id": sc.id,
        "version": sc.version,
        "as_of": sc.as_of,
        "level": sc.level,
        "difficulty": sc.level_now,
        "minutes": sc.minutes,
        "languages": list(sc.languages),
        "roles": list(sc.roles),
        "pass_mark": sc.pass_mark,
        "budget_unit": sc.say(sc.budget_unit, lang),
        "title": sc.say(sc.title, lang),
        "subtitle": sc.say(sc.subtitle, lang),
        "briefing": sc.say(sc.briefing, lang),
        "invented": sc.say(sc.invented, lang),
    }


def _clock(sc: Scenario, st: State) -> Json:
    return {
        "day": st.day,
        "days": sc.days,
        "days_left": st.days_left,
        "budget": sc.budget,
        "budget_left": st.budget_left,
        "round": len(st.offers),
        "rounds": sc.talks.rounds,
        "round_days": sc.talks.round_days,
    }


def _stages(sc: Scenario, st: State, lang: str) -> list[Json]:
    here = sc.stage_index(st.stage)
    stages: list[Json] = desk.once(
        sc,
        ("stages", here, lang),
        lambda: [
            {
                "id": stage.id,
                "number": n + 1,
                "title": sc.say(stage.title, lang),
                "aim": sc.say(stage.aim, lang),
                "state": "done" if n < here else "now" if n == here else "todo",
            }
            for n, stage in enumerate(sc.stages)
        ],
    )
    return stages


def _talks(sc: Scenario, st: State, lang: str) -> Json:
    reason = negotiating.why_no_talks(sc, st) if st.status == "playing" else Refused("already-ended")
    return {
        "principal": sc.talks.principal,
        "partner": st.partner or None,
        "stage": sc.talks.stage,
        "open": reason is None,
        "why_not": reason.sentence(lang) if reason else None,
        "packages": sc.talks.packages,
        "answering": negotiating.answering(sc, st),
        "broken_by": st.broken_by or None,
    }


def allowed(sc: Scenario, st: State) -> list[str]:
    """The types of command that could now be accepted."""
    if st.status != "playing":
        return []
    last = st.stage == sc.stages[-1].id
    waiting = acting.waiting_card(sc, st)
    possible = {
        "act": True,
        "ask": True,
        "procedure": True,
        "read": True,
        "assess": any(judging.is_open(sc, st, name) for name in sc.assessments),
        "draft": any(judging.draft_is_open(sc, st, name) for name in sc.drafts),
        "write": any(judging.paper_is_open(sc, st, name) for name in sc.papers),
        "propose": negotiating.why_no_talks(sc, st) is None and st.days_left >= sc.talks.round_days,
        "advance": not last and not waiting and unfinished(sc, st) is None,
        "walk_away": True,
        "close": last and not waiting,
    }
    return [name for name, may in possible.items() if may]
