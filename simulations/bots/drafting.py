"""Drafting: which lines belong into a paper, by their kind and by what was found out."""

from dataclasses import dataclass

from . import Command, Draw, View
from .eyes import CLAUSE, Eyes
from .knowledge import OPEN, VOID
from .looking import Ledger


@dataclass(frozen=True, slots=True)
class Drafter:
    """Puts papers together from lines; `writes` and `omits` are kinds that it takes or leaves on purpose."""

    eyes: Eyes
    ledger: Ledger
    writes: frozenset[str] = frozenset()
    omits: frozenset[str] = frozenset()

    def paper(self, view: View, draft: View, u01: Draw) -> Command:
        """The command that writes the paper."""
        sums = self.ledger.of(view)
        chosen = [
            clause["id"]
            for clause in draft["clauses"]
            if self._takes(clause, sums.get(f"clause:{draft['id']}.{clause['id']}", 0.0), f"{draft['id']}.", u01)
        ]
        return {"type": "draft", "draft": draft["id"], "clauses": chosen}

    def _takes(self, clause: View, lean: float, where: str, u01: Draw) -> bool:
        kind, label = clause.get("kind") or "", where + clause["id"]
        if kind in self.writes:
            return True
        if kind in self.omits:
            return False
        if not self.eyes.see(f"clause:{label}", CLAUSE, u01):
            return u01(f"guess:{label}") < 0.5
        if kind in VOID or lean < 0:
            return False
        return lean > 0 or kind not in OPEN
