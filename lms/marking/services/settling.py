"""From marks to points: the rule of the round, applied whenever a mark was put down."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict
from lms.marking.enums import AllocationState, OutcomeRule
from lms.marking.models import Mark, Outcome, Script
from lms.marking.selectors.verdicts import THIRD, Need, Rules, Verdict, verdict_of
from lms.marking.signals import script_decided

from .allocating import fill, give, take_back
from .telling import tell_leads


class WouldUnsettle(Conflict):
    code = "mark-would-unsettle"
    message = _(
        "This script is settled, and with these marks it would not be any more. "
        "If your first marks were wrong, tell the lead of the round."
    )


def standing_marks(script: Script) -> dict[int, Mark]:
    """The mark that counts of everybody who has marked the script, by place."""
    rows = Mark.objects.filter(allocation__script=script, allocation__state=AllocationState.MARKED)
    return {mark.allocation.place: mark for mark in rows.select_related("allocation").order_by("seq")}


def standing_outcome(script: Script) -> Outcome | None:
    """The outcome with the highest number."""
    return script.outcomes.order_by("-seq").first()


def write_outcome(
    *,
    script: Script,
    points: Decimal,
    rule: OutcomeRule,
    marks: list[int],
    now: datetime,
    reason: str = "",
    decided_by: str = "",
) -> Outcome:
    """Write what stands from now on; announced if it is the first, or its points differ from those before."""
    before = standing_outcome(script)
    outcome = Outcome.objects.create(
        script=script,
        seq=before.seq + 1 if before else 1,
        rule=rule,
        points=points,
        max_points=script.rubric_version.max_points,
        marks=marks,
        reason=reason,
        decided_by=decided_by,
        at=now,
    )
    for allocation in script.allocations.filter(state=AllocationState.OPEN):
        take_back(allocation=allocation, now=now)
    if before is None or before.points != points:
        script_decided.send(sender=Outcome, outcome=outcome, source=script.source, now=now)
    return outcome


def settle(*, script: Script, now: datetime) -> Outcome | None:
    """Do what the marks of `script` ask for: write the outcome, call a third marker, or tell the leads."""
    marks = standing_marks(script)
    verdict = _verdict(script, marks)
    before = standing_outcome(script)
    if verdict.points is not None and verdict.rule is not None:
        counted = [marks[place].pk for place in verdict.places]
        if before and before.marks == counted:
            return before
        return write_outcome(script=script, points=verdict.points, rule=verdict.rule, marks=counted, now=now)
    if before:
        raise WouldUnsettle
    _call_for_help(script, verdict, now)
    return None


def _verdict(script: Script, marks: dict[int, Mark]) -> Verdict:
    rules = Rules(script.round.markers_per_script, script.round.gap_percent)
    points = {place: mark.points for place, mark in marks.items()}
    return verdict_of(points, rules, script.rubric_version.max_points)


def _call_for_help(script: Script, verdict: Verdict, now: datetime) -> None:
    match verdict.need:
        case Need.MARKS:
            fill(script=script, now=now)
        case Need.THIRD_MARKER:
            if not script.allocations.filter(place=THIRD, state=AllocationState.OPEN).exists():
                give(script=script, place=THIRD, now=now)
        case Need.LEAD:
            tell_leads(script, now)
