import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from courses.services.checking import check_exam_questions
from lms.exams.services.bank_file import DATA
from lms.exams.services.checking import check_questions

pytestmark = pytest.mark.unit

REF = "banks/trial/trial-question"
QUESTION: dict[str, Any] = {
    "ref": "trial-question",
    "kind": "true-false",
    "topic": "transformation-law",
    "difficulty": "easy",
    "law": [{"law": "cgh", "article": "18", "as_of": "2015-10-01"}],
    "rests_on": ["law-cgh-18"],
    "stem": "协议定价的，要在本单位公示成果名称和拟交易价格。",
    "options": [{"id": "true", "text": "正确"}, {"id": "false", "text": "错误"}],
    "key": {"option": "true"},
    "explanation": "法律要求在本单位公示名称和拟交易价格，没有要求公示合同全文。",
    "source": "《促进科技成果转化法》第十八条",
}


@pytest.fixture
def banks(tmp_path: Path) -> Path:
    folder = tmp_path / "banks" / "trial"
    folder.mkdir(parents=True)
    head = {"schema": 2, "code": "trial", "title": "试用题库", "level": "junior"}
    (folder / "bank.yaml").write_text(yaml.dump(head, allow_unicode=True), encoding="utf-8")
    return tmp_path / "banks"


def ask(banks: Path, *changes: dict[str, Any]) -> list[tuple[str, str]]:
    questions = [{**QUESTION, **change} for change in changes]
    text = yaml.dump({"schema": 2, "questions": questions}, allow_unicode=True)
    (banks / "trial" / "01.yaml").write_text(text, encoding="utf-8")
    return sorted((fault.where, fault.code) for fault in check_questions(banks))


def test_the_banks_of_the_house_are_whole() -> None:
    assert list(check_questions()) == []
    assert list(check_exam_questions()) == []


def test_a_right_question_is_left_alone(banks: Path) -> None:
    assert ask(banks, {}) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"explanation": "太短"}, "explanation"),
        ({"rests_on": []}, "rests-on"),
        ({"law": [{"law": "cgh", "article": "16", "as_of": "1996-10-01"}]}, "law-outdated"),
        ({"law": [{"law": "nowhere", "article": "1", "as_of": "2020-01-01"}]}, "law-unknown"),
    ],
)
def test_what_is_wrong_with_a_question_is_told(banks: Path, change: dict[str, Any], code: str) -> None:
    assert ask(banks, change) == [(REF, code)]


def test_a_question_asked_twice_is_told(banks: Path) -> None:
    assert ask(banks, {}, {"ref": "another"}) == [("banks/trial/another", "repeated")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: rows[0].update(status="second-hand"), "key-unverified"),
        (lambda rows: rows.clear(), "key-unverified"),
    ],
)
def test_a_key_on_what_is_not_verified_is_told(
    tmp_path: Path, change: Callable[[list[Any]], object], code: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA.parents[2] / "courses" / "data" / "facts", data / "facts")
    for path in (data / "facts").glob("*.yaml"):
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        change(rows)
        path.write_text(yaml.dump(rows, allow_unicode=True), encoding="utf-8")
    assert {fault.code for fault in check_exam_questions(data)} == {code}
