"""The paper between the two sides: issues from what A prefers on the left to what B prefers on the right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.design.charts.paper import place
from simulations.forms import PACKAGES

from .notebook import bound_words
from .sides import Seats
from .words import figure, term, times

_MOST_TICKS = 40
_TRACK = 1000


@dataclass(frozen=True, slots=True)
class Lean:
    """What has been found out about one side's wish for an issue."""

    seat: str
    text: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Control:
    """How one issue is set in one package."""

    name: str
    value: Any
    shown: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One row of the paper."""

    id: str
    text: str
    unit: str
    is_number: bool
    low: str
    high: str
    step: str
    values: list[dict[str, str]]
    reversed: bool
    ticks: list[str]
    last_tick: str
    last: str
    leans: list[Lean]
    bounds: list[str]
    flagged: bool
    control: Control


@dataclass(frozen=True, slots=True)
class Package:
    """One tab of the paper with all its issues."""

    letter: str
    label: str
    is_first: bool
    issues: list[Issue]


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of the next round."""

    round: int
    packages: list[Package]
    cost_days: int
    days_after: int
    toward_a: str
    toward_b: str


_WEIGHT = {3: gettext_lazy("cares much"), 1: gettext_lazy("cares little")}


def _wish(issue: dict[str, Any], hint: dict[str, Any]) -> str:
    """What somebody is known to want of an issue, in a few words; the whole clue stands in the clue book."""
    if issue["kind"] == "choice":
        wish = term(issue, hint["wants"])
    elif hint["at"] is None:
        wish = _("the lower the better") if hint["wants"] == "low" else _("the higher the better")
    else:
        words = _("at most %(value)s") if hint["wants"] == "low" else _("at least %(value)s")
        wish = words % {"value": term(issue, hint["at"])}
    weight = _WEIGHT.get(hint["importance"])
    return _("%(wish)s (%(weight)s)") % {"wish": wish, "weight": weight} if weight else wish


def _known(issue: dict[str, Any], party: str) -> list[str]:
    return list(dict.fromkeys(_wish(issue, hint) for hint in issue["hints"] if hint["party"] == party))


def _bounds(view: dict[str, Any], issue: dict[str, Any]) -> list[str]:
    """Bounds that found clues set to a term, whoever they bind."""
    limits = [limits[issue["id"]] for fact in view["facts"] if issue["id"] in (limits := fact["limits"])]
    return list(dict.fromkeys(bound_words(issue, limit) for limit in limits))


def _asked_again(view: dict[str, Any], party: str) -> set[str]:
    replies = view["offers"][-1]["replies"] if view["offers"] else []
    return {name for reply in replies if reply["party"] == party for name in reply["issues"]}


def _leans(view: dict[str, Any], issue: dict[str, Any], who: Seats) -> list[Lean]:
    sides = [who.a, who.b] if who.b else [who.a]
    joiner = _("; ")
    return [
        Lean(
            seat=side.seat,
            text=joiner.join(_known(issue, side.id)) or _own_worth(view, issue, side.id),
            flagged=issue["id"] in _asked_again(view, side.id),
        )
        for side in sides
    ]


def _own_worth(view: dict[str, Any], issue: dict[str, Any], party: str) -> str:
    """What an issue can bring to the player's own side, where there is a sheet of it."""
    sheet = view["sheet"]
    if sheet is None or sheet["party"] != party:
        return ""
    points: Any = next((row["points"] for row in sheet["issues"] if row["id"] == issue["id"]), {})
    all_points = points.values() if isinstance(points, dict) else [each for _at, each in points]
    return _("worth up to %(points)s to you") % {"points": figure(round(max(all_points, default=0), 1))}


def _runs_backwards(issue: dict[str, Any], who: Seats) -> bool:
    """Whether the high end belongs on A's side, on the left."""
    return bool(issue["towards"][who.a.id] == "high")


