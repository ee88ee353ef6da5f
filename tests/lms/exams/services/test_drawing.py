from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from lms.exams.models import CaseVersion, QuestionUse, QuestionVersion
from lms.exams.services.drawing import NotEnoughQuestions
from lms.exams.services.laws import load_laws
from lms.exams.services.loading import load_bank
from lms.exams.services.papers import build_paper
from tests.factories.cohorts import OrganisationFactory
from tests.factories.exams import ExamFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def bank(now: datetime):
    load_laws(now=now)
    return load_bank("senior", organisation=OrganisationFactory(), now=now)


def exam_of(bank, *lines, **given):
    lines = [{"points": 2, **line} for line in lines]
    return ExamFactory(organisation=bank.organisation, bank=bank, blueprint={"schema": 1, "lines": lines}, **given)


def test_a_case_is_drawn_whole_in_its_places_and_after_the_single_questions(bank, now: datetime) -> None:
    exam = exam_of(bank, {"kind": "case", "count": 2}, {"kind": "single", "count": 3})
    items = build_paper(exam=exam, seed="7", now=now).items
    versions = QuestionVersion.objects.select_related("question").in_bulk([item["version"] for item in items])
    assert [item["kind"] for item in items[:3]] == ["single"] * 3
    cases = [item["case"] for item in items[3:]]
    assert len(set(cases)) == 2
    assert cases == sorted(cases, key=cases.index)
    for case in dict.fromkeys(cases):
        of_case = [versions[item["version"]].question for item in items[3:] if item["case"] == case]
        whole = CaseVersion.objects.get(pk=case).case_set.questions.order_by("case_place")
        assert of_case == list(whole)
    assert not any(versions[item["version"]].question.case_set_id for item in items[:3])


def test_an_item_carries_what_an_answer_needs_and_nothing_of_its_key(bank, now: datetime) -> None:
    kinds = ("fill-in", "matching", "ordering", "essay")
    exam = exam_of(bank, *({"kind": kind, "count": 1} for kind in kinds))
    found = {item["kind"]: set(item) for item in build_paper(exam=exam, seed="7", now=now).items}
    common = {"slot", "version", "kind", "points", "options"}
    assert found == {
        "fill-in": common | {"blanks"},
        "matching": common | {"choices"},
        "ordering": common,
        "essay": common | {"limit"},
    }


def test_no_question_lies_in_more_papers_than_the_bound_allows(bank, now: datetime) -> None:
    exam = exam_of(bank, {"kind": "single", "count": 10}, exposure_percent=40)
    drawn: Counter[int] = Counter()
    for number in range(10):
        items = build_paper(exam=exam, seed=str(number), now=now, expected=10).items
        drawn.update(item["version"] for item in items)
    assert max(drawn.values()) <= 4
    assert dict(QuestionUse.objects.values_list("version", "papers")) == dict(drawn)


def test_a_bound_that_cannot_be_kept_is_told(bank, now: datetime) -> None:
    exam = exam_of(bank, {"kind": "essay", "count": 2}, exposure_percent=50)
    build_paper(exam=exam, seed="1", now=now, expected=2)
    with pytest.raises(NotEnoughQuestions):
        build_paper(exam=exam, seed="2", now=now, expected=2)


def test_who_comes_again_meets_other_questions_while_there_are_any(bank, now: datetime) -> None:
    exam = exam_of(bank, {"kind": "multiple", "count": 5})
    first = {item["version"] for item in build_paper(exam=exam, seed="1", now=now).items}
    second = {item["version"] for item in build_paper(exam=exam, seed="2", now=now, seen=frozenset(first)).items}
    assert first & second == set()


def test_a_case_whose_text_changes_is_a_new_version_and_the_old_paper_keeps_the_old_one(
    bank, now: datetime, tmp_path: Path
) -> None:
    exam = exam_of(bank, {"kind": "case", "count": 1})
    paper = build_paper(exam=exam, seed="7", now=now)
    kept = CaseVersion.objects.get(pk=paper.items[0]["case"])
    folder = Path(__file__).resolve().parents[4] / "lms" / "exams" / "data" / "banks" / "senior"
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace(kept.body["title"], f"{kept.body['title']}（改）")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    load_bank(tmp_path, organisation=bank.organisation, now=now)
    assert list(kept.case_set.versions.order_by("no").values_list("no", flat=True)) == [1, 2]
    paper.refresh_from_db()
    assert paper.items[0]["case"] == kept.pk
    assert build_paper(exam=exam, seed="7", now=now).hash == paper.hash
