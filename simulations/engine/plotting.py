"""Plotting: where packages and outcomes lie between the two sides, as whole thousandths and in words."""

from typing import Any

from . import frontier
from .scenario import Scenario
from .state import Offer, State
from .table import Issue
from .utility import worth
from .wire import thousandths

Json = dict[str, Any]
CLOUD = 400


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
        "frontier": [[thousandths(p.principal), thousandths(p.partner)] for p in reversed(frontier.front(sc, partner))],
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


def compared(sc: Scenario, st: State) -> Json | None:
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


def packages(sc: Scenario, st: State, lang: str) -> list[Json]:
    """Every package put forward, in words, with where it lies and how it was met."""

    def row(offer: Offer, n: int, package: Json) -> Json:
        return {
            "round": offer.round,
            "day": offer.day,
            "event": offer.seq,
            "package": n,
            "terms": in_words(sc, package, lang),
            **_at(sc, sc.talks.principal, st.partner, package),
            "replies": {reply.party: reply.mood for reply in offer.replies if reply.package == n},
        }

    return [row(offer, n, package) for offer in st.offers for n, package in enumerate(offer.packages)]


def better(sc: Scenario, st: State, lang: str) -> list[Json]:
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
