"""A result from what counts, and from nothing else: the same basis gives the same figures for ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from lms.exams.enums import ExclusionRule
from lms.exams.models import Attempt, ItemExclusion, Result
from lms.exams.selectors.cuts import Cut, cut_of
from lms.exams.selectors.folding import folded
from lms.exams.services.fingerprint import fingerprint
from lms.exams.services.keys import KeyRing
from lms.exams.services.marking import CENT, PARTIAL_RULES, MarkingKey, SlotMark, mark

Basis = dict[str, Any]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a basis comes to."""

    points: Decimal
    max_points: Decimal
    passed: bool
    marks: list[dict[str, Any]]

    @property
    def percent(self) -> Decimal:
        """Rounded down, so that no figure promises more than was earned."""
        return (self.points * 100 / self.max_points).quantize(CENT, rounding=ROUND_DOWN)


def handed_in(attempt: Attempt) -> dict[int, Any]:
    """The answers as they were handed in, read from the history itself."""
    return {slot: state.answer for slot, state in sorted(folded(attempt).items()) if state.answer is not None}


def hash_of_answers(attempt: Attempt, answers: Mapping[int, Any]) -> str:
    """The hash that stands on the receipt; docs/reference/exam-attempt.md says how to work it out."""
    texts = {str(slot): answer for slot, answer in answers.items()}
    return fingerprint({"answers": texts, "attempt": str(attempt.uid), "paper": attempt.paper_hash})


def cut_in_basis(cut: Cut) -> Basis:
    """A cut score as a basis names it."""
    return {
        "percent": f"{cut.percent:.2f}",
        "method": str(cut.method),
        "decided_on": cut.decided_on.isoformat(),
        "no": cut.no,
    }


def exclusions_in_basis(attempt: Attempt) -> Basis:
    """Questions of this paper that its exam no longer counts, by slot (one query)."""
    rows = ItemExclusion.objects.filter(exam=attempt.seat.exam_id).select_related("regrade")
    found = {row.version_id: row for row in rows}
    return {
        str(item["slot"]): {"rule": row.rule, "regrade": str(row.regrade.uid)}
        for item in attempt.seat.paper.items
        if (row := found.get(item["version"]))
    }


def first_basis(attempt: Attempt, *, answers: Mapping[int, Any], keys: Mapping[int, MarkingKey], given: Basis) -> Basis:
    """What counts when a paper is marked for the first time: everything that is in force now."""
    slots = {item["version"]: str(item["slot"]) for item in attempt.seat.paper.items}
    return {
        "schema": 1,
        "paper": attempt.paper_hash,
        "answers": hash_of_answers(attempt, answers),
        "keys": {slots[version]: key.content_hash for version, key in keys.items()},
        "given": given,
        "adjusted": {},
        "exclusions": exclusions_in_basis(attempt),
        "cut": cut_in_basis(cut_of(attempt.seat.exam)),
        "rules": PARTIAL_RULES,
    }


def _points_in(lines: Mapping[str, Mapping[str, str]]) -> dict[int, Decimal]:
    return {int(slot): Decimal(line["points"]) for slot, line in lines.items()}


def _left_out(item: Mapping[str, Any], rule: str) -> dict[str, Any]:
    worth = Decimal(item["points"]) if rule == ExclusionRule.GRANT else ZERO
    return {"slot": item["slot"], "points": f"{worth:.2f}", "of": f"{worth:.2f}", "excluded": rule}


def _line(marked: SlotMark, adjusted: Mapping[int, Decimal]) -> dict[str, Any]:
    points = max(adjusted.get(marked.slot, ZERO), marked.points)
    return {"slot": marked.slot, "points": f"{points:.2f}", "of": f"{marked.max_points:.2f}"}


def reckon(
    *,
    basis: Basis,
    items: Sequence[Mapping[str, Any]],
    answers: Mapping[int, Any],
    keys: Mapping[int, MarkingKey],
) -> Figures:
    """The figures of a basis. An exclusion stands over everything; what an appeal gave is never undercut by a key."""
    excluded = basis["exclusions"]
    counted = [item for item in items if str(item["slot"]) not in excluded]
    marked = {
        m.slot: m for m in mark(items=counted, answers=answers, given=_points_in(basis["given"]), keys=keys).marks
    }
    adjusted = _points_in(basis["adjusted"])
    lines = [
        _line(marked[item["slot"]], adjusted)
        if item["slot"] in marked
        else _left_out(item, excluded[str(item["slot"])]["rule"])
        for item in items
    ]
    points = sum((Decimal(line["points"]) for line in lines), ZERO)
    most = sum((Decimal(line["of"]) for line in lines), ZERO)
    passed = points * 100 >= Decimal(basis["cut"]["percent"]) * most
    return Figures(points, most, passed, lines)


def reckon_attempt(attempt: Attempt, basis: Basis, ring: KeyRing) -> Figures:
    """The figures of a basis for an attempt, with the keys that the basis names."""
    items = attempt.seat.paper.items
    keys = ring.pick({item["version"]: basis["keys"][str(item["slot"])] for item in items})
    return reckon(basis=basis, items=items, answers=handed_in(attempt), keys=keys)


def recompute(result: Result) -> Figures:
    """Mark again from what the result says it was computed from; today's keys and rules play no part.

    `ValueError` if paper, answers or basis are not the ones that were counted.
    """
    attempt, basis = result.attempt, result.basis
    found = (fingerprint(basis), attempt.seat.paper.hash, hash_of_answers(attempt, handed_in(attempt)))
    if found != (result.computed_from, basis["paper"], basis["answers"]):
        raise ValueError(f"result {result.pk} was computed from something else")
    return reckon_attempt(attempt, basis, KeyRing())
