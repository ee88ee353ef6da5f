"""Judging and writing: the broker commits to an estimate, a choice, or the lines of a paper."""

from typing import Any

from .bargaining import fine, tidy
from .commands import Assess
from .conditions import holds
from .refusing import Refused
from .scenario import Scenario
from .sheets import Assessment
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
    if any(fact not in turn.st.facts for fact in cmd.evidence):
        raise Refused("evidence-not-found")
    data = {**_checked(assessment, cmd), **_worked(assessment, cmd)}
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
        case "trl":
            level = _number(assessment, cmd.value)
            if not isinstance(level, int):
                raise _misshapen(assessment, f"{level:g}")
            return {"value": level}
        case "checklist":
            return {"rows": _ticked(assessment, cmd.rows)}
        case "interval":
            low, high = _number(assessment, cmd.low), _number(assessment, cmd.high)
            if low > high:
                raise _misshapen(assessment, f"{low:g} > {high:g}")
            return {"low": low, "high": high}


def _misshapen(assessment: Assessment, detail: str) -> Refused:
    return Refused("assessment-shape", assessment=assessment.text, detail=detail)


def _number(assessment: Assessment, value: Any) -> Any:
    if not isinstance(value, int | float) or not assessment.low <= value <= assessment.high:
        raise _misshapen(assessment, f"{assessment.low:g} – {assessment.high:g}")
    return tidy(value)


def _ticked(assessment: Assessment, rows: dict[str, str]) -> dict[str, str]:
    for row, answer in rows.items():
        if row not in assessment.rows or answer not in assessment.answers:
            raise _misshapen(assessment, f"{row}: {answer}")
    return {row: rows[row] for row in assessment.rows if row in rows}


def _worked(assessment: Assessment, cmd: Assess) -> dict[str, Any]:
    """The evidence cited and the figures of the worksheet, where there are any."""
    figures = {}
    for name, ends in cmd.figures.items():
        line = assessment.inputs.get(name)
        if line is None or not line.low <= ends[0] <= ends[1] <= ends[2] <= line.high:
            raise _misshapen(assessment, f"{name}: {', '.join(f'{end:g}' for end in ends)}")
        figures[name] = [fine(end) for end in ends]
    worked: dict[str, Any] = {"figures": figures} if figures else {}
    return {**worked, "evidence": sorted(set(cmd.evidence))} if cmd.evidence else worked


def draft_is_open(sc: Scenario, st: State, name: str) -> bool:
    """Whether a paper can be put together: during its own stage, when its condition holds."""
    draft = sc.drafts[name]
    return draft.stage == st.stage and holds(draft.open_when, st)


def paper_is_open(sc: Scenario, st: State, name: str) -> bool:
    """Whether a paper can be written in one's own words: during its own stage, when its condition holds."""
    paper = sc.papers[name]
    return paper.stage == st.stage and holds(paper.open_when, st)


def compose(turn: Turn, name: str, text: str) -> None:
    """Keep a paper in the player's own words; while its stage lasts, the last version counts."""
    paper = turn.sc.papers.get(name)
    if paper is None:
        raise Refused("unknown-paper")
    if not paper_is_open(turn.sc, turn.st, name):
        raise Refused("paper-closed")
    if len(text) > paper.most_characters:
        raise Refused("paper-too-long", paper=paper.title, most=paper.most_characters, count=len(text))
    turn.tell("paper-written.1", paper=name, text=text)


def write(turn: Turn, name: str, clauses: tuple[str, ...]) -> None:
    """Put a paper together anew from the chosen lines, in the order of the form."""
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
