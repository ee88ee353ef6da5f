"""At the table: how parties, issues, offers and one's own sheet look in a view."""

from typing import TYPE_CHECKING, Any

from .chance import pick
from .desk import Json, grown, once, said_of
from .scenario import Scenario
from .state import Offer, Reply, State
from .wire import points

if TYPE_CHECKING:
    from .parts import Text


def party(sc: Scenario, st: State, name: str, lang: str) -> Json:
    """Somebody of the case: who it is, how much it trusts, and how it took the offers so far."""
    replies = [(offer, reply) for offer in st.offers for reply in offer.replies if reply.party == name]
    return {
        **once(sc, ("party", name, lang), lambda: _person(sc, name, lang)),
        "at_table": name in (sc.talks.principal, st.partner),
        "trust": st.trust[name],
        "mood": replies[-1][1].mood if replies else None,
        "moods": [reply.mood for _, reply in replies],
        "said": said(sc, st, replies[-1][1], lang) if replies else None,
        "said_round": replies[-1][0].round if replies else None,
        "said_day": replies[-1][0].day if replies else None,
    }


def _person(sc: Scenario, name: str, lang: str) -> Json:
    who = sc.parties[name]
    return {
        "id": name,
        "name": sc.say(who.name, lang),
        "person": sc.say(who.person, lang),
        "role": sc.say(who.role, lang),
        "public": sc.say(who.public, lang),
        "side": "principal" if name == sc.talks.principal else "partner",
        "you": sc.protocol == "side" and name == sc.talks.principal,
        "confides_at": who.confides_at,
    }


def said(sc: Scenario, st: State, reply: Reply, lang: str) -> str:
    """Put a reply into the party's words; which of its phrases is drawn from the seed."""
    voice = sc.parties[reply.party].voice
    if reply.counter is not None:
        return sc.say(voice.countered, lang)
    phrases: tuple[Text, ...] = getattr(voice, reply.mood)
    phrase = pick(st.seed, phrases, "voice", reply.party, reply.seq)
    key = ("said", id(phrase), reply.issues, lang)
    words: str = once(sc, key, lambda: sc.say(phrase, lang, issue=_named(sc, reply.issues, lang)))
    return words


def _named(sc: Scenario, issues: tuple[str, ...], lang: str) -> str:
    joiner = "、" if lang == "zh" else ", "
    return joiner.join(sc.say(sc.issues[name].text, lang) for name in issues)


def issues(sc: Scenario, st: State, lang: str) -> list[Json]:
    """What there is to agree on: ranges, which way each side leans, what was found out about it."""
    hints: dict[str, list[Json]] = {name: [] for name in sc.issues}
    for fact in st.facts:
        for hint in once(sc, ("hints", fact, lang), lambda name=fact: _hints(sc, name, lang)):  # type: ignore[misc]
            hints[hint["issue"]].append(hint)
    last = st.offers[-1].packages[-1] if st.offers else {}
    return [
        {
            **once(sc, ("issue", name, lang), lambda name=name: _range(sc, name, lang)),  # type: ignore[misc]
            "last": last.get(name),
            "hints": hints[name],
        }
        for name in sc.issues
    ]


def _hints(sc: Scenario, fact: str, lang: str) -> list[Json]:
    found = sc.facts[fact]
    return [{**said_of(sc, each), "fact": fact, "text": sc.say(found.text, lang)} for each in found.says]


def _range(sc: Scenario, name: str, lang: str) -> Json:
    each = sc.issues[name]
    return {
        "id": name,
        "kind": each.kind,
        "text": sc.say(each.text, lang),
        "unit": sc.say(each.unit, lang),
        "low": each.low,
        "high": each.high,
        "step": each.step,
        "values": [{"id": key, "text": sc.say(text, lang)} for key, text in each.values.items()],
        "towards": {name_: party.towards.get(name) for name_, party in sc.parties.items()},
    }


def offers(sc: Scenario, st: State, lang: str) -> list[Json]:
    """The rounds so far; only the last of them may still be answered."""
    past = grown(sc, st, ("offers", lang), st.offers[:-1], lambda each: _offer(sc, st, each, lang))
    return [*past, *(_offer(sc, st, each, lang) for each in st.offers[-1:])]


def _offer(sc: Scenario, st: State, each: Offer, lang: str) -> Json:
    """One round: what was put forward, and how it was met."""
    return {
        "round": each.round,
        "day": each.day,
        "event": each.seq,
        "packages": [dict(package) for package in each.packages],
        "replies": [
            {
                "party": reply.party,
                "package": reply.package,
                "mood": reply.mood,
                "issues": list(reply.issues),
                "counter": dict(reply.counter) if reply.counter is not None else None,
                "said": said(sc, st, reply, lang),
            }
            for reply in each.replies
        ],
    }


def own_sheet(sc: Scenario, st: State) -> Json | None:
    """What the player's own side values, at one side's table: all of it, and nobody else's.

    What a partner adds is told when that partner is at the table: whom to choose is for the player to find out.
    """
    if sc.protocol != "side":
        return None
    sheet: Json = once(sc, ("sheet",), lambda: _sheet(sc))
    appeal = sc.talks.appeal
    return {**sheet, "partners": {st.partner: _percent(appeal[st.partner])} if st.partner in appeal else {}}


def _sheet(sc: Scenario) -> Json:
    """Points of 100: a package is worth the sum of the points of its terms, and what is added when terms meet."""
    principal = sc.talks.principal
    utility = sc.parties[principal].utility
    return {
        "party": principal,
        "walk_away": _percent(utility.reservation),
        "issues": [
            {"id": name, "weight": _percent(weight), "points": _points(sc.scales[principal][name], weight)}
            for name, weight in utility.weights.items()
        ],
        "interactions": [
            {"when": {key: list(values) for key, values in each.when.items()}, "add": _percent(each.add)}
            for each in utility.interactions
        ],
    }


def _percent(share: float) -> float:
    return float(points(100 * share))


def _points(scale: Any, weight: float) -> Any:
    """Points of each value of a choice; of a number, the knots `[at, points]` between which they run straight."""
    if isinstance(scale, dict):
        return {value: _percent(weight * share) for value, share in scale.items()}
    return [[at, _percent(weight * share)] for at, share in scale]
