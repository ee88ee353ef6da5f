"""How a page lays out the verdicts on a file of questions: what is wrong first, then what is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.design.charts.verdicts import segments, steps
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
    """The bar of verdicts."""
    return segments([(look[0], counts.get(status, 0)) for status, look in _LOOKS.items()])


def step_list(now_at: str) -> list[dict[str, Any]]:
    """The four steps of an import."""
    return steps(_STEPS, now_at)
