"""Words and marks that the screens of a simulation share."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Mood:
    """How a side took an offer: four steps, each a word, then an icon, then a colour."""

    step: int
    word: str | Promise
    icon: str


MOODS = {
    "insulted": Mood(1, pgettext_lazy("simulation", "Insulted"), "stop"),
    "reject": Mood(2, pgettext_lazy("simulation", "Refuses"), "x"),
    "close": Mood(3, pgettext_lazy("simulation", "Close"), "half"),
    "accept": Mood(4, pgettext_lazy("simulation", "Accepts"), "check"),
}
SILENT = Mood(0, _("Not asked yet"), "ring")


def figure(number: float) -> str:
    """A number as it is read: no trailing zeros."""
    return f"{number:g}"


def money(hundredths: int, unit: str) -> str:
    """Budget kept in hundredths, in the scenario's own unit."""
    return f"{figure(hundredths / 100)} {unit}"


def days(count: int) -> str:
    """A number of game days."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def cost(action: dict[str, Any], unit: str) -> str:
    """What an act costs, in words; stands on every act."""
    parts = [days(action["days"])] if action["days"] else []
    if action["budget"]:
        parts.append(money(action["budget"], unit))
    return " · ".join(parts) or gettext("costs nothing")


def term(issue: dict[str, Any], value: Any) -> str:
    """One term in words: its value, with its unit."""
    if issue["kind"] == "choice":
        return next((each["text"] for each in issue["values"] if each["id"] == value), str(value))
    return f"{figure(value)} {times(issue['unit'])}".strip()


def times(unit: str) -> str:
    """A unit behind a number: one that begins with a figure is multiplied by."""
    return f"× {unit}" if unit[:1].isdigit() else unit
