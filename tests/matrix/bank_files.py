"""Questions in and out of a bank: those who keep the bank, and nobody else."""

from lms.exams.enums import QuestionFormat
from lms.exams.services.exporting.gathering import Content, Outgoing
from lms.exams.services.exporting.xlsx import write_xlsx
from lms.exams.services.importing.uploads import keep_upload
from tests.factories.accounts import BEGINNING
from tests.factories.bank import empty_bank, make_draft, make_item, make_staff

from .rows import Row, cells
from .world import Base

GIFT = "谁先受让？{~买方 =完成人}".encode()


def build(base: Base) -> None:
    bank = base.things["exams.file-bank"] = empty_bank(base.organisation, "files")
    make_draft(bank)
    writer = make_staff(base.organisation)
    for name, content, file_format in (
        ("exams.gift", GIFT, QuestionFormat.GIFT),
        ("exams.workbook", write_xlsx(Content("files", [Outgoing(make_item())])).content, QuestionFormat.XLSX),
    ):
        base.things[name] = keep_upload(
            bank=bank, name=name, content=content, file_format=file_format, uploaded_by=writer, now=BEGINNING
        )


def _bank(base: Base, end: str) -> str:
    return f"/desk/bank/{base.things['exams.file-bank'].pk}/{end}"


def _upload(base: Base, name: str, end: str = "") -> str:
    return _bank(base, f"import/{base.things[name].uid}/{end}")


OWN = cells("login 404 404 200 200 404 404 404 200")
FOREIGN = cells("login 404 404 404 404 404 404 404 200")

ROWS = [
    Row("exams:bank-import", lambda base: _bank(base, "import/"), OWN, FOREIGN),
    Row("exams:bank-import-template", lambda base: _bank(base, "import/template/"), OWN, FOREIGN),
    Row("exams:bank-import-preview", lambda base: _upload(base, "exams.gift"), OWN, FOREIGN),
    Row(
        "exams:bank-import-preview",
        lambda base: _upload(base, "exams.gift"),
        cells("login 404 404 302 302 404 404 404 302"),
        cells("login 404 404 404 404 404 404 404 302"),
        method="post",
        data=lambda base: {"decision": "write"},
    ),
    Row("exams:bank-import-marked", lambda base: _upload(base, "exams.workbook", "marked/"), OWN, FOREIGN),
    Row("exams:bank-export", lambda base: _bank(base, "export/gift/"), OWN, FOREIGN),
]
