"""A turn: the events that one command brings about, each applied at once to a copy of the state."""

from typing import Any

from .apply import apply
from .conditions import holds
from .events import Event
from .parts import Cost, Sprung
from .refusing import Refused
from .scenario import Scenario
from .state import State


class Turn:
    """What happens, in the order in which it happens. The caller's state stays as it was."""

    def __init__(self, sc: Scenario, st: State, seat: str = "broker") -> None:
        self.sc = sc
        self.st = st.copy()
        self.seat = seat
        self.cmd = st.commands + 1
        self.events: list[Event] = []

    def tell(self, kind: str, **data: Any) -> None:
        """Let an event happen."""
        event = Event(self.st.seq + 1, kind, data, self.cmd, self.seat)
        apply(self.st, event)
        self.events.append(event)

    def spend(self, cost: Cost, on: str) -> None:
        """Spend days and budget, or refuse when there is not enough."""
        if cost.days > self.st.days_left:
            raise Refused("not-enough-days", need=cost.days, left=self.st.days_left)
        if cost.budget > self.st.budget_left:
            need, left = cost.budget / 100, self.st.budget_left / 100
            raise Refused("not-enough-budget", need=f"{need:g}", left=f"{left:g}", unit=self.sc.budget_unit)
        if cost.days or cost.budget:
            self.tell("effort-spent.1", days=cost.days, budget=cost.budget, on=on)

    def lose_days(self, days: int, on: str) -> None:
        """Lose days to a mishap; there may be fewer left than it takes."""
        lost = min(days, self.st.days_left)
        if lost:
            self.tell("effort-spent.1", days=lost, budget=0, on=on)

    def lose_budget(self, budget: int, on: str) -> None:
        """Lose budget to what the terms bring with them; there may be less left than it takes."""
        lost = min(budget, self.st.budget_left)
        if lost:
            self.tell("effort-spent.1", days=0, budget=lost, on=on)

    def shift_trust(self, party: str, by: int, why: str) -> None:
        """Raise or lower a party's trust between 0 and 100."""
        to = max(0, min(100, self.st.trust[party] + by))
        if by:
            self.tell("trust-changed.1", party=party, by=by, to=to, why=why)

    def learn(self, facts: tuple[str, ...], source: str) -> None:
        """Learn what is not known yet."""
        for fact in facts:
            if fact not in self.st.facts:
                self.tell("fact-learned.1", fact=fact, source=source)

    def spring(self, trap_id: str, why: str) -> None:
        """Spring a trap once, with all that follows from it."""
        if trap_id in self.st.traps:
            return
        trap = self.sc.traps[trap_id]
        self.tell("trap-sprung.1", trap=trap_id, rule=trap.rule, cap=trap.cap, why=why)
        self.lose_days(trap.lose_days, f"trap:{trap_id}")
        for party, by in trap.trust.items():
            self.shift_trust(party, by, f"trap:{trap_id}")

    def maybe_spring(self, sprung: Sprung | None, why: str) -> None:
        """Spring the trap that an act carries, unless its condition saves it."""
        if sprung and not (sprung.unless and holds(sprung.unless, self.st)):
            self.spring(sprung.trap, why)
