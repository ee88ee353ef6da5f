"""Words and tags of the cohort and roster pages."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.cohorts.enums import MembershipState
from lms.cohorts.services.rosters.columns import LABELS, Column
from lms.cohorts.services.rosters.planning import Action, Plan, RowPlan
from lms.kernel.beijing import BEIJING
from lms.schemes.selectors.standing import Standing

register = template.Library()

_STATES = {
    MembershipState.ACTIVE: ("info", "half"),
    MembershipState.FINISHED: ("ok", "check"),
    MembershipState.WITHDRAWN: ("line", "minus"),
}


@register.simple_tag
def beijing(moment: datetime) -> str:
    """A moment to the minute, with the zone named."""
    return _("%(moment)s Beijing time") % {"moment": f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"}


@register.inclusion_tag("design/components/tag/tag.html")
def state_tag(state: str) -> dict[str, Any]:
    """Where a person stands in the cohort."""
    kind, icon = _STATES[MembershipState(state)]
    return {"text": MembershipState(state).label, "kind": kind, "icon": icon}


@register.simple_tag
def standing_line(standing: Standing | None) -> str:
    """How much of what the level asks for is there, and the first thing that is not."""
    if standing is None:
        return _("The scheme does not know this level.")
    if standing.met:
        return _("Everything is met.")
    leaves, missing = standing.leaves(), standing.missing_leaves()
    words = {"met": len(leaves) - len(missing), "all": len(leaves), "why": missing[0].why}
    return _("%(met)s of %(all)s met. %(why)s") % words


@register.filter
def column_label(column: str) -> str | Promise:
    """A column as people call it."""
    return LABELS[Column(column)] if column else ""


@register.simple_tag
def verdict_sentence(counts: dict[str, int]) -> str:
    """The bar of verdicts in words."""
    return _("%(error)s wrong, %(update)s updated, %(create)s new, %(skip)s left out") % counts


@register.simple_tag
def why_this_verdict(row: RowPlan) -> str:
    """Why a row without anything wrong is treated as it is."""
    if row.action == Action.SKIP:
        return _("The same as on the roster.")
    if row.action == Action.UPDATE:
        return _("On the roster already; the table says more than is known.")
    if row.person:
        return _("Registered already; gets a place in this cohort.")
    return _("Is registered, and gets a place in this cohort.")


@register.simple_tag
def commit_sentence(plan: Plan) -> str:
    """What pressing the button will do, and what it will leave."""
    counts = plan.counts
    will = ngettext(
        "%(people)s person will be written: %(create)s new, %(update)s updated.",
        "%(people)s people will be written: %(create)s new, %(update)s updated.",
        plan.to_write,
    ) % {"people": plan.to_write, **counts}
    if not counts[Action.ERROR]:
        return will if plan.to_write else _("There is nothing to write.")
    left = ngettext(
        "%(error)s wrong row is not written; put it right and import again, nobody is written twice.",
        "%(error)s wrong rows are not written; put them right and import again, nobody is written twice.",
        counts[Action.ERROR],
    )
    return f"{will} {left % counts}"
