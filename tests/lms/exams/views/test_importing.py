import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from lms.exams.enums import UploadState
from lms.exams.models import Question, QuestionUpload, QuestionVersion
from lms.exams.services.importing.reading import read_questions
from tests.factories.bank import empty_bank, make_draft, make_staff
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.face, pytest.mark.django_db]
GIFT = "// [id:first]\n谁？{~甲 =乙}\n\n坏的 {=a} {=b}\n".encode()


@pytest.fixture
def bank(clock):
    return empty_bank()


@pytest.fixture
def trainer(bank) -> Client:
    client = Client()
    client.force_login(make_staff(bank.organisation))
    return client


def send(client: Client, bank, content: bytes, file_format: str = "gift", name: str = "题.txt"):
    given = {"format": file_format, "file": SimpleUploadedFile(name, content)}
    return client.post(f"/en/desk/bank/{bank.pk}/import/", given)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def workbook() -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["题目代号", "题型", "题干", "选项A", "选项B", "答案"])
    page.append(["good", "单选题", "谁？", "甲", "乙", "A"])
    page.append(["bad", "单选题", "谁？", "甲", "=1+1", "D"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_file_is_looked_at_then_written_once(trainer, bank) -> None:
    sent = send(trainer, bank, GIFT)
    upload = QuestionUpload.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/en/desk/bank/{bank.pk}/import/{upload.uid}/")
    preview = trainer.get(sent["Location"])
    assert "One draft will be written." in words(preview)
    assert [item["status"] for item in preview.context["page"]] == ["error", "created"]
    assert [(item["words"], item["verdict"]) for item in preview.context["page"]][1] == ("谁？", "New")
    assert not Question.objects.exists()
    written = trainer.post(sent["Location"], {"decision": "write"}, follow=True)
    assert "One draft written" in words(written)
    assert QuestionVersion.objects.get().author == f"user:{upload.uploaded_by_id}"
    again = trainer.post(sent["Location"], {"decision": "write"}, follow=True)
    assert "This file has already been written or given up." in words(again)
    assert QuestionVersion.objects.count() == 1


def test_a_file_can_be_given_up(trainer, bank) -> None:
    sent = send(trainer, bank, GIFT)
    page = trainer.post(sent["Location"], {"decision": "give-up"}, follow=True)
    assert "Given up, nothing written" in words(page)
    assert QuestionUpload.objects.get().state == UploadState.GIVEN_UP
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("content", "file_format", "said"),
    [
        (b"<!DOCTYPE q [<!ENTITY a 'b'>]><quiz>&a;</quiz>", "moodle-xml", "The file defines entities"),
        (b"PK\x03\x04", "xlsx", "This file cannot be read as Excel"),
        (b"half {=a", "gift", "The file ends in the middle of a question"),
        (b"x" * (5 * 1024 * 1024 + 1), "gift", "The file is larger than a file of questions can be"),
        (b"", "gift", "This file is empty."),
        (GIFT, "word", "Select a valid choice."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(
    trainer, bank, content: bytes, file_format: str, said: str
) -> None:
    response = send(trainer, bank, content, file_format)
    assert response.status_code == 400
    assert said in words(response)
    assert not QuestionUpload.objects.exists()


def test_the_marked_workbook_says_what_is_wrong_in_the_row_and_colours_the_cell(trainer, bank) -> None:
    sent = send(trainer, bank, workbook(), "xlsx", "题.xlsx")
    response = trainer.get(f"{sent['Location']}marked/")
    page = load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert page["G1"].value == "What was said about it"
    assert "This is a formula." in page["G3"].value
    assert page["E3"].fill.fgColor.rgb == page["F3"].fill.fgColor.rgb == "FFF8D4D0"
    assert page["A3"].fill.fgColor.rgb != "FFF8D4D0"
    assert (page["E3"].value, page["E3"].data_type) == ("=1+1", "s")


def test_only_a_workbook_has_cells_to_mark(trainer, bank) -> None:
    sent = send(trainer, bank, GIFT)
    assert trainer.get(f"{sent['Location']}marked/").status_code == 404


def test_the_template_is_read_by_the_import_and_explains_itself(trainer, bank) -> None:
    response = trainer.get(f"/en/desk/bank/{bank.pk}/import/template/")
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["试题", "案例", "说明", "代码"]
    page = book["试题"]
    places = {cell.value: cell.column for cell in page[1]}
    for head, text in (("题型*", "判断题"), ("题干*", "要登记。"), ("答案*", "正确")):
        page.cell(row=2, column=places[head], value=text)
    out = io.BytesIO()
    book.save(out)
    (entry,) = read_questions(out.getvalue(), "xlsx")
    assert (entry.item.kind, entry.item.key.option) == ("true-false", "true")


def test_whoever_keeps_another_bank_finds_nothing(bank) -> None:
    stranger = Client()
    stranger.force_login(make_staff(OrganisationFactory()))
    assert stranger.get(f"/desk/bank/{bank.pk}/import/").status_code == 404
    assert stranger.get(f"/desk/bank/{bank.pk}/export/gift/").status_code == 404


@pytest.mark.parametrize(
    ("file_format", "beginning"),
    [("gift", b"$CATEGORY"), ("moodle-xml", b"<?xml"), ("xlsx", b"PK"), ("aiken", "哪一项正确？".encode())],
)
def test_a_bank_goes_out_in_every_format(trainer, bank, file_format: str, beginning: bytes) -> None:
    make_draft(bank)
    page = trainer.get(f"/en/desk/bank/{bank.pk}/export/{file_format}/")
    assert "1 of 1 questions stand in the file." in words(page)
    file = trainer.get(f"/en/desk/bank/{bank.pk}/export/{file_format}/?file=1")
    assert file.content.startswith(beginning)
    assert file["Content-Disposition"].startswith("attachment;")


def test_the_export_says_what_the_format_does_not_hold(trainer, bank) -> None:
    make_draft(bank, kind="ordering")
    page = trainer.get(f"/en/desk/bank/{bank.pk}/export/gift/")
    assert "0 of 1 questions stand in the file." in words(page)
    assert "GIFT has no questions of this kind." in words(page)
    assert trainer.get(f"/en/desk/bank/{bank.pk}/export/word/").status_code == 404
