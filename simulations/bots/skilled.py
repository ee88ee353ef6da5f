"""Bots with a skill between 0 and 1: the more of it, the more of the playbook they see, and the better they trade."""

from math import exp

from . import Command, Draw, View
from .haggling import Haggler
from .looking import by_id, find
from .playbook import PLAYBOOKS, Estimate, Playbook, Step

STEEPNESS = 9.0


class SkilledBot:
    """Goes through each stage by the playbook, as far as its skill shows it, then haggles."""

    skill = 0.5
    asks = True
    deals = True

    def __init__(self) -> None:
        self.tried: set[str] = set()
        self.haggler = Haggler(self.skill, listens=self.asks)

    def act(self, view: View, u01: Draw) -> Command | None:
        """The next step of the stage, or on to the next stage."""
        if view["status"] != "playing":
            return None
        book = PLAYBOOKS[view["scenario"]["id"]]
        for step in book.steps.get(view["stage"], ()):
            if step.name in self.tried:
                continue
            command = self._step(view, book, step, u01)
            if command:
                return command
        return self._onward(view, book, u01)

    def sees(self, step: Step | Estimate, u01: Draw) -> bool:
        """Whether this attempt's player sees what the step is about."""
        return u01(f"sees:{step.name}") < 1 / (1 + exp(-STEEPNESS * (self.skill - step.hard)))

    def _step(self, view: View, book: Playbook, step: Step | Estimate, u01: Draw) -> Command | None:
        if isinstance(step, Estimate):
            return self._estimate(view, step, u01)
        match step.kind:
            case "read":
                return self._read(view, step, u01)
            case "assess":
                value = step.good if self.sees(step, u01) else step.poor
                return self._once(step, {"type": "assess", "assessment": step.name, "value": value})
            case "draft":
                return self._once(step, self._paper(view, book, step.name, u01))
            case _:
                return self._do(view, step, u01)

    def _once(self, step: Step | Estimate, command: Command) -> Command:
        self.tried.add(step.name)
        return command

    def _read(self, view: View, step: Step, u01: Draw) -> Command | None:
        document = find(view["documents"], step.name)
        if document is None or document["read"] or not self.sees(step, u01):
            return None
        return self._once(step, {"type": "read", "document": step.name})

    def _do(self, view: View, step: Step, u01: Draw) -> Command | None:
        action = find(view["actions"], step.name)
        if action is None or not action["available"] or (step.kind == "ask" and not self.asks):
            return None
        sees = self.sees(step, u01)
        option = step.good if sees else step.poor
        if not sees and option is None:
            return None
        command = {"type": "act", "action": step.name}
        return self._once(step, {**command, "option": option} if option else command)

    def _estimate(self, view: View, step: Estimate, u01: Draw) -> Command | None:
        each = find(view["assessments"], step.name)
        if each is None or not each["open"]:
            return None
        try:
            known = step.formula(view["numbers"])
        except KeyError:
            known = step.unwary
        value = known if self.sees(step, u01) else step.unwary
        blur = (u01(f"blur:{step.name}") - 0.5) * 0.06 * (each["high"] - each["low"]) * (1 - self.skill)
        value = max(each["low"], min(each["high"], value + blur))
        command = {"type": "assess", "assessment": step.name, "basis": "playbook"}
        if each["kind"] == "interval":
            ends = {"low": max(each["low"], value - step.width / 2), "high": min(each["high"], value + step.width / 2)}
            return self._once(step, {**command, **{key: round(end, 2) for key, end in ends.items()}})
        digits = 0 if each["step"] == 1 and each["high"] < 10 else 2
        return self._once(step, {**command, "value": round(value, digits)})

    def _paper(self, view: View, book: Playbook, name: str, u01: Draw) -> Command:
        good = book.papers[name]
        chosen = []
        for clause in by_id(view["drafts"], name)["clauses"]:
            knows = u01(f"knows:{clause['id']}") < 1 / (1 + exp(-STEEPNESS * (self.skill - 0.45)))
            guess = u01(f"guess:{clause['id']}") < 0.5
            if clause["id"] in good if knows else guess:
                chosen.append(clause["id"])
        return {"type": "draft", "draft": name, "clauses": chosen}

    def _onward(self, view: View, book: Playbook, u01: Draw) -> Command | None:
        if "advance" in view["commands"]:
            return {"type": "advance"}
        if not self.deals:
            return {"type": "walk_away", "reason": "nothing is ready"}
        if "propose" in view["commands"]:
            return {"type": "propose", "packages": self.haggler.packages(view, u01)}
        for draft in view["drafts"]:
            if draft["open"] and draft["written"] is None:
                return self._paper(view, book, draft["id"], u01)
        return {"type": "close"} if "close" in view["commands"] else {"type": "walk_away", "reason": "stuck"}


class NoviceBot(SkilledBot):
    """Has heard of the trade."""

    skill = 0.22


class AverageBot(SkilledBot):
    """Has finished the course."""

    skill = 0.5


class GoodBot(SkilledBot):
    """Has done it a few times."""

    skill = 0.7


class ExpertBot(SkilledBot):
    """Does it well nearly always."""

    skill = 0.97
