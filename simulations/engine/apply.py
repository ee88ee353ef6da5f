"""Apply: let one event change the state. No rule lives here, so old attempts survive new rules."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from .events import Event, upcast
from .state import Moment, Offer, Reply, State


def fold(events: Iterable[Event]) -> State:
    """Add up events from the first one on."""
    st = State()
    for event in events:
        apply(st, event)
    return st


def apply(st: State, event: Event) -> None:
    """Change the state by one event. An event out of order is a fault of the caller."""
    event = upcast(event)
    if event.seq != st.seq + 1:
        raise ValueError(f"event {event.seq} does not follow {st.seq}")
    data = dict(event.data)
    st.seq = event.seq
    st.commands = max(st.commands, event.cmd)
    day = st.day + data["days"] if event.type == "effort-spent.1" else st.day
    moment = Moment(event.seq, event.type, day, data, event.cmd)
    if not (_course(st, event.type, data) or _findings(st, moment)):
        _bargain(st, event.type, data, event.seq)
    for key in _keys(event.type, data):
        st.seen[key] = (*st.seen.get(key, ()), event.seq)
    st.journal.append(moment)


def _course(st: State, kind: str, data: dict[str, Any]) -> bool:
    match kind:
        case "attempt-started.1":
            _start(st, data)
        case "effort-spent.1":
            st.day += data["days"]
            st.days_left -= data["days"]
            st.budget_left -= data["budget"]
        case "stage-entered.1":
            st.stage = data["stage"]
        case "partner-chosen.1":
            st.partner = data["party"]
        case "attempt-ended.1":
            st.status, st.ended_how, st.ended_why = "ended", data["how"], data["why"]
        case _:
            return False
    return True


def _findings(st: State, moment: Moment) -> bool:
    data = moment.data
    match moment.type:
        case "fact-learned.1":
            st.facts.setdefault(data["fact"], moment)
            st.sources.setdefault(data["fact"], data["source"])
        case "trust-changed.1":
            st.trust[data["party"]] = data["to"]
            st.trust_low[data["party"]] = min(st.trust_low[data["party"]], data["to"])
        case "trap-sprung.1":
            st.traps.setdefault(data["trap"], moment.seq)
        case "assessment-made.1":
            st.answers[data["assessment"]] = {k: v for k, v in data.items() if k != "assessment"}
        case "draft-written.1":
            _draft(st, data)
        case "paper-written.1":
            st.papers[data["paper"]] = data["text"]
        case "procedure-held.1":
            st.procedures[data["action"]] = {"bids": tuple(data["bids"]), "best": data["best"]}
        case "card-laid.1":
            st.cards.setdefault(data["chance"], moment)
        case _:
            return False
    return True


def _start(st: State, data: dict[str, Any]) -> None:
    for name in ("scenario", "version", "sha256", "variant", "level", "seed", "stage", "partner"):
        setattr(st, name, data[name])
    st.status, st.flavour = "playing", data.get("flavour", "")
    st.days_left, st.budget_left = data["days"], data["budget"]
    st.trust, st.trust_low = dict(data["trust"]), dict(data["trust"])


def _draft(st: State, data: dict[str, Any]) -> None:
    draft = data["draft"]
    st.drafts[draft] = tuple(data["clauses"])
    for key in [key for key in st.seen if key.startswith(f"clause:{draft}.")]:
        del st.seen[key]


def _bargain(st: State, kind: str, data: dict[str, Any], seq: int) -> None:
    match kind:
        case "offer-made.1":
            st.offers.append(Offer(data["round"], st.day, tuple(data["packages"]), seq))
        case "offer-answered.1":
            offer = st.offers[-1]
            reply = Reply(data["party"], data["package"], data["mood"], tuple(data["issues"]), data["counter"], seq)
            st.offers[-1] = replace(offer, replies=(*offer.replies, reply))
        case "deal-struck.1":
            st.deal = dict(data["terms"])
        case "talks-broken.1":
            st.broken_by = data["by"]


SINGLE = {
    "question-evaded.1": ("evaded", "action"),
    "document-read.1": ("read", "document"),
    "fact-learned.1": ("fact", "fact"),
    "flag-raised.1": ("flag", "flag"),
    "trust-changed.1": ("trust", "party"),
    "trap-sprung.1": ("trap", "trap"),
    "chance-drawn.1": ("chance", "chance"),
    "card-laid.1": ("card", "chance"),
    "assessment-made.1": ("assess", "assessment"),
    "paper-written.1": ("paper", "paper"),
    "procedure-held.1": ("held", "action"),
    "effect-followed.1": ("effect", "effect"),
    "stage-entered.1": ("stage", "stage"),
}
PLAIN = {
    "attempt-started.1": "started",
    "partner-chosen.1": "partner",
    "offer-made.1": "offer",
    "deal-struck.1": "deal",
    "talks-broken.1": "broken",
    "attempt-ended.1": "ended",
}


def _keys(kind: str, data: dict[str, Any]) -> list[str]:
    """Name what the event has made true, in the words that conditions and evidence use."""
    if kind in SINGLE:
        word, name = SINGLE[kind]
        return [f"{word}:{data[name]}"]
    match kind:
        case "action-taken.1":
            done = f"done:{data['action']}"
            ways = [f"{done}:{data['option']}"] if data["option"] else []
            return [done, *ways, *(f"move:{move}" for move in data.get("moves", ()))]
        case "draft-written.1":
            clauses = [f"clause:{data['draft']}.{clause}" for clause in data["clauses"]]
            return [f"drafted:{data['draft']}", *clauses]
    return [PLAIN[kind]] if kind in PLAIN else []
