"""How a page lays out the verdicts on a file of questions: what is wrong first, then what is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.exams.services.importing import Status

# Each verdict in the order of the page: its colour in the bar, its tag, its icon and its words.
_LOOKS: dict[Status, tuple[str, str, str, Promise, Promise]] = {
    Status.ERROR: ("f4", "err", "x", _("Wrong"), _("wrong, not written")),
    Status.SKIPPED: ("f6", "line", "minus", _("Left out"), _("left out, no place for them here")),
    Status.UPDATED: ("f5", "", "redo", _("Update"), _("updated")),
    Status.CREATED: ("f1", "info", "plus", _("New"), _("new")),
    Status.SAME: ("f2", "line", "check", _("The same"), _("the same, nothing to do")),
}
_ORDER = list(_LOOKS)
_STEPS = {
    "template": _("1 Template"),
    "upload": _("2 Upload"),
    "preview": _("3 Preview"),
    "result": _("4 Result"),
}
_WIDTH, _GAP, _LEAST = 1000.0, 2.0, 4.0


def shown_items(items: Sequence[Mapping[str, str]], show: str) -> list[dict[str, Any]]:
    """The questions to list, or only those with one verdict; what is wrong first."""
    chosen = [item for item in items if not show or item["status"] == show]
    ordered = sorted(chosen, key=lambda item: _ORDER.index(Status(item["status"])))
    return [{**item, **_look(Status(item["status"]))} for item in ordered]


def _look(status: Status) -> dict[str, Any]:
    _colour, tag, icon, words, _counted = _LOOKS[status]
    return {"tag": tag, "icon": icon, "verdict": words, "row_class": "is-err" if status == Status.ERROR else ""}


def filters_of(counts: Mapping[str, int], show: str) -> list[dict[str, Any]]:
    """The key under the bar; each entry shows only its questions."""
    return [
        {
            "colour": colour,
            "count": counts.get(status, 0),
            "words": counted,
            "show": status.value,
            "current": show == status,
        }
        for status, (colour, _tag, _icon, _words, counted) in _LOOKS.items()
    ]


def segments_of(counts: Mapping[str, int]) -> list[dict[str, str]]:
    """The bar of verdicts as rectangles in a box 1000 wide; a small count stays visible."""
    present = [(status, counts[status]) for status in _ORDER if counts.get(status)]
    total = sum(count for _status, count in present)
    room = _WIDTH - _GAP * (len(present) - 1) - _LEAST * len(present)
    segments, x = [], 0.0
    for status, count in present:
        width = _LEAST + room * count / total
        segments.append({"colour": _LOOKS[status][0], "x": f"{x:.1f}", "width": f"{width:.1f}"})
        x += width + _GAP
    return segments


def step_list(now_at: str) -> list[dict[str, Any]]:
    """The four steps of an import as spans of the bridge."""
    names = list(_STEPS)
    here = names.index(now_at)
    states = ["done" if at < here else "now" if at == here else "todo" for at in range(len(names))]
    return [{"label": _STEPS[name], "state": state} for name, state in zip(names, states, strict=True)]
