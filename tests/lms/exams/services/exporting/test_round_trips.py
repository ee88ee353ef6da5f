"""Out and in again: the same content hash wherever the format can hold the question."""

from collections import Counter

import pytest
from django.conf import settings

from lms.exams.enums import QuestionFormat, QuestionKind
from lms.exams.services.bank_file import BankFile, Item, read_bank
from lms.exams.services.exporting import Content, write_bank
from lms.exams.services.exporting.gathering import Outgoing
from lms.exams.services.importing.gathering import Entry
from lms.exams.services.importing.planning import comparable
from lms.exams.services.importing.reading import read_questions
from lms.exams.services.loading import content_hash

pytestmark = pytest.mark.unit
BANKS = ("junior", "intermediate", "senior", "junior-core", "every-kind")
HOLDING = (QuestionFormat.XLSX, QuestionFormat.MOODLE_XML, QuestionFormat.GIFT)


def bank_file(name: str) -> BankFile:
    own = settings.REPO_DIR / "tests" / "lms" / "exams" / "every_kind.yaml"
    return read_bank(own if name == "every-kind" else name)


def outgoing(file: BankFile) -> Content:
    questions = [Outgoing(item) for item in file.questions]
    questions += [Outgoing(item, case=case.ref) for case in file.cases for item in case.questions]
    return Content(file.code, questions, {case.ref: case.body() for case in file.cases})


def hashed(item: Item) -> str:
    return content_hash("owner", item, 1, {name: getattr(item, name) for name in ("level", "topic", "competency")})


def back(content: bytes, file_format: QuestionFormat) -> dict[str, Entry]:
    return {entry.ref: entry for entry in read_questions(content, file_format)}


@pytest.mark.parametrize("name", BANKS)
@pytest.mark.parametrize("file_format", HOLDING)
def test_what_is_written_comes_back_with_the_same_hash(name: str, file_format: QuestionFormat) -> None:
    content = outgoing(bank_file(name))
    written = write_bank(content, file_format)
    entries = back(written.content, file_format)
    for question in content.questions:
        if question.item.ref in written.left_out:
            assert question.item.ref not in entries
            continue
        entry = entries[question.item.ref]
        assert entry.item, (entry.flaws, entry.error, entry.skipped)
        if question.item.ref not in written.losses or question.item.kind == QuestionKind.ESSAY:
            assert hashed(entry.item) == hashed(question.item)
        assert entry.case == question.case
    for ref, body in content.cases.items():
        said = {key: value for key, value in entries[ref].case_text.items() if value and key != "ref"}
        assert {**said, "figures": [], "schema": 1} == {**body, "figures": []}


@pytest.mark.parametrize("name", BANKS)
@pytest.mark.parametrize("file_format", HOLDING)
def test_the_key_comes_back_too_but_for_rubrics(name: str, file_format: QuestionFormat) -> None:
    content = outgoing(bank_file(name))
    written = write_bank(content, file_format)
    entries = back(written.content, file_format)
    for question in content.questions:
        rubric_lost = question.item.kind == QuestionKind.ESSAY and file_format != QuestionFormat.XLSX
        if question.item.ref not in written.left_out and not rubric_lost:
            assert comparable(entries[question.item.ref].item) == comparable(question.item)


def test_the_workbook_holds_everything() -> None:
    for name in BANKS:
        content = outgoing(bank_file(name))
        written = write_bank(content, QuestionFormat.XLSX)
        assert (written.left_out, written.losses) == ([], {})


def test_gift_says_what_it_leaves_out() -> None:
    content = outgoing(bank_file("senior"))
    written = write_bank(content, QuestionFormat.GIFT)
    kinds = {question.item.ref: question.item.kind for question in content.questions}
    left = Counter(kinds[ref] for ref in written.left_out)
    orderings = sum(kind == QuestionKind.ORDERING for kind in kinds.values())
    assert left[QuestionKind.ORDERING] == orderings > 0
    assert set(left) <= {QuestionKind.ORDERING, QuestionKind.FILL_IN, QuestionKind.NUMERIC}
    assert all(written.losses[ref] for ref in written.left_out)


def test_aiken_holds_words_options_and_the_right_letter() -> None:
    content = outgoing(bank_file("junior"))
    written = write_bank(content, QuestionFormat.AIKEN)
    kept = [question.item for question in content.questions if question.item.ref not in written.left_out]
    assert {item.kind for item in kept} == {QuestionKind.SINGLE, QuestionKind.TRUE_FALSE}
    read = read_questions(written.content, QuestionFormat.AIKEN)
    assert [(entry.item.body(), entry.item.accepted()) for entry in read] == [
        (item.body(), item.accepted()) for item in kept
    ]
    assert all(written.losses[item.ref] for item in kept)
