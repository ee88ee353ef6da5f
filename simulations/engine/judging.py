"""Judging and writing: the broker commits to an estimate, a choice, or the lines of a paper."""

from typing import Any

from .bargaining import tidy
from .commands import Assess
from .conditions import holds
from .parts import Assessment
from .refusing import Refused
from .scenario import Scenario
from .state import State
from .turn import Turn


def is_open(sc: Scenario, st: State, name: str) -> bool:
    """Whether an assessment can be made or changed: only during its own stage."""
    return sc.assessments[name].stage == st.stage


def assess(turn: Turn, cmd: Assess) -> None:
    """Take down an assessment; while its stage lasts, the last one counts."""
    assessment = turn.sc.assessments.get(cmd.assessment)
    if assessment is None:
        raise Refused("unknown-assessment", assessment=cmd.assessment)
    if not is_open(turn.sc, turn.st, cmd.assessment):
        raise Refused("assessment-closed", assessment=assessment.text)
    data = _checked(assessment, cmd)
    turn.tell("assessment-made.1", assessment=cmd.assessment, basis=cmd.basis, **data)
    talks = turn.sc.talks
    if cmd.assessment == talks.chosen_by:
        partner = str(cmd.value) if cmd.value in talks.partners else ""
        if partner != turn.st.partner:
            turn.tell("partner-chosen.1", party=partner)


def _checked(assessment: Assessment, cmd: Assess) -> dict[str, Any]:
    match assessment.kind:
        case "choice":
            if cmd.value not in assessment.answers:
                raise Refused("assessment-shape", assessment=assessment.text, detail=", ".join(assessment.answers))
            return {"value": cmd.value}
        case "number":
            return {"value": _number(assessment, cmd.value)}
        case _:
            low, high = _number(assessment, cmd.low), _number(assessment, cmd.high)
            if low > high:
                raise Refused("assessment-shape", assessment=assessment.text, detail=f"{low:g} > {high:g}")
            return {"low": low, "high": high}


def _number(assessment: Assessment, value: Any) -> Any:
    if not isinstance(value, int | float) or not assessment.low <= value <= assessment.high:
        detail = f"{assessment.low:g} – {assessment.high:g}"
        raise Refused("assessment-shape", assessment=assessment.text, detail=detail)
    return tidy(value)


def draft_is_open(sc: Scenario, st: State, name: str) -> bool:
    """Whether a paper can be written: during its own stage, when its condition holds."""
    draft = sc.drafts[name]
    return draft.stage == st.stage and holds(draft.open_when, st)


def write(turn: Turn, name: str, clauses: tuple[str, ...]) -> None:
    """Write a paper anew from the chosen lines, in the order of the form."""
    draft = turn.sc.drafts.get(name)
    if draft is None:
        raise Refused("unknown-draft")
    if not draft_is_open(turn.sc, turn.st, name):
        raise Refused("draft-closed")
    for clause in clauses:
        if clause not in draft.clauses:
            raise Refused("unknown-clause", clause=clause)
    chosen = [clause for clause in draft.clauses if clause in clauses]
    turn.tell("draft-written.1", draft=name, clauses=chosen)
