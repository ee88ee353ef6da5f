"""What lies under the table: the clue book, offers with their replies, papers and acts."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .sides import Seats
from .words import MOODS, Mood, cost, term


@dataclass(frozen=True, slots=True)
class Clue:
    """Something that has been found out: whose interest it is, when and from where."""

    seat: str
    text: str
    when: str
    source: str
    document: str


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


@dataclass(frozen=True, slots=True)
class Round:
    """One round: what was offered and what came back."""

    number: int
    day: int
    event: int
    packages: list[tuple[str, list[Term]]]
    heard: list[Heard]


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do, with its cost."""

    action: dict[str, Any]
    cost: str


def _clue(fact: dict[str, Any], who: Seats) -> Clue:
    parties = {each["party"] for each in fact["says"]}
    found = sorted(filter(None, (who.seat_of(party) for party in parties)))
    source = fact["source"]
    return Clue(
        seat=found[0] if len(found) == 1 else "t",
        text=fact["text"],
        when=_("Day %(day)s") % {"day": fact["day"]},
        source=source["text"],
        document=source["id"] if source["kind"] == "document" else "",
    )


def clues(view: dict[str, Any], who: Seats) -> list[Clue]:
    """Everything found out, latest first."""
    return [_clue(fact, who) for fact in reversed(view["facts"])]


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
        )
        for reply in offer["replies"]
    ]


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
            )
        )
        before = offer["packages"][0]
    return told[::-1]


def acts(view: dict[str, Any], unit: str, *, stage: str | None, asks: bool = False) -> list[Act]:
    """What can be done in a stage, or, with `stage=None`, what earlier stages left undone.

    Questions to somebody stand beside that person, not here, unless `asks` is set.
    """
    chosen = [
        action
        for action in view["actions"]
        if (action["stage"] == stage if stage else action["stage"] != view["stage"] and not action["done"])
        and (asks or action["kind"] != "ask" or not action["party"])
    ]
    return [Act(action, cost(action, unit)) for action in chosen]


def agreed(view: dict[str, Any]) -> list[Term]:
    """The terms that both sides accepted, if they did."""
    return _terms(view["issues"], view["deal"], None) if view["deal"] is not None else []
