"""What lies under the table: offers with their replies, event cards, papers and acts."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .sides import Seats
from .words import MOODS, Mood, cost, figure, term

_BID_FOR = frozenset({"listing", "inquiry", "auction"})


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an offer; `changed` against the offer before."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """One side's answer to a round."""

    seat: str
    name: str
    mood: Mood
    package: str
    said: str
    again: str
    counter: str
    terms: str  # the counter-package as JSON, to be taken over
    take: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round: what was offered and what came back."""

    number: int
    day: int
    event: int
    packages: list[tuple[str, list[Term]]]
    heard: list[Heard]
    split: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do, with its cost."""

    action: dict[str, Any]
    cost: str
    held: "Held | None" = None


@dataclass(frozen=True, slots=True)
class Held:
    """What came of a procedure: bids or quotes in their order, the best of them marked."""

    bids: list[tuple[str, bool]]
    unit: str


@dataclass(frozen=True, slots=True)
class Card:
    """An event card on the table, with the act that answers it."""

    id: str
    text: str
    when: str
    answered: bool
    act: Act | None


def _terms(issues: list[dict[str, Any]], package: dict[str, Any], before: dict[str, Any] | None) -> list[Term]:
    return [
        Term(
            f"{issue['text']} {term(issue, package[issue['id']])}",
            before is not None and before[issue["id"]] != package[issue["id"]],
        )
        for issue in issues
    ]


def _counter(issues: list[dict[str, Any]], reply: dict[str, Any], package: dict[str, Any]) -> str:
    counter = reply["counter"]
    if counter is None:
        return ""
    changed = [issue for issue in issues if counter[issue["id"]] != package[issue["id"]]]
    return _(", ").join(f"{issue['text']} {term(issue, counter[issue['id']])}" for issue in changed)


def _heard(issues: list[dict[str, Any]], offer: dict[str, Any], who: Seats) -> list[Heard]:
    names = {issue["id"]: issue["text"] for issue in issues}
    several = len(offer["packages"]) > 1
    return [
        Heard(
            seat=who.seat_of(reply["party"]),
            name=who.name_of(reply["party"]),
            mood=MOODS[reply["mood"]],
            package="ABC"[reply["package"]] if several else "",
            said=reply["said"],
            again=_(", ").join(names[issue] for issue in reply["issues"]),
            counter=_counter(issues, reply, offer["packages"][reply["package"]]),
            terms=json.dumps(reply["counter"]) if reply["counter"] else "",
            take=f"{offer['round']}-{reply['party']}" if reply["counter"] else "",
        )
        for reply in offer["replies"]
    ]


def _is_split(offer: dict[str, Any], deal: dict[str, Any] | None) -> bool:
    """Whether every side accepts something in a round, and yet not the same: there is no deal."""
    accepted = [reply["package"] for reply in offer["replies"] if reply["mood"] == "accept"]
    return len(accepted) == len(offer["replies"]) > 1 and deal not in offer["packages"] and len(set(accepted)) > 1


def rounds(view: dict[str, Any], who: Seats) -> list[Round]:
    """Every round, latest first, with what changed since the one before."""
    issues = view["issues"]
    told = []
    before: dict[str, Any] | None = None
    for offer in view["offers"]:
        several = len(offer["packages"]) > 1
        told.append(
            Round(
                number=offer["round"],
                day=offer["day"],
                event=offer["event"],
                packages=[
                    ("ABC"[n] if several else "", _terms(issues, package, before))
                    for n, package in enumerate(offer["packages"])
                ],
                heard=_heard(issues, offer, who),
                split=_is_split(offer, view["deal"]),
            )
        )
        before = offer["packages"][0]
    return told[::-1]


def acts(view: dict[str, Any], unit: str, *, stage: str | None) -> list[Act]:
    """What can be done in a stage, or, with `stage=None`, what earlier stages left undone.

    Questions to somebody stand beside that person, and answers to an event on its card.
    """
    answers = {card["action"] for card in view["cards"]}
    chosen = [
        action
        for action in view["actions"]
        if (action["stage"] == stage if stage else action["stage"] != view["stage"] and not action["done"])
        and (action["kind"] != "ask" or not action["party"])
        and action["id"] not in answers
    ]
    return [_act(action, unit) for action in chosen]


def _act(action: dict[str, Any], unit: str) -> Act:
    return Act(action, cost(action, unit), _held(action))


def _held(action: dict[str, Any]) -> Held | None:
    outcome = action["outcome"]
    if not outcome or outcome["form"] not in _BID_FOR:
        return None
    return Held([(figure(bid), bid == outcome["best"]) for bid in outcome["bids"]], outcome["unit"])


def cards(view: dict[str, Any], unit: str) -> list[Card]:
    """Events that lie on the table, those that wait for an answer first."""
    by_id = {action["id"]: action for action in view["actions"]}
    laid = [
        Card(
            id=card["id"],
            text=card["text"],
            when=_("Day %(day)s") % {"day": card["day"]},
            answered=card["answered"],
            act=_act(by_id[card["action"]], unit) if card["action"] in by_id else None,
        )
        for card in view["cards"]
    ]
    return sorted(laid, key=lambda card: card.answered)


def speaks_chinese_only(view: dict[str, Any]) -> bool:
    """Whether the room speaks English to its reader and the case cannot."""
    return view["lang"] not in view["scenario"]["languages"]


def agreed(view: dict[str, Any]) -> list[Term]:
    """The terms that both sides accepted, if they did."""
    return _terms(view["issues"], view["deal"], None) if view["deal"] is not None else []
