"""Bots with a skill between 0 and 1: the more of it, the more they see of what they know, and the better they trade."""

from typing import Any

from . import Command, Draw, View
from .acting import Agenda
from .drafting import Drafter
from .eyes import BOUND, READING, Eyes
from .haggling import Haggler
from .judging import Judge
from .knowledge import Breach
from .looking import Ledger, by_id, impossible

SECOND_THOUGHTS = 2
NO_BREACH = Breach()


class SkilledBot:
    """Reads, acts, judges and writes in each stage by what it knows and finds out, then haggles.

    What follows is for cheats: `asks` false asks nobody what they care for, `deals` false never comes to the table,
    `insists` makes a deal whatever the facts say, and a breach is committed on purpose.
    """

    skill = 0.5
    asks = True
    deals = True
    insists = False
    breach = NO_BREACH

    def __init__(self) -> None:
        self.eyes = Eyes(self.skill)
        ledger = Ledger()
        self.agenda = Agenda(self.eyes, ledger, asks=self.asks, breach=self.breach)
        self.judge = Judge(self.eyes, ledger, heedless=self.breach.heedless)
        self.drafter = Drafter(self.eyes, ledger, self.breach.writes, self.breach.omits)
        self.haggler = Haggler(self.skill, listens=self.asks, heeds_limits=not self.breach.heedless)
        self.left_unread: set[str] = set()
        self.judged: dict[str, list[Command]] = {}
        self.weighed: dict[str, tuple[int, int]] = {}
        self.walking = False

    def act(self, view: View, u01: Draw) -> Command | None:
        """The next step of the stage, or on to the next stage."""
        if view["status"] != "playing":
            return None
        return (
            self._read(view, u01)
            or self._answer_card(view, u01)
            or self._do(view, u01)
            or self._judge(view, u01)
            or self._draft(view, u01)
            or self._onward(view, u01)
        )

    def _read(self, view: View, u01: Draw) -> Command | None:
        for document in view["documents"]:
            name = document["id"]
            if document["read"] or name in self.left_unread:
                continue
            if self.eyes.see(f"read:{name}", READING, u01):
                return {"type": "read", "document": name}
            self.left_unread.add(name)
        return None

    def _answer_card(self, view: View, u01: Draw) -> Command | None:
        for card in view.get("cards", ()):
            if not card["answered"]:
                return self.agenda.forced(view, u01, card["action"])
        return None

    def _do(self, view: View, u01: Draw) -> Command | None:
        self.agenda.walking = self.walking
        return self.agenda.next(view, u01)

    def _judge(self, view: View, u01: Draw) -> Command | None:
        """Answer what is open; think again when new facts change the answer."""
        known = (len(view["facts"]), len(view["numbers"]))
        for each in view["assessments"]:
            name = each["id"]
            given = self.judged.setdefault(name, [])
            if not each["open"] or self.weighed.get(name) == known or len(given) > SECOND_THOUGHTS:
                continue
            self.weighed[name] = known
            command = self.judge.answer(view, each, u01)
            if not given or given[-1] != command:
                given.append(command)
                self._heed(each, command)
                return command
        return None

    def _heed(self, each: View, command: Command) -> None:
        """Who judges that no deal is right does not make one."""
        if each["kind"] == "choice" and any(answer.get("walk") for answer in each["answers"]):
            self.walking = bool(by_id(each["answers"], str(command["value"])).get("walk"))

    def _draft(self, view: View, u01: Draw) -> Command | None:
        for draft in view["drafts"]:
            if draft["open"] and draft["written"] is None:
                return self.drafter.paper(view, draft, u01)
        return None

    def _onward(self, view: View, u01: Draw) -> Command | None:
        walks = not self.insists and (self.walking or self._sees_no_way(view, u01))
        if "propose" in view["commands"] and self.deals and not walks:
            return {"type": "propose", "packages": self._packages(view, u01)}
        if "advance" in view["commands"]:
            return {"type": "advance"}
        if "close" in view["commands"] and not walks:
            return {"type": "close"}
        if walks and view["stages"][-1]["id"] == view["stage"]:
            return {"type": "walk_away", "reason": "the facts speak against a deal"}
        return self.agenda.forced(view, u01) or {"type": "walk_away", "reason": "nothing is left to try"}

    def _sees_no_way(self, view: View, u01: Draw) -> bool:
        """Whether bounds that were told leave no room for any deal, and the player notices."""
        return not self.breach.heedless and self.eyes.see("bounds", BOUND, u01) and impossible(view)

    def _packages(self, view: View, u01: Draw) -> list[dict[str, Any]]:
        return self.haggler.packages(view, u01)


class NoviceBot(SkilledBot):
    """Has heard of the trade."""

    skill = 0.26


class AverageBot(SkilledBot):
    """Has finished the course."""

    skill = 0.49


class GoodBot(SkilledBot):
    """Has done it a few times."""

    skill = 0.66


class ExpertBot(SkilledBot):
    """Does it well nearly always."""

    skill = 0.97
