"""Acting: which acts are worth their days and budget, in which way and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import Command, Draw, View
from .eyes import PLANNING, Eyes
from .knowledge import ASKING, HARMLESS_AFTER, MIDDLE, MOVES, UNKNOWN_MOVE, WHEN_WALKING, Breach, Move
from .looking import Ledger, find, moves_done

WORTH_DOING = 0.5
NEVER_LEFT_OUT = 2.7
BY_EVIDENCE = 1.5
MOST_LEAN = 2.0
LATE_WORTH = 0.6
TEMPTED = 2.0
FANCY = 3.0
RELUCTANCE = 0.6
DAYS_AHEAD = 0.85
BUDGET_AHEAD = 0.35
ROUNDS_AHEAD = 4
RETRY_TRUST = 4
RETRIES = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """An act as this player sees it: the best way of doing it, and what that is worth."""

    action: View
    option: str | None
    worth: float
    due: int

    @property
    def command(self) -> Command:
        """The act as a command."""
        command = {"type": "act", "action": self.action["id"]}
        return {**command, "option": self.option} if self.option else command


@dataclass
class Agenda:
    """Chooses the next act. `asks` false asks nobody what they care for; a breach is committed on purpose."""

    eyes: Eyes
    ledger: Ledger
    asks: bool = True
    breach: Breach = field(default_factory=Breach)
    walking: bool = False
    evaded: dict[str, list[int]] = field(default_factory=dict)

    def next(self, view: View, u01: Draw) -> Command | None:
        """The next act worth doing now."""
        deeds = [deed for deed in self._deeds(view, u01) if deed.worth > WORTH_DOING]
        if self.eyes.see("planning", PLANNING, u01):
            deeds = [deed for deed in deeds if self._affordable(view, deed)]
            deeds.sort(key=lambda deed: (deed.due, -deed.worth / _price(view, deed.action)))
        return self._chosen(view, deeds[0]) if deeds else None

    def forced(self, view: View, u01: Draw, name: str | None = None) -> Command | None:
        """The act that hurts least, when something must be done: the answer to a card, or the way out of a stage."""
        deeds = [deed for deed in self._deeds(view, u01) if name in (None, deed.action["id"])]
        deeds = [deed for deed in deeds if name or deed.action["stage"] == view["stage"]]
        return max(deeds, key=lambda deed: deed.worth).command if deeds else None

    def _chosen(self, view: View, deed: Deed) -> Command:
        party = deed.action["party"]
        if party:
            self.evaded.setdefault(deed.action["id"], []).append(_trust(view, party))
        return deed.command

    def _deeds(self, view: View, u01: Draw) -> Iterator[Deed]:
        sums, before = self.ledger.of(view), moves_done(view)
        for action in view["actions"]:
            if not action["available"] or self._tired(view, action):
                continue
            deed = self._deed(view, action, sums, before, u01)
            if deed:
                yield deed

    def _tired(self, view: View, action: View) -> bool:
        """Whether it was tried before, and nothing has changed since that would make it go better now."""
        tries = self.evaded.get(action["id"])
        if not tries:
            return False
        return len(tries) >= RETRIES or _trust(view, action["party"]) < tries[-1] + RETRY_TRUST

    def _deed(self, view: View, action: View, sums: dict[str, float], before: set[str], u01: Draw) -> Deed | None:
        usual = action.get("move") or ""
        ways: list[tuple[str | None, str]]
        ways = [(option["id"], option.get("move") or usual) for option in action["options"]] or [(None, usual)]
        if not self.asks:
            ways = [(option, kind) for option, kind in ways if kind not in ASKING]
        if not ways:
            return None
        first = MOVES.get(ways[0][1], UNKNOWN_MOVE)
        seen = self.eyes.see(f"act:{action['id']}", first.hard, u01)
        rated = []
        for option, kind in ways:
            name = f"{action['id']}:{option}" if option else action["id"]
            move = MOVES.get(kind, UNKNOWN_MOVE)
            worth = self._known(kind, move, sums.get(f"done:{name}", 0.0), before) if seen else _felt(move, name, u01)
            rated.append((self._breaking(kind, worth), option, move.due))
        worth, option, due = max(rated, key=lambda each: each[0])
        return Deed(action, option, self._now(view, action, worth), due if seen else MIDDLE)

    def _known(self, kind: str, move: Move, lean: float, before: set[str]) -> float:
        """What the act is worth to somebody who sees it: the usual, changed by what the facts say of it."""
        worth = move.worth
        if kind in HARMLESS_AFTER and HARMLESS_AFTER[kind][0] in before:
            worth = HARMLESS_AFTER[kind][1]
        if self.walking and kind in WHEN_WALKING:
            worth = WHEN_WALKING[kind]
        return worth + BY_EVIDENCE * max(-MOST_LEAN, min(MOST_LEAN, lean))

    def _breaking(self, kind: str, worth: float) -> float:
        if kind in self.breach.does:
            return 9.0
        return -9.0 if kind in self.breach.leaves else worth

    def _now(self, view: View, action: View, worth: float) -> float:
        """Late acts answer no question of their stage any more; once talks are over nobody's wishes matter."""
        kinds = {action.get("move"), *(option.get("move") for option in action["options"])}
        if kinds & ASKING and (view["deal"] is not None or view["talks"]["broken_by"]):
            return -1.0
        if action["stage"] != view["stage"] and 0 < worth < NEVER_LEFT_OUT:
            return worth * LATE_WORTH
        return worth

    def _affordable(self, view: View, deed: Deed) -> bool:
        """Whether days and budget allow it, with what later stages will need kept back."""
        action, clock = deed.action, view["clock"]
        days, budget = kept_back(view)
        if deed.worth >= NEVER_LEFT_OUT:
            days, budget = days // 2, budget // 2
        return bool(
            (action["days"] == 0 or action["days"] <= clock["days_left"] - days)
            and (action["budget"] == 0 or action["budget"] <= clock["budget_left"] - budget)
        )


def kept_back(view: View) -> tuple[float, float]:
    """The days and the budget that somebody with a plan leaves for the stages to come and for the table."""
    clock, stages = view["clock"], view["stages"]
    here = next(n for n, stage in enumerate(stages) if stage["id"] == view["stage"])
    ahead = (len(stages) - 1 - here) / len(stages)
    talks = next(n for n, stage in enumerate(stages) if stage["id"] == view["talks"]["stage"])
    rounds = 0
    if here <= talks and view["deal"] is None and not view["talks"]["broken_by"]:
        rounds = max(0, min(ROUNDS_AHEAD, clock["rounds"]) - clock["round"]) * clock["round_days"]
    share = DAYS_AHEAD * ahead * clock["days"]
    days = rounds + share if here >= talks else max(share, rounds + share / 2)
    return days, BUDGET_AHEAD * ahead * clock["budget"]


def _felt(move: Move, label: str, u01: Draw) -> float:
    """What the act seems worth to somebody who does not see it: how tempting it is, and a whim."""
    return TEMPTED * move.tempting + FANCY * (u01(f"fancy:{label}") - 0.5) - RELUCTANCE


def _price(view: View, action: View) -> float:
    clock = view["clock"]
    days, budget = max(1, clock["days_left"]), max(1, clock["budget_left"])
    return 0.02 + float(action["days"]) / days + float(action["budget"]) / budget


def _trust(view: View, party: str) -> int:
    found = find(view["parties"], party)
    return int(found["trust"]) if found else 0