def _sorted_values(issue: dict[str, Any], who: Seats) -> list[dict[str, str]]:
    """A's favourite first and B's last, once something has been found out; the neutral order until then."""
    values = list(issue["values"])
    if who.b and _known(issue, who.b.id):
        last = issue["towards"][who.b.id]
        values.sort(key=lambda value: bool(value["id"] == last))
    if _known(issue, who.a.id):
        first = issue["towards"][who.a.id]
        values.sort(key=lambda value: bool(value["id"] != first))
    return values


def _place_on_track(issue: dict[str, Any], value: float, *, backwards: bool) -> str:
    share = (value - issue["low"]) / (issue["high"] - issue["low"])
    return place(_TRACK * (1 - share if backwards else share))


def _ticks(issue: dict[str, Any], *, backwards: bool) -> list[str]:
    count = round((issue["high"] - issue["low"]) / issue["step"])
    if count > _MOST_TICKS:
        return []
    return [_place_on_track(issue, issue["low"] + issue["step"] * n, backwards=backwards) for n in range(count + 1)]


def _start_value(issue: dict[str, Any], package: dict[str, Any] | None) -> Any:
    if package is not None:
        return package[issue["id"]]
    if issue["kind"] == "choice":
        return issue["values"][0]["id"]
    steps = round((issue["high"] - issue["low"]) / issue["step"])
    return issue["low"] + issue["step"] * (steps // 2)


def _issue(view: dict[str, Any], issue: dict[str, Any], who: Seats, letter: str, value: Any) -> Issue:
    is_number = issue["kind"] == "number"
    backwards = is_number and _runs_backwards(issue, who)
    last = issue["last"]
    leans = _leans(view, issue, who)
    return Issue(
        id=issue["id"],
        text=issue["text"],
        unit=times(issue["unit"]),
        is_number=is_number,
        low=figure(issue["low"]),
        high=figure(issue["high"]),
        step=figure(issue["step"]),
        values=_sorted_values(issue, who),
        reversed=backwards,
        ticks=_ticks(issue, backwards=backwards) if is_number else [],
        last_tick=_place_on_track(issue, last, backwards=backwards) if is_number and last is not None else "",
        last=term(issue, last) if last is not None else "",
        leans=leans,
        bounds=_bounds(view, issue),
        flagged=any(lean.flagged for lean in leans),
        control=Control(f"{letter}-{issue['id']}", figure(value) if is_number else value, term(issue, value)),
    )


def _counter(view: dict[str, Any], take: str) -> dict[str, Any] | None:
    """The counter-package that a party made in a round."""
    replies = [(f"{offer['round']}-{reply['party']}", reply) for offer in view["offers"] for reply in offer["replies"]]
    return next((reply["counter"] for name, reply in replies if name == take), None)


def _packages(view: dict[str, Any], who: Seats, taken: dict[str, Any] | None) -> Iterable[Package]:
    before = view["offers"][-1]["packages"] if view["offers"] else []
    if taken:
        before = [taken, *before]
    most = view["talks"]["packages"]
    for number, letter in enumerate(PACKAGES[:most]):
        base = before[min(number, len(before) - 1)] if before else None
        yield Package(
            letter=letter,
            label=_("Package %(letter)s") % {"letter": letter.upper()},
            is_first=number == 0,
            issues=[_issue(view, issue, who, letter, _start_value(issue, base)) for issue in view["issues"]],
        )


def paper(view: dict[str, Any], who: Seats, *, take: str = "") -> Paper | None:
    """The paper as it may be filled in now; none while terms are not being negotiated.

    `take` names a round and a party whose counter-package is laid out to begin with.
    """
    if not view["talks"]["open"] or who.b is None:
        return None
    clock = view["clock"]
    return Paper(
        round=clock["round"] + 1,
        packages=list(_packages(view, who, _counter(view, take))),
        cost_days=clock["round_days"],
        days_after=clock["days_left"] - clock["round_days"],
        toward_a=_("%(name)s prefers") % {"name": who.a.name},
        toward_b=_("%(name)s prefers") % {"name": who.b.name},
    )
