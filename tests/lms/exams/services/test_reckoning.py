from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from lms.exams.enums import ExclusionRule
from lms.exams.models import Result
from lms.exams.services.fingerprint import fingerprint
from lms.exams.services.keys import KeyText, key_in_force, put_in_force
from lms.exams.services.reckoning import Figures, reckon, recompute
from tests.factories.results import (
    another_key,
    carry_out,
    make_exam,
    make_manager,
    proposed_exclusion,
    proposed_key,
    sat,
    standing,
    version_in,
)

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def same(figures: Figures, result: Result) -> bool:
    found = (figures.points, figures.max_points, figures.percent, figures.passed, figures.marks)
    return found == (result.points, result.max_points, result.percent, result.passed, result.marks)


def test_the_basis_names_everything_that_counted(now: datetime) -> None:
    attempt = sat(slots=4)
    result = standing(attempt)
    attempt.refresh_from_db()
    assert set(result.basis) == {
        "schema", "paper", "answers", "keys", "given", "adjusted", "exclusions", "cut", "rules"
    }  # fmt: skip
    assert result.basis["paper"] == attempt.paper_hash
    assert result.basis["answers"] == attempt.answers_hash
    keys = {str(slot): key_in_force(version_in(attempt, slot)).content_hash for slot in range(1, 7)}
    assert result.basis["keys"] == keys
    assert result.basis["cut"] == {"percent": "60.00", "method": "scheme", "decided_on": "2026-09-01", "no": 0}
    assert result.computed_from == fingerprint(result.basis)


def test_a_result_can_be_computed_again_whatever_was_changed_since() -> None:
    exam = make_exam()
    attempt = sat(exam, slots=4)
    first = standing(attempt)
    preparing, approving = make_manager(exam), make_manager(exam)
    carry_out(proposed_key(attempt, 1, preparing), approving)
    second = standing(attempt)
    assert (first.points, second.points) == (4, 3)
    put_in_force(
        version=version_in(attempt, 2), key=another_key(version_in(attempt, 2)), now=first.at + timedelta(days=1)
    )
    assert same(recompute(first), first)
    assert same(recompute(second), second)


def test_a_result_of_other_answers_is_found_out(now: datetime) -> None:
    result = standing(sat(slots=4))
    result.basis = {**result.basis, "answers": "0" * 64}
    with pytest.raises(ValueError, match="computed from something else"):
        recompute(result)
    result.computed_from = fingerprint(result.basis)
    with pytest.raises(ValueError, match="computed from something else"):
        recompute(result)


def test_a_dropped_question_leaves_paper_and_points_smaller_and_a_granted_one_gives_them() -> None:
    exam = make_exam()
    few, blank = sat(exam, slots=3), sat(exam, slots=0)
    preparing, approving = make_manager(exam), make_manager(exam)
    carry_out(proposed_exclusion(few, 6, ExclusionRule.DROP, preparing), approving)
    result = standing(few)
    assert (result.points, result.max_points, result.percent, result.passed) == (3, 5, Decimal("60.00"), True)
    assert result.marks[5] == {"slot": 6, "points": "0.00", "of": "0.00", "excluded": "drop"}
    slot = next(slot for slot in range(1, 7) if version_in(blank, slot) != version_in(few, 6))
    grant = proposed_exclusion(blank, slot, ExclusionRule.GRANT, preparing, now=result.at)
    carry_out(grant, approving, now=result.at + timedelta(minutes=1))
    assert (standing(blank).points, standing(blank).max_points, standing(blank).percent) == (1, 5, Decimal("20.00"))
    assert standing(blank).marks[slot - 1] == {"slot": slot, "points": "1.00", "of": "1.00", "excluded": "grant"}
    assert all(same(recompute(each), each) for each in Result.objects.all())


BASIS = {
    "given": {},
    "adjusted": {},
    "exclusions": {},
    "cut": {"percent": "60.00"},
}
ITEMS = [{"slot": 1, "version": 7, "kind": "single", "points": "2.00", "options": ["a", "b"]}]
KEYS = {7: KeyText({"option": "a"}, "", "", "")}


@pytest.mark.parametrize(
    ("answer", "adjusted", "points"),
    [("b", {}, 0), ("b", {"1": {"points": "1.50"}}, Decimal("1.50")), ("a", {"1": {"points": "1.50"}}, 2)],
)
def test_what_an_appeal_gave_is_never_undercut_and_never_undercuts(answer: str, adjusted: dict, points: object) -> None:
    figures = reckon(basis={**BASIS, "adjusted": adjusted}, items=ITEMS, answers={1: answer}, keys=KEYS)
    assert figures.points == points


def test_points_of_people_count_for_essays() -> None:
    items = [{"slot": 1, "version": 7, "kind": "essay", "points": "10.00", "options": []}]
    basis = {**BASIS, "given": {"1": {"points": "6.50", "outcome": 3}}}
    figures = reckon(basis=basis, items=items, answers={1: "……"}, keys=KEYS)
    assert (figures.points, figures.percent, figures.passed) == (Decimal("6.50"), Decimal("65.00"), True)
