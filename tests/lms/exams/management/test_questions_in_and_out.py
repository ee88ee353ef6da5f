import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from lms.exams.models import Question, QuestionVersion
from tests.factories.bank import empty_bank, make_draft

pytestmark = [pytest.mark.room, pytest.mark.django_db]
RIGHT = "// [id:first]\n谁？{~甲 =乙}\n"


@pytest.fixture
def bank(db):
    return empty_bank(code="pricing")


def run(name: str, *words: str) -> tuple[Any, int]:
    out, status = io.StringIO(), 0
    try:
        call_command(name, *words, "--json", stdout=out)
    except SystemExit as end:
        status = int(end.code or 0)
    return json.loads(out.getvalue()), status


def a_file(folder: Path, text: str) -> str:
    path = folder / "questions.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_without_commit_the_file_is_only_looked_at(bank, tmp_path) -> None:
    said, status = run("import_questions", a_file(tmp_path, RIGHT), "--format", "gift", "--bank", "pricing")
    assert (status, [(item["ref"], item["status"]) for item in said["items"]]) == (0, [("first", "created")])
    assert set(said["items"][0]) >= {"ref", "status", "reason"}
    assert not Question.objects.exists()


def test_with_commit_right_questions_are_written_and_a_wrong_one_exits_with_one(bank, tmp_path) -> None:
    path = a_file(tmp_path, RIGHT + "\n坏的 {=a} {=b}\n")
    for expected in ("created", "same"):
        said, status = run("import_questions", path, "--format", "gift", "--bank", "pricing", "--commit")
        assert (status, [item["status"] for item in said["items"]]) == (1, [expected, "error"])
    assert QuestionVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "file_format", "code"),
    [
        ("<quiz>", "moodle-xml", "questions-not-well-formed"),
        ("words", "xlsx", "questions-unreadable"),
        ("谁？\nA. 甲\n", "aiken", "questions-cut-short"),
    ],
)
def test_a_file_that_cannot_be_read_exits_with_two(bank, tmp_path, text: str, file_format: str, code: str) -> None:
    words = (a_file(tmp_path, text), "--format", file_format, "--bank", "pricing", "--commit")
    said, status = run("import_questions", *words)
    assert (said["code"], status) == (code, 2)


def test_a_missing_file_exits_with_two_and_a_missing_bank_with_one(bank, tmp_path) -> None:
    assert run("import_questions", "/nowhere/a.txt", "--format", "gift", "--bank", "pricing")[1] == 2
    said, status = run("import_questions", a_file(tmp_path, RIGHT), "--format", "gift", "--bank", "other")
    assert (said["code"], status) == ("no-such-bank", 1)


def test_where_two_use_one_code_the_organisation_has_to_be_named(bank, tmp_path) -> None:
    other = empty_bank(code="pricing")
    words = (a_file(tmp_path, RIGHT), "--format", "gift", "--bank", "pricing", "--commit")
    said, status = run("import_questions", *words)
    assert (said["code"], status) == ("bank-code-ambiguous", 1)
    assert run("import_questions", *words, "--organisation", other.organisation.code)[1] == 0
    assert Question.objects.get().bank == other


@pytest.mark.parametrize("file_format", ["xlsx", "gift", "moodle-xml"])
def test_what_is_exported_is_the_same_when_it_comes_back(bank, tmp_path, file_format: str) -> None:
    for kind in ("single", "multiple", "true-false", "fill-in", "numeric", "matching", "essay"):
        make_draft(bank, kind=kind)
    out = tmp_path / "out"
    said, status = run("export_questions", "--bank", "pricing", "--format", file_format, "--out", str(out))
    assert (status, said["counts"]) == (0, {"written": 7, "left_out": 0})
    said, status = run("import_questions", str(out), "--format", file_format, "--bank", "pricing", "--commit")
    assert (status, said["counts"]["same"]) == (0, 7)
    assert QuestionVersion.objects.count() == 7


def test_what_a_format_does_not_hold_is_told(bank) -> None:
    make_draft(bank, kind="ordering")
    said, status = run("export_questions", "--bank", "pricing", "--format", "gift")
    assert (status, said["items"][0]["status"]) == (0, "left-out")
    assert "GIFT" in said["items"][0]["reason"]
