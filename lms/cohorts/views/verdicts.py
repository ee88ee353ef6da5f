"""How a page lays out the verdicts on a roster: what is wrong first, then what is written."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.design.charts.verdicts import segments, steps
from lms.cohorts.services.rosters.columns import LABELS, Column
from lms.cohorts.services.rosters.planning import Action, Plan, RowPlan

# Each verdict in the order of the page: its colour in the bar, its tag, its icon and its words.
_LOOKS: dict[Action, tuple[str, str, str, Promise, Promise]] = {
    Action.ERROR: ("f4", "err", "x", _("Wrong"), _("wrong, not written")),
    Action.UPDATE: ("f5", "", "redo", _("Update"), _("updated")),
    Action.CREATE: ("f1", "info", "plus", _("New"), _("new")),
    Action.SKIP: ("f6", "line", "minus", _("Left out"), _("left out, nothing to do")),
}
_ORDER = list(_LOOKS)
_STEPS = {
    "template": _("1 Template"),
    "upload": _("2 Upload"),
    "preview": _("3 Preview"),
    "result": _("4 Result"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say about a row: in which column, and what."""

    column: str | Promise
    message: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the preview."""

    plan: RowPlan
    row_class: str
    tag: str
    icon: str
    words: Promise
    reasons: tuple[Reason, ...]


def label_of(column: str) -> str | Promise:
    """A column as people call it; nothing for what concerns the whole row."""
    return LABELS[Column(column)] if column else ""


def _shown(plan: RowPlan) -> ShownRow:
    _colour, tag, icon, words, _counted = _LOOKS[plan.action]
    reasons = tuple(Reason(label_of(error.column), error.message) for error in plan.errors)
    return ShownRow(plan, "is-err" if plan.action == Action.ERROR else "", tag, icon, words, reasons)


def shown_rows(plan: Plan, show: str) -> list[ShownRow]:
    """The rows to list, or only those with one verdict."""
    chosen = [row for row in plan.rows if not show or row.action == show]
    return [_shown(row) for row in sorted(chosen, key=lambda row: (_ORDER.index(row.action), row.number))]


def filters_of(counts: dict[str, int], show: str) -> list[dict[str, Any]]:
    """The key under the bar; each entry shows only its rows."""
    return [
        {
            "colour": colour,
            "count": counts[action],
            "words": counted,
            "show": action.value,
            "current": show == action,
        }
        for action, (colour, _tag, _icon, _words, counted) in _LOOKS.items()
    ]


def segments_of(counts: dict[str, int]) -> list[dict[str, str]]:
    """The bar of verdicts."""
    return segments([(look[0], counts[action]) for action, look in _LOOKS.items()])


def step_list(now_at: str) -> list[dict[str, Any]]:
    """The four steps of an import."""
    return steps(_STEPS, now_at)
