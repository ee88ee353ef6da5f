"""The one sentence of a debrief that stands under the score."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from simulations.enums import COMPETENCY_NAMES
from simulations.selectors.debriefs import Debrief

from .findings import gates

_HARDLY = 5  # per cent of the joint value


def lead(told: Debrief, *, passed: bool) -> str:
    """The one sentence under the score."""
    crossed = [gate for gate in gates(told) if gate.moment and gate.is_hard]
    if crossed:
        return _("A red line was crossed: %(gate)s. Whatever else went well, the score stops at %(cap)s.") % {
            "gate": crossed[0].text,
            "cap": crossed[0].cap,
        }
    if told.body["walk_right"]:
        return _lead_without_zone(told)
    measured = told.body["measures"]
    if measured is None:
        return _("No deal was struck. What lay between the two sides is shown below.")
    left = round((1000 - measured["joint"]) / 10)
    if not measured["nash"]:
        return _("A deal was struck that leaves one side worse off than walking away.")
    if not passed:
        words = {"left": left, "weakest": _weakest(told)}
        return (
            _("A deal was struck, %(left)s%% of the joint value stayed behind. Most points were lost in: %(weakest)s.")
            % words
        )
    if left <= _HARDLY:
        return _("Both sides are well past their walk-away lines, and hardly any value was left on the table.")
    return _("Both sides are past their walk-away lines; %(left)s%% of the joint value stayed on the table.") % {
        "left": left
    }


def _lead_without_zone(told: Debrief) -> str:
    """The sentence of a case in which no deal was right."""
    if told.view["ended"]["how"] == "walked-away":
        return _("Leaving was right here. What counts is whether you knew why, and could show it.")
    if told.body["measures"] is None:
        return _("No deal was right here, and none was struck; saying so in time, and why, would have earned more.")
    return _("No deal was right here: what lay on the table was worth less than what each side could do without it.")


def _weakest(told: Debrief) -> str | Promise:
    """The competency that cost the total most."""
    lines = told.body["score"]["competencies"]
    worst = max(lines, key=lambda line: float(line["weight"]) * (100 - float(line["percent"])))
    return COMPETENCY_NAMES.get(worst["code"], worst["code"])
