from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from lms.exams.enums import ExclusionRule
from lms.exams.models import Exam, ItemExclusion, ItemStatistics, Regrade
from lms.exams.services.marking import keys_of
from lms.exams.services.statistics import COMPUTE, ask, ask_later, compute_statistics, right_options
from lms.exams.signals import result_released
from lms.jobs.models import Job
from tests.conftest import NOON
from tests.factories.exams import ExamFactory
from tests.factories.marked import make_marked, write_result

pytestmark = [pytest.mark.room, pytest.mark.django_db]

PEOPLE = 40


@pytest.fixture
def exam() -> Exam:
    return ExamFactory(blueprint={"schema": 1, "lines": [{"kind": "single", "count": 4, "points": "2.00"}]})


def _right(item: dict[str, Any]) -> str:
    return keys_of([item["version"]])[item["version"]].accepted["option"]


def _by_skill(number: int, item: dict[str, Any]) -> Any:
    """Person n has the first n // 10 + 1 questions right, takes the first wrong option after that, and the
    tenth of every ten leaves the last one open."""
    right = _right(item)
    if item["slot"] <= number // 10 + 1:
        return right
    return None if item["slot"] == 4 and number % 10 == 9 else next(o for o in item["options"] if o != right)


def _of_slot(exam: Exam, slot: int) -> ItemStatistics:
    version = exam.papers.get().items[slot - 1]["version"]
    return ItemStatistics.objects.get(of_exam__exam=exam, version=version)


@pytest.mark.db
def test_an_exam_is_computed_from_its_standing_results(exam: Exam) -> None:
    make_marked(exam, PEOPLE, _by_skill)
    row = compute_statistics(exam_id=exam.pk, now=NOON)
    assert (row.attempts, row.items, row.passed) == (40, 4, 20)
    # Ten people each with 25, 50, 75 and 100 per cent.
    assert (row.mean, row.deviation) == (Decimal("62.50"), Decimal("28.31"))
    assert row.histogram == [0, 0, 10, 0, 0, 10, 0, 10, 0, 10]
    # Σpq = 0 + 3/16 + 4/16 + 3/16 = 5/8, variance of totals 5/4: 4/3 · (1 − 1/2).
    assert (row.reliability, row.reliability_method) == (Decimal("0.667"), "kr-20")
    assert row.standard_error == Decimal("16.34")
    assert [_of_slot(exam, slot).facility for slot in (1, 2, 3, 4)] == [
        Decimal("1.000"),
        Decimal("0.750"),
        Decimal("0.500"),
        Decimal("0.250"),
    ]


@pytest.mark.db
def test_options_and_what_was_left_open_are_counted(exam: Exam) -> None:
    make_marked(exam, PEOPLE, _by_skill)
    compute_statistics(exam_id=exam.pk, now=NOON)
    item, last = exam.papers.get().items[3], _of_slot(exam, 4)
    right, wrong = _right(item), next(option for option in item["options"] if option != _right(item))
    # Three of every ten who did not reach it left it open: 10 right, 27 wrong, 3 open.
    assert last.omitted == 3
    assert {option: told["n"] for option, told in last.distractors.items() if told["n"]} == {right: 10, wrong: 27}
    assert last.distractors[right]["mean_rest"] == 100.0
    # Nine each had one, two and three of the three others.
    assert last.distractors[wrong]["mean_rest"] == 66.7
    unused = [option["id"] for option in last.version.body["options"] if option["id"] not in (right, wrong)]
    assert last.flags == [f"unused:{option}" for option in unused]


def test_a_question_that_everybody_has_right_is_called_easy_and_tells_nobody_apart(exam: Exam) -> None:
    make_marked(exam, PEOPLE, _by_skill)
    compute_statistics(exam_id=exam.pk, now=NOON)
    first = _of_slot(exam, 1)
    assert (first.discrimination, first.flags[0]) == (None, "easy")


def test_void_attempts_do_not_count_and_newer_results_replace_older_ones(exam: Exam) -> None:
    attempts = make_marked(exam, PEOPLE, _by_skill)
    attempts[0].state, attempts[0].void_reason = "void", "somebody else sat it"
    attempts[0].save(update_fields=["state", "void_reason"])
    write_result(attempts[1], {item["slot"]: _right(item) for item in exam.papers.get().items}, seq=2)
    row = compute_statistics(exam_id=exam.pk, now=NOON)
    assert row.attempts == 39
    assert row.histogram == [0, 0, 8, 0, 0, 10, 0, 10, 0, 11]


