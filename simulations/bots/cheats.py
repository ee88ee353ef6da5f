"""Cheats: experts in all but one thing, and shortcuts that a sound scenario must not reward."""

from dataclasses import dataclass
from typing import Any

from . import Command, Draw, View
from .knowledge import LEAK, breach_of
from .skilled import ExpertBot


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a cheat has learnt elsewhere, all of it at another variant: the best package and an expert's commands.

    `package` and `commands` come from another flavour, where there is one; `same` are commands at the same flavour.
    """

    package: dict[str, Any]
    commands: tuple[Command, ...]
    same: tuple[Command, ...]


class IncuriousBot(ExpertBot):
    """An expert who asks nobody what they care for: the information ablation."""

    asks = False


class HomeworkBot(ExpertBot):
    """All the homework and no deal."""

    deals = False


class StallerBot(ExpertBot):
    """Repeats an opening offer until the other sides are tired."""

    insists = True

    def _packages(self, view: View, u01: Draw) -> list[dict[str, Any]]:
        if view["offers"]:
            return [dict(package) for package in view["offers"][0]["packages"]]
        return super()._packages(view, u01)


class ParrotBot(ExpertBot):
    """All the homework, and one package learnt by heart."""

    insists = True

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self.learnt = lesson.package
        self.said = False

    def _onward(self, view: View, u01: Draw) -> Command | None:
        """Say the learnt package once; who does not take it is left."""
        if self.said and "propose" in view["commands"]:
            return {"type": "walk_away", "reason": "the learnt package was refused"}
        return super()._onward(view, u01)

    def _packages(self, view: View, u01: Draw) -> list[dict[str, Any]]:
        self.said = True
        return [fitted(view, self.learnt)]


class WigglerBot(ParrotBot):
    """The learnt package, moved about at random until somebody signs."""

    def _packages(self, view: View, u01: Draw) -> list[dict[str, Any]]:
        package = fitted(view, self.learnt)
        for issue in view["issues"] if view["offers"] else ():
            if issue["kind"] == "number":
                step = round(3 * u01(f"{len(view['offers'])}:{issue['id']}")) - 1
                moved = package[issue["id"]] + step * issue["step"] / 2
                package[issue["id"]] = max(issue["low"], min(issue["high"], moved))
        self.learnt = package
        return [package]


def fitted(view: View, package: dict[str, Any]) -> dict[str, Any]:
    """A package of another variant in the issues of this one."""
    fit = {}
    for issue in view["issues"]:
        value = package.get(issue["id"], issue["low"])
        if issue["kind"] == "choice":
            values = [each["id"] for each in issue["values"]]
            fit[issue["id"]] = value if value in values else values[0]
        else:
            fit[issue["id"]] = max(issue["low"], min(issue["high"], value))
    return fit


class ReciterBot:
    """Recites the whole of one good attempt at another variant, command by command, without looking at this one.

    As flavours are there to defeat memory, the attempt was one at another flavour.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.left = self._learnt(lesson)

    def _learnt(self, lesson: Lesson) -> list[Command]:
        return list(lesson.commands)

    def act(self, view: View, u01: Draw) -> Command | None:
        """The next line that can be said here."""
        while self.left:
            command = self.left.pop(0)
            if command["type"] in view["commands"]:
                return command
        return {"type": "close"} if "close" in view["commands"] else None


class LuckyReciterBot(ReciterBot):
    """A reciter who happens to meet the same flavour again: shown in reports, held against no bar."""

    def _learnt(self, lesson: Lesson) -> list[Command]:
        return list(lesson.same)


class GateBreakerBot(ExpertBot):
    """An expert who breaks one rule on purpose. It is told the rule, never how the case guards it."""

    def __init__(self, rule: str) -> None:
        self.breach = breach_of(rule)
        super().__init__()


class LeakerBot(ExpertBot):
    """Carries one side's limits to the other."""

    breach = LEAK
