"""What has been told about a line of a worksheet, with the grade of the evidence."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .notebook import GRADES
from .words import figure


@dataclass(frozen=True, slots=True)
class Told:
    """One number that a found clue tells."""

    value: str
    text: str
    grade: str | Promise
    pips: list[bool]


def told_of(view: dict[str, Any], line: str) -> list[Told]:
    """Every number told under that name, the best evidence first."""
    texts = {fact["id"]: fact["text"] for fact in view["facts"]}
    acts = {action["id"]: action["text"] for action in view["actions"]}
    numbers = [each for each in view["numbers"] if each["name"] == line]
    numbers.sort(key=lambda each: -GRADES[each["grade"]][0])
    return [
        Told(
            value=figure(each["value"]),
            text=texts.get(each["fact"]) or acts.get(each.get("action"), ""),
            grade=GRADES[each["grade"]][1],
            pips=[n < GRADES[each["grade"]][0] for n in range(5)],
        )
        for each in numbers
    ]


def bench_words() -> dict[str, Any]:
    """What the workbench says, for its script: results, figures, and the forms of payment with their terms."""
    return {
        "joiner": _(", "),
        "missing": _("Fill in “likely” for: {names}. The result is worked out as you type."),
        "gives": _("By your figures:"),
        "take": _("Take it as the answer"),
        "takeBoth": _("Take P10 to P90 as the interval"),
        "spread": _("By your figures: half of the cases below {p50}, four of five between {p10} and {p90} {unit}"),
        "tornado": _("What moves the result most, from low to high"),
        "compare": _("The same licence, paid in four ways"),
        "compareNote": _("Median, and in brackets four cases of five. Change the terms and see who bears the risk."),
        "compareHalf": _("They begin at half of the project for each side; they are for trying out, not handed in."),
        "form": pgettext("licence", "Payment"),
        "licensor": _("To the licensor"),
        "licensee": _("To the licensee"),
        "loss": _("loses in {share} of 100 cases"),
        "forms": {
            "lump": _("Lump sum"),
            "royalty": _("Entry fee and royalty"),
            "milestones": pgettext("licence", "Milestones"),
            "use_first": _("Use first, pay later"),
        },
        "terms": {
            "lump": _("at signing"),
            "entry": _("at signing"),
            "royalty": _("royalty, per cent"),
            "milestone": _("sum of milestones"),
            "free": _("free years"),
            "later": _("then royalty, per cent"),
        },
    }