def test_an_excluded_question_is_left_out_of_questions_and_reliability_but_results_stand(exam: Exam) -> None:
    make_marked(exam, PEOPLE, _by_skill)
    whole = compute_statistics(exam_id=exam.pk, now=NOON)
    version = exam.papers.get().items[2]["version"]
    regrade = Regrade.objects.create(
        exam=exam,
        kind="exclusion",
        version_id=version,
        proposal={"rule": "drop"},
        reason="two right answers",
        prepared_by="user:1",
        prepared_at=NOON,
    )
    ItemExclusion.objects.create(exam=exam, version_id=version, regrade=regrade, rule=ExclusionRule.DROP, at=NOON)
    row = compute_statistics(exam_id=exam.pk, now=NOON)
    assert row.items == 3
    assert not row.items_of.filter(version=version).exists()
    # Σpq = 3/16 + 3/16, variance of totals 1/2: 3/2 · (1 − 3/4).
    assert row.reliability == Decimal("0.375")
    assert (row.mean, row.histogram) == (whole.mean, whole.histogram)


def test_different_papers_get_the_nested_coefficient(exam: Exam) -> None:
    make_marked(exam, PEOPLE, _by_skill, papers=3)
    assert compute_statistics(exam_id=exam.pk, now=NOON).reliability_method == "nested-i:p"


def test_few_papers_are_counted_and_nothing_more_is_claimed(exam: Exam) -> None:
    make_marked(exam, 12, _by_skill)
    row = compute_statistics(exam_id=exam.pk, now=NOON)
    assert (row.attempts, row.reliability, row.reliability_method, row.standard_error) == (12, None, "", None)
    assert {(item.discrimination, tuple(item.flags)) for item in row.items_of.all()} == {(None, ())}


def test_an_exam_that_nobody_has_sat_is_empty_and_no_failure(exam: Exam) -> None:
    row = compute_statistics(exam_id=exam.pk, now=NOON)
    assert (row.attempts, row.mean, row.items, row.histogram) == (0, None, 0, [0] * 10)


def test_computing_again_keeps_the_earlier_figures_of_the_exam_and_the_newest_of_questions(exam: Exam) -> None:
    make_marked(exam, PEOPLE, _by_skill)
    compute_statistics(exam_id=exam.pk, now=NOON)
    newest = compute_statistics(exam_id=exam.pk, now=NOON + timedelta(hours=1))
    assert exam.statistics.count() == 2
    assert set(ItemStatistics.objects.values_list("of_exam", flat=True)) == {newest.pk}


def test_right_options_are_known_for_choices_alone() -> None:
    exam = ExamFactory()
    make_marked(exam, 1, lambda number, item: None)
    items = exam.papers.get().items
    found = right_options(item["version"] for item in items)
    kinds = {item["version"]: item["kind"] for item in items}
    assert {kinds[version] for version in found} == {"single", "multiple", "true-false"}
    assert all(found[item["version"]] <= set(item["options"]) for item in items if item["version"] in found)


def test_asked_twice_the_work_waits_once(exam: Exam) -> None:
    ask(exam=exam, now=NOON, owner="user:1")
    ask(exam=exam, now=NOON, owner="user:2")
    assert list(Job.objects.values_list("task", "payload", "owner")) == [(COMPUTE, {"exam_id": exam.pk}, "user:1")]


def test_results_that_come_out_together_are_computed_together_once_they_are_out(exam: Exam) -> None:
    for seconds in (0, 30, 200, 299, 300):
        ask_later(exam_id=exam.pk, now=NOON + timedelta(seconds=seconds))
    waits = Job.objects.filter(task=COMPUTE).order_by("run_after").values_list("run_after", flat=True)
    assert list(waits) == [NOON + timedelta(seconds=330), NOON + timedelta(seconds=630)]


def test_a_released_result_has_the_statistics_computed(exam: Exam) -> None:
    attempt = make_marked(exam, 1, _by_skill)[0]
    result = attempt.results.get()
    result_released.send(sender=type(result), result=result, person_id=1, level=exam.level, now=NOON)
    assert Job.objects.filter(task=COMPUTE, payload={"exam_id": exam.pk}, run_after__gt=NOON).count() == 1
