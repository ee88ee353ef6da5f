"""View: all that a seat may know, as JSON values. Templates and bots get nothing else.

What is hidden never enters: no utility, walk-away, truth, rubric, trap or fact that was not found.
"""

from typing import Any

from . import acting, desk, judging, negotiating
from .chance import pick
from .commands import PROTOCOL
from .decide import unfinished
from .parts import Action, Text
from .refusing import Refused
from .scenario import ENGINE_VERSION, Scenario
from .state import Offer, Reply, State
from .telling import told

Json = dict[str, Any]


def view(sc: Scenario, st: State, seat: str = "broker", lang: str = "zh") -> Json:
    """What the seat sees now, in one language."""
    return {
        "v": PROTOCOL,
        "protocol": "broker",
        "engine": ENGINE_VERSION,
        "seat": seat,
        "lang": lang,
        "status": st.status,
        "ended": {"how": st.ended_how, "why": st.ended_why} if st.status == "ended" else None,
        "scenario": _scenario(sc, lang),
        "clock": _clock(sc, st),
        "stage": st.stage,
        "stages": _stages(sc, st, lang),
        "parties": [_party(sc, st, name, lang) for name in sc.parties],
        "partner": st.partner or None,
        "actions": [desk.action(sc, st, name, lang) for name in sc.actions if _in_reach(sc, st, sc.actions[name])],
        "documents": [desk.document(sc, st, name, lang) for name in sc.documents if acting.is_open(sc, st, name)],
        "facts": [desk.fact(sc, st, name, lang) for name in st.facts],
        "numbers": desk.known_numbers(sc, st),
        "assessments": [
            desk.assessment(sc, st, n, lang) for n, each in sc.assessments.items() if _met(sc, st, each.stage)
        ],
        "drafts": [desk.draft(sc, st, name, lang) for name, each in sc.drafts.items() if _met(sc, st, each.stage)],
        "issues": [_issue(sc, st, name, lang) for name in sc.issues],
        "offers": [_offer(sc, st, offer, lang) for offer in st.offers],
        "talks": _talks(sc, st, lang),
        "deal": dict(st.deal) if st.deal is not None else None,
        "timeline": [line for moment in st.journal if (line := told(sc, moment, lang))],
        "commands": allowed(sc, st),
    }


def _met(sc: Scenario, st: State, stage: str) -> bool:
    return sc.stage_index(stage) <= sc.stage_index(st.stage)


def _in_reach(sc: Scenario, st: State, action: Action) -> bool:
    if not _met(sc, st, action.stage):
        return False
    return action.party in (None, sc.talks.principal, st.partner) or action.stage != sc.talks.stage


def _scenario(sc: Scenario, lang: str) -> Json:
    return {
        "id": sc.id,
        "version": sc.version,
        "as_of": sc.as_of,
        "level": sc.level,
        "difficulty": sc.level_now,
        "minutes": sc.minutes,
        "pass_mark": sc.pass_mark,
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
    return [
        {
            "id": stage.id,
            "number": n + 1,
            "title": sc.say(stage.title, lang),
            "aim": sc.say(stage.aim, lang),
            "state": "done" if n < here else "now" if n == here else "todo",
        }
        for n, stage in enumerate(sc.stages)
    ]


def _party(sc: Scenario, st: State, name: str, lang: str) -> Json:
    party = sc.parties[name]
    replies = [(offer, reply) for offer in st.offers for reply in offer.replies if reply.party == name]
    return {
        "id": name,
        "name": sc.say(party.name, lang),
        "person": sc.say(party.person, lang),
        "role": sc.say(party.role, lang),
        "public": sc.say(party.public, lang),
        "side": "principal" if name == sc.talks.principal else "partner",
        "at_table": name in (sc.talks.principal, st.partner),
        "trust": st.trust[name],
        "confides_at": party.confides_at,
        "mood": replies[-1][1].mood if replies else None,
        "moods": [reply.mood for _, reply in replies],
        "said": said(sc, st, replies[-1][1], lang) if replies else None,
        "said_round": replies[-1][0].round if replies else None,
        "said_day": replies[-1][0].day if replies else None,
    }


def said(sc: Scenario, st: State, reply: Reply, lang: str) -> str:
    """Put a reply into the party's words; which of its phrases is drawn from the seed."""
    voice = sc.parties[reply.party].voice
    if reply.counter is not None:
        return sc.say(voice.countered, lang)
    phrases: tuple[Text, ...] = getattr(voice, reply.mood)
    phrase = pick(st.seed, phrases, "voice", reply.party, reply.seq)
    joiner = "、" if lang == "zh" else ", "
    issues = joiner.join(sc.say(sc.issues[issue].text, lang) for issue in reply.issues)
    return sc.say(phrase, lang, issue=issues)


def _issue(sc: Scenario, st: State, name: str, lang: str) -> Json:
    issue = sc.issues[name]
    last = st.offers[-1].packages[-1][name] if st.offers else None
    hints = [
        {**desk.said_of(sc, each), "fact": fact_id, "text": sc.say(fact.text, lang)}
        for fact_id in st.facts
        for fact in [sc.facts[fact_id]]
        for each in fact.says
        if each.issue == name
    ]
    return {
        "id": name,
        "kind": issue.kind,
        "text": sc.say(issue.text, lang),
        "unit": sc.say(issue.unit, lang),
        "low": issue.low,
        "high": issue.high,
        "step": issue.step,
        "values": [{"id": key, "text": sc.say(text, lang)} for key, text in issue.values.items()],
        "towards": {party: sc.parties[party].towards[name] for party in sc.parties},
        "last": last,
        "hints": hints,
    }


def _offer(sc: Scenario, st: State, offer: Offer, lang: str) -> Json:
    return {
        "round": offer.round,
        "day": offer.day,
        "event": offer.seq,
        "packages": [dict(package) for package in offer.packages],
        "replies": [
            {
                "party": reply.party,
                "package": reply.package,
                "mood": reply.mood,
                "issues": list(reply.issues),
                "counter": dict(reply.counter) if reply.counter is not None else None,
                "said": said(sc, st, reply, lang),
            }
            for reply in offer.replies
        ],
    }


def _talks(sc: Scenario, st: State, lang: str) -> Json:
    reason = negotiating.why_no_talks(sc, st) if st.status == "playing" else Refused("already-ended")
    return {
        "principal": sc.talks.principal,
        "partner": st.partner or None,
        "stage": sc.talks.stage,
        "open": reason is None,
        "why_not": reason.sentence(lang) if reason else None,
        "packages": sc.talks.packages,
        "broken_by": st.broken_by or None,
    }


def allowed(sc: Scenario, st: State) -> list[str]:
    """The types of command that could now be accepted."""
    if st.status != "playing":
        return []
    last = st.stage == sc.stages[-1].id
    possible = {
        "act": True,
        "ask": True,
        "procedure": True,
        "read": True,
        "assess": any(judging.is_open(sc, st, name) for name in sc.assessments),
        "draft": any(judging.draft_is_open(sc, st, name) for name in sc.drafts),
        "propose": negotiating.why_no_talks(sc, st) is None and st.days_left >= sc.talks.round_days,
        "advance": not last and unfinished(sc, st) is None,
        "walk_away": True,
        "close": last,
    }
    return [name for name, may in possible.items() if may]
