"""Cheats: experts in all but one thing, and shortcuts that a sound scenario must not reward."""

from typing import Any, ClassVar

from . import Command, Draw, View
from .playbook import PLAYBOOKS
from .skilled import ExpertBot


class IncuriousBot(ExpertBot):
    """An expert who asks nobody what they care for: the information ablation."""

    asks = False


class HomeworkBot(ExpertBot):
    """All the homework and no deal."""

    deals = False


class StallerBot(ExpertBot):
    """Repeats an opening offer until the other sides are tired."""

    def act(self, view: View, u01: Draw) -> Command | None:
        """Wait at the table instead of trading."""
        command = super().act(view, u01)
        if command and command["type"] == "propose" and view["offers"]:
            return {"type": "propose", "packages": view["offers"][0]["packages"]}
        return command


class ParrotBot(ExpertBot):
    """All the homework, and one package learnt by heart; with `wiggle` it moves a step at a time."""

    wiggle = False

    def act(self, view: View, u01: Draw) -> Command | None:
        """Say the learnt package instead of one worked out."""
        command = super().act(view, u01)
        if command and command["type"] == "propose":
            learnt: dict[str, Any] = dict(PLAYBOOKS[view["scenario"]["id"]].learnt)
            if self.wiggle:
                learnt = self._moved(view, learnt, u01)
            elif view["offers"]:
                return {"type": "walk_away", "reason": "the learnt package was refused"}
            return {"type": "propose", "packages": [learnt]}
        return command

    def _moved(self, view: View, learnt: dict[str, Any], u01: Draw) -> dict[str, Any]:
        for issue in view["issues"]:
            if issue["kind"] == "number":
                step = round(3 * u01(f"{len(view['offers'])}:{issue['id']}")) - 1 if view["offers"] else 0
                moved = learnt[issue["id"]] + step * issue["step"] / 2
                learnt[issue["id"]] = max(issue["low"], min(issue["high"], moved))
        return learnt


class WigglerBot(ParrotBot):
    """The learnt package, moved about at random until somebody signs."""

    wiggle = True


class ReciterBot(ExpertBot):
    """Recites the whole of one good attempt, numbers and all, without looking at this one."""

    recited: ClassVar[dict[str, dict[str, float]]] = {
        "target": {"value": 1.3},
        "fit_sensor": {"value": 60},
        "fit_catalyst": {"value": 45},
        "fit_combustion": {"value": 80},
        "residual_alarm": {"low": 11.9, "high": 13.5},
        "residual_control": {"low": 7.4, "high": 9.0},
    }

    def act(self, view: View, u01: Draw) -> Command | None:
        """Answer as was right another time."""
        command = super().act(view, u01)
        if command and command["type"] == "assess" and command["assessment"] in self.recited:
            return {"type": "assess", "assessment": command["assessment"], **self.recited[command["assessment"]]}
        if command and command["type"] == "propose":
            if view["offers"]:
                return {"type": "walk_away", "reason": "it worked the other time"}
            return {"type": "propose", "packages": [dict(PLAYBOOKS[view["scenario"]["id"]].learnt)]}
        return command


class GateBreakerBot(ExpertBot):
    """An expert who walks into one named hard gate."""

    gate = ""

    def act(self, view: View, u01: Draw) -> Command | None:
        """Break the rule as soon as it can be broken."""
        name, option = PLAYBOOKS[view["scenario"]["id"]].gates[self.gate]
        for action in view["actions"]:
            if action["id"] == name and action["available"]:
                command = {"type": "act", "action": name}
                return {**command, "option": option} if option else command
        return super().act(view, u01)


class LeakerBot(GateBreakerBot):
    """Carries one side's limits to the other."""

    gate = "t_floor"


class DoubleFeeBot(GateBreakerBot):
    """Takes a second fee in silence."""

    gate = "t_fee"


class TellTaleBot(GateBreakerBot):
    """Tells a rival another team's marks."""

    gate = "t_leak"
